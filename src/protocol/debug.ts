/** The debug adapter's additions to DAP: one custom event and one custom request, both carrying collector messages. */
import type { ProfileUpdate } from './collector';

export const DEBUG_TYPE = 'typeorm';

/** Custom event of the adapter; body: ProfileUpdate. */
export const PROFILE_EVENT = 'relationLens.profile';
export type ProfileEventBody = ProfileUpdate;

/** Custom request; arguments: `{ method, params }` of a CollectorRequest, body: its result. */
export const COLLECTOR_REQUEST = 'relationLens.collector';

/** Launch configuration of debug type `typeorm`: everything of a Node launch (`program`, `args`, `cwd`, `env`, `runtimeExecutable`, …) passes through to the child session. */
export interface TypeormLaunchConfiguration {
  readonly type: typeof DEBUG_TYPE;
  readonly request: 'launch' | 'attach';
  readonly name: string;
  /** Profile the run (default true). */
  readonly profile?: boolean;
  /** Debug type of the child session (default `pwa-node`). */
  readonly childType?: string;
  readonly [key: string]: unknown;
}
