/** The module of a file: the folder that groups its entities for a reader, relative to the workspace root. */
import { folderOf } from './paths';

/** Folders that say what lies in them rather than what it is about. */
const sortingFolder = /^(?:entit(?:y|ies)|models?|schemas?|domain|typeorm|orm|database|db|persistence)$/i;

/** `src/catalog/entities/book.ts` → `src/catalog`; the root itself is the empty string. Of several roots the name comes first: `shop/src/catalog`. */
export function moduleOf(file: string, roots: readonly string[]): string {
  const root = roots.filter((folder) => file.startsWith(folder === '/' ? '/' : `${folder}/`)).sort((left, right) => right.length - left.length)[0];
  const folder = folderOf(file);
  const relative = root === undefined ? folder : folder.slice(root === '/' ? 1 : root.length);
  const parts = relative.split('/').filter(Boolean);
  while (parts.length > 1 && sortingFolder.test(parts[parts.length - 1] ?? '')) parts.pop();
  const name = roots.length > 1 ? root?.split('/').pop() : undefined;
  return (name ? [name, ...parts] : parts).join('/');
}
