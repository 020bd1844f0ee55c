/** At the end of a line that asked the database: how many queries one request ran there, what they returned and took. */
import type { InlayHint, Range } from 'vscode-languageserver-types';
import type { SiteScope, SiteStats } from '../core/profile/queryProfile';
import { trackLines, type LineTracker } from './lineTracker';
import { milliseconds } from './relationHover';
import { code } from './relationWords';
import { commandLink } from './toLsp';

export interface QueryHints {
  /** An update of the same run names the same lines as its first; another run those of the present text. */
  replace(runId: string | undefined, stats: readonly SiteStats[]): void;
  of(file: string, range: Range): InlayHint[];
}

export function createQueryHints(readFile: (file: string) => string | undefined): QueryHints {
  let runId: string | undefined;
  let byFile: ReadonlyMap<string, readonly SiteStats[]> = new Map();
  let tracker: LineTracker = trackLines([], readFile);

  return {
    replace(nextRun, stats) {
      const sameRun = nextRun !== undefined && nextRun === runId;
      runId = nextRun;
      byFile = groupByFile(stats);
      tracker = trackLines([...byFile.keys()], readFile, sameRun ? tracker : undefined);
    },
    of(file, range) {
      const stats = byFile.get(file);
      const before = tracker.seen.get(file)?.split('\n');
      const now = readFile(file)?.split('\n');
      if (!stats || !before || !now) return [];
      return stats.flatMap(({ line, scopes }) => {
        const lineNow = tracker.lineNow(file, line);
        const text = now[lineNow - 1]?.trimEnd();
        // What a line cost before it was rewritten says nothing of what it is now.
        if (text === undefined || text.trim() !== before[line - 1]?.trim()) return [];
        if (lineNow - 1 < range.start.line || lineNow - 1 > range.end.line) return [];
        return hint(lineNow - 1, text.length, scopes, runId) ?? [];
      });
    },
  };
}

function groupByFile(stats: readonly SiteStats[]): ReadonlyMap<string, readonly SiteStats[]> {
  const byFile = new Map<string, SiteStats[]>();
  for (const each of stats) {
    const known = byFile.get(each.file);
    if (known) known.push(each);
    else byFile.set(each.file, [each]);
  }
  return byFile;
}

function hint(line: number, character: number, scopes: readonly SiteScope[], runId: string | undefined): InlayHint | null {
  if (scopes.length === 0) return null;
  const most = scopes.reduce((worst, scope) => (scope.queries > worst.queries ? scope : worst));
  return {
    position: { line, character },
    label: cost(most),
    paddingLeft: true,
    tooltip: { kind: 'markdown', value: scopes.map((scope) => `- ${describeScope(scope, runId)}`).join('\n') },
  };
}

function describeScope(scope: SiteScope, runId: string | undefined): string {
  const link = runId === undefined ? '' : ` – ${commandLink('Show in Queries', 'relationLens.openProfiler', { runId, scope: scope.scope })}`;
  return `${code(scope.name)} ran ${cost(scope)} here${link}`;
}

/** `100 queries · 300 rows · 46 ms` */
function cost({ queries, rows, dbTimeMs }: SiteScope): string {
  const returned = rows === 0 ? '' : ` · ${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return `${queries} ${queries === 1 ? 'query' : 'queries'}${returned} · ${milliseconds(dbTimeMs)}`;
}
