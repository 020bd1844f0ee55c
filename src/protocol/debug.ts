/** The debug adapter's additions to DAP: custom events and requests, most of them carrying collector messages. */
import type { CollectorMethod, CollectorRequests } from './collector';

export const DEBUG_TYPE = 'typeorm';

/** Custom event of the adapter; body: ProfileUpdate (./collector). */
export const PROFILE_EVENT = 'relationLens.profile';

/** Custom request; arguments: `{ method, params }` of a CollectorRequest, body: its result. */
export const COLLECTOR_REQUEST = 'relationLens.collector';
export type CollectorRequestArguments = {
  [M in CollectorMethod]: { readonly method: M; readonly params: CollectorRequests[M]['params'] };
}[CollectorMethod];

/** Custom event of the adapter, no body: the client is asked to stop the child session (DAP has no reverse request for that). */
export const STOP_CHILD_EVENT = 'relationLens.stopChild';

/** Custom request: the configuration's `pauseOn` shall be this from now on; arguments: PauseOnArguments. */
export const PAUSE_ON_REQUEST = 'relationLens.pauseOn';
export interface PauseOnArguments {
  readonly kinds: readonly string[];
}

/**
 * Custom request: the client has seen the child session end; arguments: ChildEndedArguments, or none. The adapter then ends the run and
 * its own session, or starts the child anew where a restart was asked for.
 */
export const CHILD_ENDED_REQUEST = 'relationLens.childEnded';
export interface ChildEndedArguments {
  /** Nobody asked for the end, and the debugger told no exit code: the adapter says what is known of it. */
  readonly silently?: boolean;
}

/**
 * Property of a launch configuration, set by a client that starts child sessions itself, because its own API says more than DAP's
 * `startDebugging` can: VS Code's joins the two sessions' consoles and call stacks and moves the focus to the app. The adapter then
 * sends START_CHILD_EVENT in place of `startDebugging`.
 */
export const CLIENT_STARTS_CHILD_PROPERTY = 'relationLensClientStartsChild';

/** Custom event of the adapter; body: StartChildEventBody, the arguments that `startDebugging` would have. */
export const START_CHILD_EVENT = 'relationLens.startChild';
export interface StartChildEventBody {
  readonly request: 'launch' | 'attach';
  readonly configuration: Readonly<Record<string, unknown>> & { readonly name: string };
}

/** Custom request: the client could not start the child session; arguments: ChildFailedArguments, or none. */
export const CHILD_FAILED_REQUEST = 'relationLens.childFailed';
export interface ChildFailedArguments {
  /** Left out where the client does not know it, because the debugger has told the user itself. */
  readonly reason?: string;
}

/** In a configuration: findings that the user has said no to, as the setting `relationLens.suppress` has them; an editor's extension writes it. */
export const SUPPRESS_PROPERTY = 'relationLensSuppress';

/**
 * Property of a child session's configuration: the debug type it is to run under. DAP's `startDebugging` starts "a session of the
 * same type as the caller" and bars `type` from its arguments, so the client turns this into `type`.
 */
export const CHILD_TYPE_PROPERTY = 'relationLensChildType';

/** Debug type of VS Code's built-in JavaScript debugger. */
export const DEFAULT_CHILD_TYPE = 'pwa-node';

/**
 * Launch configuration of debug type `typeorm`: everything of a Node launch (`program`, `args`, `cwd`, `env`, `runtimeExecutable`, …) passes through to the child session.
 * @public
 */
export interface TypeormLaunchConfiguration {
  readonly type: typeof DEBUG_TYPE;
  readonly request: 'launch' | 'attach';
  readonly name: string;
  /** Profile the run (default true). */
  readonly profile?: boolean;
  /** Leave values out of what is shown and recorded (default: the setting). */
  readonly redactParameters?: boolean;
  /** What the app pauses at, beside the exception breakpoints: ids of the filters (default: the setting). */
  readonly pauseOn?: readonly string[];
  /** Debug type of the child session (default `pwa-node`). */
  readonly childType?: string;
  readonly [key: string]: unknown;
}
