import { execFileSync } from 'node:child_process';

/** Command lines of the running processes that name a file of this folder. */
export function processesWithin(folder: string): string[] {
  return commandLines()
    .split(/\r?\n/)
    .filter((line) => line.includes(folder) && /dist[\\/]\w+\.js/.test(line));
}

function commandLines(): string {
  if (process.platform !== 'win32') return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' });
  const script = 'Get-CimInstance Win32_Process | ForEach-Object { $_.CommandLine }';
  return execFileSync('powershell', ['-NoProfile', '-Command', script], { encoding: 'utf8' });
}
