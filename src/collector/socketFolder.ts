/**
 * The folder of a collector's socket, which only its user can enter. It goes with its collector; those of collectors that were killed are swept
 * by later ones, together with what apps left in them (queries and their values).
 */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const SOCKET_NAME = 'probe.sock';

const PREFIX = 'relation-lens-';
/** As `mkdtemp` completes it. */
const FOLDER_NAME = /^relation-lens-[A-Za-z0-9]{6}$/;
/** The socket, and files beside it (`leftBehindFile` of the protocol). */
const FILE_NAME = /^probe\.sock(\.\d+\.\d+)?$/;
/** Unix sockets have paths of at most about a hundred bytes. */
const MAX_SOCKET_PATH = 100;
/** A listener that only looks dead (in another container, over a shared folder) has most likely ended by then, too. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** There is nowhere to listen: a sentence for the user. */
export class SocketFolderError extends Error {}

/**
 * In the folder for temporary files, or `/tmp` where that one's path is too long or cannot be written to. `mkdtemp` makes folders with mode 0700.
 * @throws SocketFolderError where none can be made
 */
export function makeSocketFolder(temporary = [os.tmpdir(), '/tmp']): string {
  const usable = [...new Set(temporary)].filter((folder) => path.join(folder, `${PREFIX}XXXXXX`, SOCKET_NAME).length <= MAX_SOCKET_PATH);
  let problem = '';
  for (const folder of usable) {
    try {
      return fs.mkdtempSync(path.join(folder, PREFIX));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
  }
  throw new SocketFolderError(
    `no folder for its socket can be made in ${usable.join(' or ')}: ${problem}; set TMPDIR, where your editor or terminal is started, to a folder that you may write to`,
  );
}

/** Removes folders in `parent` that nobody listens in any more. Only those that are certainly ours: by name, owner, mode and content. Never throws. */
export async function sweepSocketFolders(parent: string): Promise<void> {
  try {
    for (const name of await fs.promises.readdir(parent)) {
      const folder = path.join(parent, name);
      if (FOLDER_NAME.test(name) && (await isAbandoned(folder))) await fs.promises.rm(folder, { recursive: true, force: true });
    }
  } catch {
    // The next start tries again.
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const stat = await fs.promises.lstat(folder);
  const isOurs = stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
  if (!isOurs || Date.now() - stat.mtimeMs < ABANDONED_AFTER_MS) return false;
  const files = await fs.promises.readdir(folder);
  if (!files.every((file) => FILE_NAME.test(file))) return false;
  return !files.includes(SOCKET_NAME) || (await refuses(path.join(folder, SOCKET_NAME)));
}

/** Whether certainly nobody listens. */
function refuses(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
