/** Comments in the user's sources that silence findings, as the lines were when the run's first finding there was judged. */
import { readSuppressions, type Suppressions } from '../rules/suppression';
import type { Finding } from './queryProfile';
import { sitesOf } from './suppressEntries';

export type SourceLine = (file: string, line: number) => string | null;

export interface IgnoreComment {
  /** As written behind the colon; null where none is given. */
  readonly reason: string | null;
}

export class IgnoreComments {
  private readonly byFile = new Map<string, Suppressions>();

  constructor(private readonly sourceLine: SourceLine | undefined) {}

  /** The comment at the line where it happens, or at the query that returned the rows; null where there is none. */
  of(finding: Pick<Finding, 'kind' | 'site' | 'parent'>): IgnoreComment | null {
    for (const { file, line } of sitesOf(finding)) {
      const comments = this.in(file);
      if (comments.covers(finding.kind, line)) return { reason: comments.reasonFor(finding.kind, line) };
    }
    return null;
  }

  private in(file: string): Suppressions {
    let comments = this.byFile.get(file);
    if (comments === undefined) this.byFile.set(file, (comments = readSuppressions(this.textOf(file))));
    return comments;
  }

  private textOf(file: string): string {
    const lines: string[] = [];
    for (let line = 1; ; line++) {
      const text = this.sourceLine?.(file, line) ?? null;
      if (text === null) return lines.join('\n');
      lines.push(text);
    }
  }
}
