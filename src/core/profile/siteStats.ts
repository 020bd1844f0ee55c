import type { ScopeRecord, Tally } from './evidence';
import type { SiteScope, SiteStats } from './queryProfile';

/** Lines and routes of a line that are kept. */
const bounds = { lines: 5_000, routesPerLine: 10 } as const;

interface Line {
  readonly file: string;
  readonly line: number;
  scopes: readonly SiteScope[];
}

/**
 * What each line of the user's code asked the database, by route: of each route the latest scope that came by, so that a number is what
 * one request costs, however often it was asked.
 */
export class SiteStatistics {
  private readonly lines = new Map<string, Line>();
  private readonly changed = new Set<Line>();

  /** A scope judged again replaces what it said before. */
  update(scope: ScopeRecord): void {
    for (const [key, { file, line, ...tally }] of tallyLines(scope)) {
      const known = this.lines.get(key) ?? { file, line, scopes: [] };
      if (known.scopes.some((entry) => supersedes(entry, scope, tally))) continue;
      if (known.scopes.length === 0) {
        if (this.lines.size >= bounds.lines) continue;
        this.lines.set(key, known);
      }
      // A route's name may become known only while the request runs.
      const others = known.scopes.filter(({ scope: id, name }) => id !== scope.id && name !== scope.name);
      const entry = { scope: scope.id, name: scope.name, queries: tally.count, rows: tally.rows, dbTimeMs: tally.dbTimeMs };
      known.scopes = [...others, entry].sort((a, b) => b.scope - a.scope).slice(0, bounds.routesPerLine);
      this.changed.add(known);
    }
  }

  /** Lines that changed since the last call. */
  takeChanged(): SiteStats[] {
    const changed = [...this.changed].map(({ file, line, scopes }) => ({ file, line, scopes }));
    this.changed.clear();
    return changed;
  }

  clear(): void {
    this.lines.clear();
    this.changed.clear();
  }
}

/** Whether nothing is new: a later request of the route came by already, or it is this one, as it was. */
function supersedes(entry: SiteScope, { id, name }: ScopeRecord, { count, rows, dbTimeMs }: Tally): boolean {
  if (entry.name !== name || entry.scope < id) return false;
  return entry.scope > id || (entry.queries === count && entry.rows === rows && entry.dbTimeMs === dbTimeMs);
}

function tallyLines({ groups }: ScopeRecord): Map<string, Tally & { readonly file: string; readonly line: number }> {
  const lines = new Map<string, Tally & { readonly file: string; readonly line: number }>();
  for (const { stack, count, rows, dbTimeMs } of groups.values()) {
    if (stack === null) continue;
    const { file, line } = stack.site;
    const key = `${file}:${line}`;
    const tally = lines.get(key) ?? { file, line, count: 0, rows: 0, dbTimeMs: 0 };
    lines.set(key, tally);
    tally.count += count;
    tally.rows += rows;
    tally.dbTimeMs += dbTimeMs;
  }
  return lines;
}
