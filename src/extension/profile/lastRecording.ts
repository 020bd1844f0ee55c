/** Which recording, and which of its requests, to show again. Knows no vscode. */
import type { ScopeSummary } from '../../protocol/collector';

/** The recording of the run that began then: its name begins with that time, `2026-05-01T10-20-30-123-shop.ndjson`. Null where it is gone. */
export function recordingOf(names: readonly string[], startedAtMs: number): string | null {
  const time = new Date(startedAtMs).toISOString().replace(/[:.]/g, '-').replace('Z', '');
  return names.find((name) => name.startsWith(`${time}-`) && name.endsWith('.ndjson')) ?? null;
}

/** The newest request with a warning, else with a hint, else the newest of all; work outside of requests last. */
export function mostTelling(scopes: Iterable<ScopeSummary>): ScopeSummary | null {
  const weight = ({ kind, warnings, infos }: ScopeSummary): number => (kind === 'unattributed' ? 0 : warnings > 0 ? 3 : infos > 0 ? 2 : 1);
  let best: ScopeSummary | null = null;
  for (const scope of scopes) if (best === null || weight(scope) >= weight(best)) best = scope;
  return best;
}
