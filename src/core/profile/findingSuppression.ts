/** What the user has said no to in a run: by the setting, by a comment in the sources, or by a comment that has just been written. */
import { IgnoreComments, type SourceLine } from './ignoreComments';
import type { Finding, SuppressedFinding } from './queryProfile';
import { isSuppressedHere, suppressEntryFor, type SuppressedHere, type SuppressEntry } from './suppressEntries';

export interface SplitFindings {
  readonly heard: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

export class FindingSuppression {
  private entries: readonly SuppressEntry[] = [];
  private readonly written: SuppressedHere[] = [];
  private readonly comments: IgnoreComments;

  constructor(sourceLine: SourceLine | undefined) {
    this.comments = new IgnoreComments(sourceLine);
  }

  /** In place of what the setting said before. */
  setEntries(entries: readonly SuppressEntry[]): void {
    this.entries = entries;
  }

  addComment(said: SuppressedHere): void {
    this.written.push(said);
  }

  /** Both parts keep the order that they are given in. A comment's reason counts before the setting's. */
  split(all: readonly Finding[]): SplitFindings {
    const heard: Finding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const finding of all) {
      const silenced = this.suppressionOf(finding);
      if (silenced) suppressed.push(silenced);
      else heard.push(finding);
    }
    return { heard, suppressed };
  }

  private suppressionOf(finding: Finding): SuppressedFinding | null {
    const comment = this.comments.of(finding) ?? this.written.find((said) => isSuppressedHere(finding, said));
    if (comment) return { finding, by: 'comment', reason: comment.reason };
    const entry = suppressEntryFor(finding, this.entries);
    return entry ? { finding, by: 'setting', reason: entry.reason ?? null } : null;
  }
}
