import type { ScopeSummary } from '../core/profile/queryProfile';

/** All scopes of one name: a route called a hundred times is one line of a report. The numbers are those of its worst time. */
export interface FoldedScope {
  readonly name: string;
  readonly kind: ScopeSummary['kind'];
  readonly times: number;
  readonly queryCount: number;
  readonly dbTimeMs: number;
  /** For connections. */
  readonly waitMs: number;
  readonly durationMs: number;
  readonly rowCount: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Most queries first. */
export function foldScopes(scopes: readonly ScopeSummary[]): FoldedScope[] {
  const byName = new Map<string, ScopeSummary[]>();
  for (const scope of scopes) {
    const key = `${scope.kind} ${scope.name}`;
    const known = byName.get(key);
    if (known) known.push(scope);
    else byName.set(key, [scope]);
  }
  return [...byName.values()].map(fold).sort((a, b) => b.queryCount - a.queryCount);
}

function fold(scopes: readonly ScopeSummary[]): FoldedScope {
  const worst = scopes.reduce((most, scope) => (scope.queryCount > most.queryCount ? scope : most));
  const { name, kind, queryCount, dbTimeMs, waitMs = 0, durationMs, rowCount, warnings, infos } = worst;
  return { name, kind, times: scopes.length, queryCount, dbTimeMs, waitMs, durationMs, rowCount, warnings, infos };
}

/** A trace that tells no rows at all is not one in which none were read. */
export function areRowsKnown(scopes: readonly { readonly rowCount: number }[]): boolean {
  return scopes.some(({ rowCount }) => rowCount > 0);
}
