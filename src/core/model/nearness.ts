/**
 * How near files lie to a folder, as the number of folders that they have in common. A workspace of several apps has entities of one name:
 * the nearest is meant.
 * @param folder as graphs name it
 */
export function nearnessTo(folder: string): (file: string) => number {
  const parts = folder.split('/');
  return (file) => {
    const different = file.split('/').findIndex((part, index) => part !== parts[index]);
    return different < 0 ? parts.length : different;
  };
}
