/**
 * Whether a file belongs to an installed package: it is read for what the workspace takes from it, and nothing of it is the user's to change.
 *
 * @param file a path, or a key that begins with one, with forward slashes
 */
export function isInstalled(file: string): boolean {
  return file.includes('/node_modules/');
}
