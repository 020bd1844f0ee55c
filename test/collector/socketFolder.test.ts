/** What killed collectors leave in the temporary folder, and what must never be taken for that. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProbeServer, type ProbeListener } from '../../src/collector/probeServer';
import { makeSocketFolder, SOCKET_NAME, SocketFolderError, sweepSocketFolders } from '../../src/collector/socketFolder';

const DAYS_MS = 24 * 3_600_000;

describe.skipIf(process.platform === 'win32')('socket folders', () => {
  let parent: string;
  beforeEach(() => {
    parent = fs.mkdtempSync(path.join(os.tmpdir(), 'lens-sweep-'));
  });
  afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

  /** A folder with these files, last touched two days ago. */
  function folder(name: string, files: readonly string[] = [], mode = 0o700): string {
    const made = path.join(parent, name);
    fs.mkdirSync(made);
    for (const file of files) fs.writeFileSync(path.join(made, file), '');
    fs.chmodSync(made, mode);
    return age(made);
  }

  function age(made: string): string {
    const then = new Date(Date.now() - 2 * DAYS_MS);
    fs.utimesSync(made, then, then);
    return made;
  }

  it('are made where they can be: not in a folder that is not there, nor in one whose path is too long', () => {
    const nowhere = path.join(parent, 'nowhere');
    expect(path.dirname(makeSocketFolder([nowhere, parent]))).toBe(parent);
    expect(path.dirname(makeSocketFolder(['/'.padEnd(100, 'x'), parent]))).toBe(parent);
    expect(fs.statSync(makeSocketFolder([parent])).mode & 0o777).toBe(0o700);
  });

  it('that can be made nowhere are told of with the way out', () => {
    const make = () => makeSocketFolder([path.join(parent, 'nowhere')]);
    expect(make).toThrow(SocketFolderError);
    expect(make).toThrow(/nowhere: ENOENT.*set TMPDIR/);
  });

  it('of a killed collector are swept, with what an app left behind in them', async () => {
    const left = folder('relation-lens-Ab12Cd', [`${SOCKET_NAME}.4711.0`]);
    await listenAndBeKilled(path.join(left, SOCKET_NAME));
    age(left);
    const empty = folder('relation-lens-000000');
    await sweepSocketFolders(parent);
    expect(fs.existsSync(left)).toBe(false);
    expect(fs.existsSync(empty)).toBe(false);
  });

  it('stay where somebody listens, who hears nothing of it', async () => {
    const refused: string[] = [];
    const listener: ProbeListener = {
      connected: () => undefined,
      event: () => undefined,
      disconnected: () => undefined,
      refused: (reason) => void refused.push(reason),
    };
    const server = await openProbeServer(listener);
    try {
      const socketFolder = age(path.dirname(server.socketPath));
      await sweepSocketFolders(path.dirname(socketFolder));
      await server.drained(5_000);
      expect(fs.existsSync(server.socketPath)).toBe(true);
      expect(refused).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it('stay while they are young', async () => {
    const left = folder('relation-lens-Ab12Cd');
    await listenAndBeKilled(path.join(left, SOCKET_NAME));
    await sweepSocketFolders(parent);
    expect(fs.existsSync(left)).toBe(true);
  });

  it('are told from others by name, mode and content', async () => {
    const others = [
      folder('relation-lens-test-Ab12Cd'),
      folder('relation-lens-Ab12C'),
      folder('relation-lens-open00', [], 0o755),
      folder('relation-lens-notes0', ['notes.txt']),
    ];
    const link = path.join(parent, 'relation-lens-link00');
    fs.symlinkSync(folder('elsewhere'), link);
    await sweepSocketFolders(parent);
    expect([...others, link].filter((one) => !fs.existsSync(one))).toEqual([]);
  });

  it('that cannot be looked at are no reason not to start', async () => {
    await expect(sweepSocketFolders(path.join(parent, 'nowhere'))).resolves.toBeUndefined();
  });
});

async function listenAndBeKilled(socketPath: string): Promise<void> {
  const listen = "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
  const child = spawn(process.execPath, ['-e', listen, socketPath]);
  await new Promise((resolve) => child.once('close', resolve));
}
