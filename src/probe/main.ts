/**
 * The probe: preloaded into the user's app through NODE_OPTIONS. A guest: it has no dependency, throws nothing, keeps nothing
 * alive, and does nothing at all unless a launcher has named a socket that is there and TypeORM is loaded.
 */
import fs from 'node:fs';
import { PROBE_SOCKET_ENV, PROBE_TOKEN_ENV } from '../protocol/probe';
import type * as ModuleHook from './moduleHook';

const OLDEST_NODE = 18;
const socketPath = process.env[PROBE_SOCKET_ENV];
const token = process.env[PROBE_TOKEN_ENV];
if (socketPath && token && parseInt(process.versions.node, 10) >= OLDEST_NODE && mayBeThere(socketPath)) start(socketPath, token);

/** Sockets are files, save for Windows, where asking for a pipe would already be a connection. */
function mayBeThere(path: string): boolean {
  return process.platform === 'win32' || fs.existsSync(path);
}

function start(path: string, secret: string): void {
  try {
    // Not before it is known that this Node can run it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { installModuleHook } = require('./moduleHook') as typeof ModuleHook;
    installModuleHook({ socketPath: path, token: secret });
  } catch {
    // An app whose Node forbids the hook runs unwatched.
  }
}
