/**
 * The comment that says no to a finding, written above the statement that it is about:
 *
 *     // relation-lens-ignore-next-line lazy-n-plus-one: three authors at most
 *     for (const author of authors) show(await author.books);
 */
import type ts from 'typescript';
import type { Finding } from '../profile/queryProfile';
import { statementStart } from '../rules/statementStart';
import { readSuppressions } from '../rules/suppression';
import { decline, readSource, type EditContext, type FindingEdit } from './editContext';
import { findPlaces, type FoundPlace } from './findingPlaces';
import { detectStyle } from './sourceStyle';
import { descendants, toTextEdits, type SourceText } from './sourceText';
import type { TextEdit } from './textEdit';

/** Where it happens, in the present text; where that is not known, at the query that returned the rows. `mended`: there is such a comment already. */
export function suppressFindingEdit(context: EditContext, finding: Finding, reason: string): FindingEdit {
  const { site, parent } = findPlaces(context, finding);
  const place = finding.site ? site : parent;
  const source = place && readSource(context, place.file);
  if (!place || !source)
    return decline('The line of this finding is not found in the present sources. Run the request again to get a fresh finding.');
  if (readSuppressions(source.text).covers(finding.kind, place.line)) return { kind: 'mended' };
  const edit = commentAbove(source, place.line, finding.kind, reason);
  if (!edit)
    return decline('The line stands within a text that goes over several lines, where a comment would be part of it. Use the setting instead.');
  return { kind: 'edit', title: `Suppress ${finding.kind}`, edits: [edit], predicted: null };
}

/** What holds for a whole file is told at its very start, with no length. */
export function commentFor(source: SourceText, { line, column, endLine, endColumn }: FoundPlace, id: string): TextEdit | null {
  const isOfFile = line === 1 && column === 1 && endLine === 1 && endColumn === 1;
  return isOfFile ? commentAt(source, 1, '', `file ${id}: `) : commentAbove(source, line, id, '');
}

/** Above the statement that a 1-based line belongs to; null where no comment can stand. Without a reason the colon waits for one. */
function commentAbove(source: SourceText, line: number, id: string, reason: string): TextEdit | null {
  const start = statementStart(source.text.split(/\r?\n/), line);
  const at = [start, line].find((candidate) => !isWithinText(source, lineStart(source, candidate)));
  if (at === undefined) return null;
  const indent = /^[ \t]*/.exec(source.text.slice(lineStart(source, at)))?.[0] ?? '';
  return commentAt(source, at, indent, `next-line ${id}: ${reason.replace(/\s+/g, ' ').trim()}`);
}

function commentAt(source: SourceText, line: number, indent: string, what: string): TextEdit | null {
  if (source.file.endsWith('.json')) return null;
  const start = lineStart(source, line);
  const newText = `${indent}// relation-lens-ignore-${what}${detectStyle(source).newline}`;
  return toTextEdits(source, [{ start, end: start, newText }])[0] ?? null;
}

function lineStart({ tree }: SourceText, line: number): number {
  return tree.getLineStarts()[line - 1] ?? tree.end;
}

/** Whether the offset lies within a template, JSX text or a comment that began further up. */
function isWithinText(source: SourceText, offset: number): boolean {
  const { typescript, tree } = source;
  const isText = (node: ts.Node): boolean =>
    node.kind === typescript.SyntaxKind.JsxText ||
    (node.kind >= typescript.SyntaxKind.FirstTemplateToken && node.kind <= typescript.SyntaxKind.LastTemplateToken);
  for (const node of descendants(source, tree)) {
    const start = node.kind === typescript.SyntaxKind.JsxText ? node.pos : node.getStart(tree);
    if (start < offset && offset < node.end && isText(node)) return true;
  }
  return isWithinComment(source, offset);
}

function isWithinComment({ text }: SourceText, offset: number): boolean {
  const opened = text.lastIndexOf('/*', offset - 1);
  const lineComment = opened > 0 && text.slice(text.lastIndexOf('\n', opened) + 1, opened).includes('//');
  return opened >= 0 && !lineComment && text.indexOf('*/', opened + 2) >= offset;
}
