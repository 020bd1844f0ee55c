import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those above it that are missing. `mkdirSync`'s own `recursive` never returns where a folder that is there says ENOENT
 * to a new one: in /proc, and behind a link that leads nowhere.
 * @throws what the file system says
 */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const above = path.dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!fs.existsSync(folder)) throw error;
  }
}
