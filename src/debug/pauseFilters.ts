/** The exception breakpoints of debug type `typeorm`: what the editor offers → what the probe pauses at. Pure. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { USUAL_PAUSES, type PauseKind, type PauseOn } from '../protocol/pauses';

interface PauseFilter {
  readonly kind: PauseKind;
  readonly label: string;
  readonly description: string;
  /** What the condition means; null: the filter takes no condition. */
  readonly threshold: string | null;
}

const filters: readonly PauseFilter[] = [
  {
    kind: 'nPlusOne',
    label: 'N+1 query',
    description: 'Pauses at a line that asks the same kind of thing again and again in one request.',
    threshold: `Pause at this repetition (default ${USUAL_PAUSES.nPlusOne})`,
  },
  {
    kind: 'lazyLoad',
    label: 'Lazy load',
    description: 'Pauses where a lazy relation is read and loaded, once for each line and request.',
    threshold: null,
  },
  {
    kind: 'unloadedRead',
    label: 'Unloaded relation read',
    description: 'Pauses where a relation is read that was not loaded: TypeORM silently gives undefined.',
    threshold: null,
  },
  {
    kind: 'slowQuery',
    label: 'Slow query',
    description: 'Pauses when a query took long, with the line that awaits it in the call stack.',
    threshold: `Milliseconds (default ${USUAL_PAUSES.slowQuery})`,
  },
  {
    kind: 'failedQuery',
    label: 'Failed query',
    description: 'Pauses when a query failed, whether or not the app catches the error.',
    threshold: null,
  },
];

export const exceptionBreakpointFilters: DebugProtocol.ExceptionBreakpointsFilter[] = filters.map(({ kind, label, description, threshold }) => ({
  filter: kind,
  label,
  description,
  default: false,
  ...(threshold ? { supportsCondition: true, conditionDescription: threshold } : {}),
}));

/** What DAP's `setExceptionBreakpoints` asks for; a condition that is no number counts as none. */
export function toPauseOn({ filters: plain, filterOptions = [] }: DebugProtocol.SetExceptionBreakpointsArguments): PauseOn {
  const wanted = [...plain.map((filterId) => ({ filterId, condition: undefined })), ...filterOptions];
  const on: Partial<Record<PauseKind, number>> = {};
  for (const { filterId, condition } of wanted) {
    const filter = filters.find(({ kind }) => kind === filterId);
    if (filter) on[filter.kind] = (filter.threshold === null ? undefined : positive(condition)) ?? USUAL_PAUSES[filter.kind];
  }
  return on;
}

function positive(condition: string | undefined): number | undefined {
  const value = Number(condition?.trim() || NaN);
  return value > 0 ? value : undefined;
}
