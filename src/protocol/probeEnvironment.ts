/** How a launcher adds the probe to the environment that an app is about to be started with. */

/** Values of a debug configuration's `env`: null removes an inherited variable. */
export type LaunchEnvironment = Readonly<Record<string, string | null>>;

const NODE_OPTIONS = 'NODE_OPTIONS';

/**
 * The app's own environment with the probe's variables added. `NODE_OPTIONS` is appended to, never replaced: what the user set
 * there (heap size, `--require`d loaders) stays first and stays as it was written.
 *
 * @param own the configuration's `env`
 * @param inherited what the app would get besides: its `envFile`, then the launcher's own environment; only `NODE_OPTIONS` is read
 * @param probe `env` of the collector's `startRun` answer
 */
export function addProbeToEnvironment(
  own: LaunchEnvironment,
  inherited: Readonly<Record<string, string | undefined>>,
  probe: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const existing = NODE_OPTIONS in own ? own[NODE_OPTIONS] : inherited[NODE_OPTIONS];
  const added = probe[NODE_OPTIONS];
  const merged: Record<string, string | null> = { ...own, ...probe };
  if (added !== undefined) merged[NODE_OPTIONS] = appendNodeOptions(existing ?? '', added);
  return merged;
}

/** Joins two values of `NODE_OPTIONS`; options that are there already are not repeated. */
export function appendNodeOptions(existing: string, added: string): string {
  const before = existing.trim();
  if (before === '') return added;
  return ` ${before} `.includes(` ${added} `) ? before : `${before} ${added}`;
}
