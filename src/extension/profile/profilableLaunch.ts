/** Which debug configurations an ordinary run is profiled through, and how the probe is put in. Pure. */
import { CHILD_TYPE_PROPERTY } from '../../protocol/debug';
import { PROBE_SOCKET_ENV } from '../../protocol/probe';
import { addProbeToEnvironment, type LaunchEnvironment } from '../../protocol/probeEnvironment';

/** Debug types of VS Code's JavaScript debugger that start a Node process with an environment of our choice. */
export const NODE_DEBUG_TYPES = ['node', 'pwa-node', 'node-terminal'] as const;

/** Property of a configuration: id of the run that its process reports to. */
export const RUN_PROPERTY = 'relationLensRun';
/** Property of a configuration: profile it (true) or not (false), whatever the setting says. */
export const PROFILE_PROPERTY = 'relationLensProfile';

export interface NodeConfiguration {
  readonly type: string;
  readonly request: string;
  readonly env?: LaunchEnvironment;
  readonly skipFiles?: readonly string[];
  readonly [attribute: string]: unknown;
}

/**
 * Whether a run of this configuration could be profiled. False for attaching, for the app of a `typeorm` session (which has its own
 * probe), for the sessions that the JavaScript debugger starts for child processes, and where the probe is in already.
 */
export function isProfilable(configuration: NodeConfiguration): boolean {
  const { type, request, env } = configuration;
  return (
    (NODE_DEBUG_TYPES as readonly string[]).includes(type) &&
    request === 'launch' &&
    !(CHILD_TYPE_PROPERTY in configuration) &&
    !('__pendingTargetId' in configuration) &&
    env?.[PROBE_SOCKET_ENV] === undefined
  );
}

/**
 * The configuration with the probe in its environment, and the run's id, by which its session is recognised. Stepping into TypeORM's
 * methods passes over the probe's wrappers.
 */
export function withProbe<T extends NodeConfiguration>(
  configuration: T,
  inherited: Readonly<Record<string, string | undefined>>,
  run: { readonly runId: string; readonly env: Readonly<Record<string, string>>; readonly preload: string },
): T {
  const skipFiles = [...(configuration.skipFiles ?? []), run.preload.replaceAll('\\', '/')];
  return { ...configuration, skipFiles, env: addProbeToEnvironment(configuration.env ?? {}, inherited, run.env), [RUN_PROPERTY]: run.runId };
}
