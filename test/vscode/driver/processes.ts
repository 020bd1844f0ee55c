import { execFileSync } from 'node:child_process';

/** The running processes that run a program of this folder: each one's id and command line. */
export function processesWithin(folder: string): string[] {
  return commandLines()
    .split(/\r?\n/)
    .filter((line) => line.includes(folder) && /dist[\\/]\w+\.js/.test(line));
}

/** Kills those that run a program of this name, as a system does that has no memory left. */
export function killWithin(folder: string, program: string): void {
  for (const line of processesWithin(folder)) if (line.includes(program)) process.kill(parseInt(line, 10), 'SIGKILL');
}

function commandLines(): string {
  if (process.platform !== 'win32') return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' });
  const script = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }';
  return execFileSync('powershell', ['-NoProfile', '-Command', script], { encoding: 'utf8' });
}
