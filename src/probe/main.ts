/**
 * The probe: preloaded into the user's app through NODE_OPTIONS. A guest: it has no dependency, throws nothing, keeps nothing
 * alive, and does nothing at all unless a launcher has named a socket and TypeORM is loaded.
 */
import { PROBE_SOCKET_ENV, PROBE_TOKEN_ENV } from '../protocol/probe';
import type * as ModuleHook from './moduleHook';

const OLDEST_NODE = 18;
const socketPath = process.env[PROBE_SOCKET_ENV];
if (socketPath && parseInt(process.versions.node, 10) >= OLDEST_NODE) start(socketPath);

function start(path: string): void {
  try {
    // Not before it is known that this Node can run it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { installModuleHook } = require('./moduleHook') as typeof ModuleHook;
    installModuleHook({ socketPath: path, token: process.env[PROBE_TOKEN_ENV] ?? '' });
  } catch {
    // An app whose Node forbids the hook runs unwatched.
  }
}
