/** Syntax nodes → places in files: 1-based lines and columns, in UTF-16 units. */
import type ts from 'typescript';
import type { SourceRange } from '../../model/relationGraph';

/** A node together with the file it stands in; nodes are parsed without parent pointers, so they cannot tell themselves. */
export interface Place {
  readonly sourceFile: ts.SourceFile;
  readonly node: ts.Node;
}

/**
 * A place for values that are kept: it holds on to the node, but not to the tree of the whole file, which is parsed again should anybody ask
 * where the node stands.
 */
export class LastingPlace implements Place {
  constructor(
    private readonly module: { readonly sourceFile: ts.SourceFile },
    readonly node: ts.Node,
  ) {}

  get sourceFile(): ts.SourceFile {
    return this.module.sourceFile;
  }
}

export function rangeOf({ sourceFile, node }: Place): SourceRange {
  return rangeBetween(sourceFile, node.getStart(sourceFile), node.end);
}

/** @param start and `end`: offsets in the file's text */
export function rangeBetween(sourceFile: ts.SourceFile, start: number, end: number): SourceRange {
  const lineStarts = lineStartsOf(sourceFile);
  const line = lineAt(lineStarts, start);
  // Most nodes end where they start or a few lines on, so the end is walked to instead of searched for.
  let endLine = line;
  while ((lineStarts[endLine + 1] ?? Number.POSITIVE_INFINITY) <= end) endLine++;
  const column = start - (lineStarts[line] ?? 0) + 1;
  const endColumn = end - (lineStarts[endLine] ?? 0) + 1;
  return { file: sourceFile.fileName, line: line + 1, column, endLine: endLine + 1, endColumn };
}

const known = new WeakMap<ts.SourceFile, readonly number[]>();

/** As `sourceFile.getLineStarts()`, which looks at each character; a search for line breaks is several times as quick. */
function lineStartsOf(sourceFile: ts.SourceFile): readonly number[] {
  let starts = known.get(sourceFile);
  if (!starts) known.set(sourceFile, (starts = hasOtherBreaks(sourceFile.text) ? sourceFile.getLineStarts() : findLineStarts(sourceFile.text)));
  return starts;
}

/** Whether more than line feeds ends lines. */
function hasOtherBreaks(text: string): boolean {
  return text.includes('\r') || text.includes('\u2028') || text.includes('\u2029');
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The last line that starts at a position or before it, counted from 0. */
function lineAt(lineStarts: readonly number[], position: number): number {
  let first = 0;
  let behind = lineStarts.length;
  while (first + 1 < behind) {
    const middle = (first + behind) >> 1;
    if ((lineStarts[middle] ?? 0) <= position) first = middle;
    else behind = middle;
  }
  return first;
}

/** The name of a declaration; the declaration itself where it has none. */
export function nameRange({ sourceFile, node }: Place): SourceRange {
  const { name } = node as ts.NamedDeclaration;
  return rangeOf({ sourceFile, node: name ?? node });
}
