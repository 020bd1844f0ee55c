/** Paths with forward slashes, and the JSON files of packages. */

/** Null for text that is no JSON object. */
export function parseJson(text: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Of a path in a tsconfig: TypeScript takes `src\entities` on every system. */
export function forwardSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** The folder of a path; a root is its own folder. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash > 0) return path.slice(0, slash);
  return slash === 0 ? '/' : path;
}

/** Joins and normalises; both parts use forward slashes, and Windows drives are kept. */
export function joinPath(folder: string, path: string): string {
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:\//.test(path);
  const parts: string[] = [];
  for (const part of (isAbsolute ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const joined = parts.join('/');
  return /^[A-Za-z]:/.test(joined) ? joined : `/${joined}`;
}
