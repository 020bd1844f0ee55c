/** `relation-lens graph --check FILE`: is the committed picture what would be written now? */
import { structuredPatch } from 'diff';

/** Lines of difference that are shown; more would hide the command that renews the file. */
const maxShownLines = 40;

/** What is stale in a committed text; null where it is what would be written now. Line endings, which git may change, are no difference. */
export function findStale(committed: string, current: string, file: string): readonly string[] | null {
  const before = pictureIn(committed.replaceAll('\r\n', '\n'), file);
  const now = current.replaceAll('\r\n', '\n').trimEnd();
  if (before.trimEnd() === now) return null;
  const [left, right] = file.toLowerCase().endsWith('.svg') ? [wordsOf(before), wordsOf(now)] : [before.trimEnd(), now];
  const lines = changedLines(left, right);
  if (lines.length === 0) return ['  The same names, drawn in other places.'];
  const more = lines.length - maxShownLines;
  return [...lines.slice(0, maxShownLines).map((line) => `  ${line}`), ...(more > 0 ? [`  … and ${more} more lines`] : [])];
}

/** A Markdown file holds its diagram in a fenced block. */
function pictureIn(text: string, file: string): string {
  return /\.md$/i.test(file) ? (/^```mermaid[^\n]*\n(.*?)^```/ms.exec(text)?.[1] ?? '') : text;
}

/** The texts of a drawing and the sentences of its relations, one a line: what changed in it says more than where it moved to. */
function wordsOf(svg: string): string {
  return [...svg.matchAll(/<(text|title)\b[^>]*>([^<]*)<\/\1>/g)].map(([, , text = '']) => plain(text)).join('\n');
}

/** As it is read on the screen, `Author's`: our SVG writer names characters by their number. */
function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function changedLines(before: string, now: string): string[] {
  const { hunks } = structuredPatch('', '', before, now, '', '', { context: 0 });
  return hunks.flatMap(({ lines }) => lines.filter((line) => /^[-+]/.test(line)).map((line) => `${line.slice(0, 1)} ${line.slice(1).trim()}`));
}
