/**
 * The probe: preloaded into the user's app through NODE_OPTIONS. A guest: it has no dependency, throws nothing, keeps nothing
 * alive, and does nothing at all unless a launcher has named a socket and TypeORM is loaded.
 */
import { PROBE_SOCKET_ENV, PROBE_TOKEN_ENV } from '../protocol/probe';
import { installModuleHook } from './moduleHook';

const socketPath = process.env[PROBE_SOCKET_ENV];
if (socketPath) installModuleHook({ socketPath, token: process.env[PROBE_TOKEN_ENV] ?? '' });
