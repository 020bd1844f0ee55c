/** How the probe gets into the app: the environment its process must be started with. */
import { PROBE_SOCKET_ENV, PROBE_TOKEN_ENV } from '../protocol/probe';

/**
 * Variables for the app. `NODE_OPTIONS` is what must be appended (after a space) to a value that is there already.
 * @param probePath absolute path of the probe's bundle
 */
export function preloadEnvironment(probePath: string, socketPath: string, token: string): Record<string, string> {
  return {
    NODE_OPTIONS: `--require ${quoteNodeOption(probePath.replaceAll('\\', '/'))}`,
    [PROBE_SOCKET_ENV]: socketPath,
    [PROBE_TOKEN_ENV]: token,
  };
}

/** As Node splits NODE_OPTIONS: double quotes hold spaces together, a backslash within them takes the next character as it is. */
export function quoteNodeOption(value: string): string {
  return /[\s"\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}
