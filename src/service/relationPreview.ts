/** What a file would look like around its edits: a few lines before, what goes, what comes, a few lines after. */
import type { TextEdit } from '../core/edits/textEdit';
import type { RelationPreview } from '../protocol/diagramQuestions';

type PreviewLine = RelationPreview['files'][number]['lines'][number];

/** Unchanged lines that are shown around a change. */
const contextLines = 2;

export function previewEdits(edits: readonly TextEdit[], readFile: (file: string) => string | undefined): RelationPreview {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    files: files.map((file) => ({
      file,
      lines: previewFile(
        readFile(file) ?? '',
        edits.filter((edit) => edit.file === file),
      ),
    })),
  };
}

function previewFile(text: string, edits: readonly TextEdit[]): PreviewLine[] {
  const before = text.split(/\r?\n/);
  const lines: PreviewLine[] = [];
  let shownTo = 0;
  const groups = groupByLines(edits);
  groups.forEach((group, index) => {
    const first = group[0]?.line ?? 1;
    const last = Math.max(...group.map(({ endLine }) => endLine));
    const start = Math.max(shownTo + 1, first - contextLines);
    if (shownTo > 0 && start > shownTo + 1) lines.push({ sign: ' ', text: '…', number: start - 1 });
    for (let number = start; number < first; number++) lines.push(unchanged(before, number));
    lines.push(...changedLines(before, first, last, group));
    shownTo = Math.min(before.length, last + contextLines, (groups[index + 1]?.[0]?.line ?? Infinity) - 1);
    for (let number = last + 1; number <= shownTo; number++) lines.push(unchanged(before, number));
  });
  return lines;
}

function unchanged(before: readonly string[], number: number): PreviewLine {
  return { sign: ' ', text: before[number - 1] ?? '', number };
}

/** Edits that touch the same or neighbouring lines are one change. */
function groupByLines(edits: readonly TextEdit[]): TextEdit[][] {
  const groups: TextEdit[][] = [];
  for (const edit of [...edits].sort((a, b) => a.line - b.line || a.column - b.column)) {
    const group = groups.at(-1);
    if (group && edit.line <= (group.at(-1)?.endLine ?? 0)) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** Lines `first` to `last` with the edits applied, without those that come out as they went in. */
function changedLines(before: readonly string[], first: number, last: number, edits: readonly TextEdit[]): PreviewLine[] {
  const old = before.slice(first - 1, last);
  const offsetOf = (line: number, column: number): number => old.slice(0, line - first).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const changed = [...edits]
    .reverse()
    .reduce(
      (text, edit) => text.slice(0, offsetOf(edit.line, edit.column)) + edit.newText + text.slice(offsetOf(edit.endLine, edit.endColumn)),
      old.join('\n'),
    )
    .split(/\r?\n/);
  const same = commonStart(old, changed);
  const sameEnd = commonStart([...old.slice(same)].reverse(), [...changed.slice(same)].reverse());
  return [
    ...old.slice(0, same).map((text, i): PreviewLine => ({ sign: ' ', text, number: first + i })),
    ...old.slice(same, old.length - sameEnd).map((text, i): PreviewLine => ({ sign: '-', text, number: first + same + i })),
    ...changed.slice(same, changed.length - sameEnd).map((text): PreviewLine => ({ sign: '+', text, number: first + same })),
    ...old.slice(old.length - sameEnd).map((text, i): PreviewLine => ({ sign: ' ', text, number: last - sameEnd + 1 + i })),
  ];
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}
