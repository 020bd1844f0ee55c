import { execFileSync } from 'node:child_process';

/** Command lines of the running processes that name a file of this folder (POSIX: it asks `ps`). */
export function processesWithin(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && /dist[\\/]\w+\.js/.test(line));
}
