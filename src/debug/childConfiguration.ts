/** Launch configuration of type `typeorm` → configuration of the child session that runs the app. Pure. */
import { CHILD_TYPE_PROPERTY, CLIENT_STARTS_CHILD_PROPERTY, DEFAULT_CHILD_TYPE, SUPPRESS_PROPERTY } from '../protocol/debug';
import { addProbeToEnvironment, type LaunchEnvironment } from '../protocol/probeEnvironment';

/** What an editor sends as the arguments of DAP's `launch` or `attach`. */
export interface TypeormArguments {
  readonly name?: string;
  readonly request?: 'launch' | 'attach';
  readonly profile?: boolean;
  readonly redactParameters?: boolean;
  readonly pauseOn?: readonly string[];
  readonly childType?: string;
  readonly program?: string;
  readonly cwd?: string;
  readonly runtimeExecutable?: string;
  readonly runtimeArgs?: readonly string[];
  readonly env?: LaunchEnvironment;
  readonly envFile?: string;
  readonly noDebug?: boolean;
  /** What an attach configuration attaches to, as the JavaScript debugger takes it. */
  readonly address?: string;
  readonly port?: number | string;
  readonly websocketAddress?: string;
  readonly processId?: string | number;
  readonly timeout?: number;
  readonly [attribute: string]: unknown;
}

export type ChildConfiguration = Readonly<Record<string, unknown>> & { readonly name: string };

/** Attributes that belong to the parent session alone: the editor's own keys, and what has been done by the time the child starts. */
const PARENT_ATTRIBUTES = new Set([
  'type',
  'request',
  'profile',
  'redactParameters',
  'pauseOn',
  'childType',
  'presentation',
  'preLaunchTask',
  'postDebugTask',
  'debugServer',
  'internalConsoleOptions',
  CLIENT_STARTS_CHILD_PROPERTY,
  SUPPRESS_PROPERTY,
]);

/**
 * @param env the app's environment, where it differs from the configuration's
 * @param preload the probe's file, where the run is profiled: stepping into TypeORM's methods passes over the probe's wrappers
 */
export function childConfiguration(configuration: TypeormArguments, env: TypeormArguments['env'], preload: string | null): ChildConfiguration {
  const passed = Object.fromEntries(
    Object.entries(configuration).filter(([attribute]) => !PARENT_ATTRIBUTES.has(attribute) && !attribute.startsWith('__')),
  );
  return {
    ...passed,
    name: childName(configuration.name),
    [CHILD_TYPE_PROPERTY]: configuration.childType ?? DEFAULT_CHILD_TYPE,
    ...(env === undefined ? {} : { env }),
    ...(preload === null ? {} : { skipFiles: withoutRepeats([...skippedFiles(configuration), forwardSlashes(preload)]) }),
  };
}

/**
 * Not the parent's own name: on restart VS Code looks a session's name up in launch.json, would find the parent's entry there and
 * hand it, type and all, to the child's debugger.
 */
function childName(name = 'App'): string {
  return `${name} (app)`;
}

/** The app's environment with the probe added. */
export function profiledEnvironment(
  configuration: TypeormArguments,
  inherited: Readonly<Record<string, string | undefined>>,
  probe: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return addProbeToEnvironment(configuration.env ?? {}, inherited, probe);
}

function skippedFiles(configuration: TypeormArguments): readonly string[] {
  const own = configuration['skipFiles'];
  return Array.isArray(own) ? own.filter((pattern): pattern is string => typeof pattern === 'string') : ['<node_internals>/**'];
}

const withoutRepeats = (patterns: readonly string[]) => [...new Set(patterns)];
const forwardSlashes = (file: string) => file.replaceAll('\\', '/');
