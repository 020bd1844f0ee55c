import { combineAdvice } from './advise/combineAdvice';
import { detectors } from './detect/detectors';
import { type Detector, type Draft, type Judging, startJudging } from './detect/judging';
import { slowQuery } from './detect/slowQuery';
import type { ScopeEvidence, ScopeRecord } from './evidence';
import type { SourceLine } from './ignoreComments';
import { isOfPackage } from './packageOf';
import type { Finding, FindingKind } from './queryProfile';
import type { Thresholds } from './thresholds';
import type { Statement } from './usualTimes';

/** A finding before it has an id; `key` names it within its scope, whenever it is found again. */
export type FoundFinding = Omit<Finding, 'id'> & { readonly key: string; readonly statement?: Statement };

export interface JudgingTerms {
  readonly thresholds: Thresholds;
  readonly previousQueryCount: number | null;
  readonly wasAdvised: (entity: string, relation: string) => boolean;
  /** The run was read from a trace, which holds no results. */
  readonly isTrace: boolean;
  /** Lines of the app's sources, where they can be read. */
  readonly sourceLine?: SourceLine | undefined;
  /** The app's folder with a slash at its end; messages name files from there. */
  readonly root: string;
}

/** Everything there is to say about a scope: warnings first, causes before what follows from them. */
export function findFindings(scope: ScopeRecord, evidence: ScopeEvidence, terms: JudgingTerms): FoundFinding[] {
  const judging = startJudging(scope, evidence, terms);
  const drafts = combineAdvice(
    judging,
    detectorsFor(judging).flatMap((detect) => detect(judging)),
  );
  return drafts
    .map(asNoteOfPackage)
    .sort((a, b) => Number(a.severity === 'info') - Number(b.severity === 'info') || orderOf(a) - orderOf(b))
    .map(({ pattern: _pattern, loading: _loading, ...finding }) => ({ ...finding, scope: scope.id, scopeName: scope.name }));
}

/** A trace tells nothing of what its spans without a parent have to do with each other: loops and repeats are made of several queries. */
function detectorsFor({ scope, isTrace }: Judging): readonly Detector[] {
  return isTrace && scope.kind === 'unattributed' ? [slowQuery] : detectors;
}

/** What is mended elsewhere than at the line: in the database, or in what the request asks for. */
const NOT_OF_A_LINE: ReadonlySet<FindingKind> = new Set(['missing-index', 'slow-query', 'query-budget']);

/** What a package does by itself is worth knowing, but nothing that the app's sources could change. */
function asNoteOfPackage(draft: Draft): Draft {
  return isOfPackage(draft) && !NOT_OF_A_LINE.has(draft.kind) ? { ...draft, severity: 'info' } : draft;
}

function orderOf({ pattern }: Draft): number {
  return pattern?.order ?? Number.MAX_SAFE_INTEGER;
}
