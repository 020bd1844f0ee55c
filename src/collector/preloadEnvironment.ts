/** How the probe gets into the app: the environment its process must be started with. */
import { PROBE_PAUSE_ENV, type PauseOn } from '../protocol/pauses';
import { PROBE_SOCKET_ENV, PROBE_TOKEN_ENV, PROBE_WATCH_ENV } from '../protocol/probe';

/**
 * Variables for the app. `NODE_OPTIONS` is what must be appended (after a space) to a value that is there already.
 * @param probePath absolute path of the probe's bundle
 * @param watchReads also watch which properties of entities the app reads
 */
export function preloadEnvironment(
  probePath: string,
  socketPath: string,
  token: string,
  watchReads = false,
  pauseOn: PauseOn = {},
): Record<string, string> {
  return {
    NODE_OPTIONS: `--require ${quoteNodeOption(probePath.replaceAll('\\', '/'))}`,
    [PROBE_SOCKET_ENV]: socketPath,
    [PROBE_TOKEN_ENV]: token,
    ...(Object.keys(pauseOn).length > 0 ? { [PROBE_PAUSE_ENV]: JSON.stringify(pauseOn) } : {}),
    ...(watchReads ? { [PROBE_WATCH_ENV]: '1' } : {}),
  };
}

/** As Node splits NODE_OPTIONS: double quotes hold spaces together, a backslash within them takes the next character as it is. */
export function quoteNodeOption(value: string): string {
  return /[\s"\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}
