/**
 * A file as graph, findings and panels name it: forward slashes, and Windows' drive letter as a capital. It comes in both cases (VS Code
 * says `c:`, shells and Node.js mostly `C:`), and names are compared as text.
 * @param file absolute, as any of them wrote it
 */
export function graphPath(file: string): string {
  return file.replaceAll('\\', '/').replace(/^[a-z](?=:\/)/, (drive) => drive.toUpperCase());
}
