import type { Finding, QueryProfile, RunInfo, ScopeSummary } from '../core/profile/queryProfile';
import { foldFindings } from './foldFindings';
import { foldScopes, type FoldedScope } from './foldScopes';

/** What became of a route (job, test) from one run to the next; null where a run did not have it. */
export interface ScopeChange {
  readonly name: string;
  readonly kind: ScopeSummary['kind'];
  /** The worst one of its name, as everywhere in a report. */
  readonly before: FoldedScope | null;
  readonly after: FoldedScope | null;
  /** Whether every path asked for in both runs was answered the same; null where no answer was seen in both. */
  readonly responseEqual: boolean | null;
}

export interface RunComparison {
  readonly earlier: RunInfo;
  /** Those whose count changed come first, the largest change before others. */
  readonly scopes: readonly ScopeChange[];
  /** Found in the earlier run, not in this one although its scope ran again. */
  readonly solved: readonly Finding[];
  /** Found in this run, not in the earlier one. */
  readonly added: readonly Finding[];
}

/** Sets two runs beside each other by the names of their scopes; lines may have moved between them. */
export function compareRuns(earlier: QueryProfile, later: QueryProfile): RunComparison {
  const before = byName(earlier.scopes);
  const after = byName(later.scopes);
  const scopes = [...new Set([...after.keys(), ...before.keys()])].map((key) => {
    const [old = null, now = null] = [before.get(key), after.get(key)];
    const { name, kind } = (now ?? old) as FoldedScope;
    return { name, kind, before: old, after: now, responseEqual: old && now ? isAnsweredTheSame(earlier, later, name) : null };
  });
  return {
    earlier: earlier.run,
    scopes: scopes.sort((a, b) => changeOf(b) - changeOf(a)),
    solved: missingFrom(later, earlier).filter(({ scopeName }) => later.scopes.some(({ name }) => name === scopeName)),
    added: missingFrom(earlier, later),
  };
}

/** Whether a scope that both runs had now runs more queries. */
export function isRegression({ before, after }: ScopeChange): boolean {
  return before !== null && after !== null && after.queryCount > before.queryCount;
}

function byName(scopes: readonly ScopeSummary[]): Map<string, FoldedScope> {
  return new Map(foldScopes(scopes.filter(({ queryCount }) => queryCount > 0)).map((scope) => [`${scope.kind} ${scope.name}`, scope]));
}

function changeOf({ before, after }: ScopeChange): number {
  return before === null || after === null ? 0 : Math.abs(after.queryCount - before.queryCount);
}

function isAnsweredTheSame(earlier: QueryProfile, later: QueryProfile, name: string): boolean | null {
  const [before, after] = [answersOf(earlier, name), answersOf(later, name)];
  const shared = [...after.keys()].filter((path) => before.has(path));
  return shared.length === 0 ? null : shared.every((path) => before.get(path) === after.get(path));
}

/** The last answer of each path. */
function answersOf({ scopes }: QueryProfile, name: string): Map<string, string> {
  return new Map(scopes.flatMap((scope) => (scope.name === name && scope.path && scope.responseHash ? [[scope.path, scope.responseHash]] : [])));
}

function missingFrom(other: QueryProfile, { findings }: QueryProfile): Finding[] {
  const known = new Set(other.findings.map(keyOf));
  return foldFindings(findings.filter((finding) => !known.has(keyOf(finding)))).map(({ finding }) => finding);
}

function keyOf({ kind, entity, relation, scopeName, site }: Finding): string {
  return [kind, entity, relation, scopeName, entity === null ? site?.function : ''].join('\n');
}
