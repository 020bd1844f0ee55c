/**
 * Whether advice kept its word: a finding that is gone in the next run was followed, and what that run measured is the proof. Advice whose
 * re-run brought no gain or another response is withdrawn, with the reason, for as long as no later run proves it after all.
 */
import type { Finding } from './queryProfile';

/** What a run leaves behind of a scope for the next one to be compared with. */
export interface ProofRecord {
  readonly queryCount: number;
  readonly responseHash: string | null;
  /** HTTP status. */
  readonly status?: number | null;
  /** The concrete path: another page may have another response by right. */
  readonly path?: string | null;
  /** Keys of the advice that an edit could follow. */
  readonly open?: readonly string[];
  /** Why advice was withdrawn, by its key. */
  readonly withdrawn?: Readonly<Record<string, string>>;
}

/** Names advice across runs and edits: no line, no count. */
export function adviceKey({ kind, entity, relation, parent, site }: Finding): string {
  const place = parent?.site ?? site;
  return [kind, entity ?? '', relation ?? '', place?.file ?? '', place?.function ?? ''].join('|');
}

export interface Verdicts {
  readonly open: readonly string[];
  readonly withdrawn: Readonly<Record<string, string>>;
  /** What this run has disproved. */
  readonly disproved: readonly string[];
}

/**
 * @param findings those of the scope that are heard, in this run
 * @param suppressed those that are not: they are there still, so their advice was not followed
 */
export function judgeAdvice(
  previous: ProofRecord | null,
  now: ProofRecord,
  findings: readonly Finding[],
  suppressed: readonly Finding[] = [],
): Verdicts {
  if (previous && isTurnedAway(now) && !isTurnedAway(previous))
    return { open: previous.open ?? [], withdrawn: { ...previous.withdrawn }, disproved: [] };
  const keys = new Set([...findings, ...suppressed].map(adviceKey));
  const open = findings.filter(({ advice }) => advice.editable).map(adviceKey);
  const withdrawn: Record<string, string> = { ...previous?.withdrawn };
  const disproved: string[] = [];
  for (const key of previous?.open ?? []) {
    if (keys.has(key) || !previous) continue;
    const reason = disproof(previous, now);
    if (reason === null) delete withdrawn[key];
    else {
      withdrawn[key] = reason;
      disproved.push(`${subjectOf(key)}: ${reason}`);
    }
  }
  return { open, withdrawn, disproved };
}

/** A request that was asked without its credentials says nothing about an edit. */
function isTurnedAway({ status }: ProofRecord): boolean {
  return status === 401 || status === 403;
}

/** The finding with its advice taken back, where an earlier run has disproved it. */
export function withdraw(finding: Finding, withdrawn: Readonly<Record<string, string>> | undefined): Finding {
  const reason = withdrawn?.[adviceKey(finding)];
  if (reason === undefined) return finding;
  return { ...finding, advice: { ...finding.advice, editable: false, whyNot: `Withdrawn: when it was followed, ${reason}.`, withdrawn: reason } };
}

function disproof(before: ProofRecord, after: ProofRecord): string | null {
  const counts = `${before.queryCount} → ${after.queryCount} queries`;
  if (after.queryCount >= before.queryCount) return `the next run gained nothing (${counts})`;
  const isSameRequest = (before.path ?? null) === (after.path ?? null);
  if (isSameRequest && before.responseHash !== null && after.responseHash !== null && before.responseHash !== after.responseHash)
    return `the response changed (${counts})`;
  return null;
}

/** `Author.books` of an advice's key. */
function subjectOf(key: string): string {
  const [kind = '', entity = '', relation = ''] = key.split('|');
  return entity ? (relation ? `${entity}.${relation}` : entity) : kind;
}
