/**
 * Ids in files that are shared: an entity's id begins with its file's absolute path, its key with the path relative to a folder.
 *
 *     /home/me/shop/src/book.entity.ts#Book   in /home/me/shop   →   src/book.entity.ts#Book
 */

/** The id's key for files in a folder; both with forward slashes. What lies on another drive stays absolute. */
export function toKey(id: string, folder: string): string {
  if (id.startsWith(`${folder}/`)) return id.slice(folder.length + 1);
  const own = folder.split('/');
  const other = id.split('/');
  let shared = 0;
  while (shared < own.length && shared < other.length && own[shared] === other[shared]) shared++;
  const isSameDrive = shared > 0 && (own[0] !== '' || shared > 1);
  return isSameDrive ? [...own.slice(shared).map(() => '..'), ...other.slice(shared)].join('/') : id;
}

/** The id that a key stands for. */
export function fromKey(key: string, folder: string): string {
  if (key.startsWith('/') || /^[a-z]:\//i.test(key)) return key;
  let base = folder;
  let rest = key;
  while (rest.startsWith('../')) {
    base = base.slice(0, Math.max(0, base.lastIndexOf('/')));
    rest = rest.slice(3);
  }
  return `${base}/${rest}`;
}
