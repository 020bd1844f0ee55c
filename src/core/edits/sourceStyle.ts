/** How a file is written, so that an edit reads as if its author had made it. */
import type ts from 'typescript';
import { descendants, type SourceText } from './sourceText';

export interface SourceStyle {
  readonly quote: "'" | '"';
  /** Between braces of an object on one line: `{ a }` or `{a}`. */
  readonly braceSpace: ' ' | '';
  readonly newline: '\n' | '\r\n';
  /** One level of indentation. */
  readonly indent: string;
  readonly semicolons: boolean;
  readonly trailingComma: boolean;
  /** Lines longer than this are broken. */
  readonly width: number;
}

/** Reads the style off a file; what it does not show falls back to the most usual choice. */
export function detectStyle(source: SourceText): SourceStyle {
  const { typescript } = source;
  const count = { single: 0, double: 0, spaced: 0, tight: 0, trailing: 0, bare: 0, semicolon: 0, noSemicolon: 0 };
  for (const node of descendants(source, source.tree)) {
    if (typescript.isStringLiteral(node)) count[source.text[node.getStart(source.tree)] === "'" ? 'single' : 'double']++;
    if (typescript.isObjectLiteralExpression(node)) countObject(source, node, count);
    const list = listOf(source, node);
    if (list && list.length > 0 && /\n\s*$/.test(source.text.slice(list.end, endOfList(source, list.end))))
      count[list.hasTrailingComma ? 'trailing' : 'bare']++;
    if (typescript.isNamedImports(node) || typescript.isObjectBindingPattern(node))
      count[/^\{\s/.test(node.getText(source.tree)) ? 'spaced' : 'tight']++;
    if (typescript.isImportDeclaration(node) || typescript.isVariableStatement(node) || typescript.isExpressionStatement(node))
      count[source.text[node.end - 1] === ';' ? 'semicolon' : 'noSemicolon']++;
  }
  return {
    quote: count.double > count.single ? '"' : "'",
    braceSpace: count.tight > count.spaced ? '' : ' ',
    newline: source.text.includes('\r\n') ? '\r\n' : '\n',
    indent: indentUnit(source.text),
    semicolons: count.noSemicolon <= count.semicolon,
    trailingComma: count.trailing >= count.bare,
    width: lineWidth(source.text),
  };
}

/** Whitespace at the beginning of the line that holds `offset`. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

export function isMultiLine(source: SourceText, node: ts.Node): boolean {
  return source.text.slice(node.getStart(source.tree), node.end).includes('\n');
}

/** A property's name as source: bare where it may be, quoted in the file's style else. */
export function propertyKey(name: string, style: SourceStyle): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `${style.quote}${name}${style.quote}`;
}

function countObject(source: SourceText, node: ts.ObjectLiteralExpression, count: Record<'spaced' | 'tight' | 'trailing' | 'bare', number>): void {
  if (node.properties.length === 0) return;
  const text = node.getText(source.tree);
  if (!text.includes('\n')) count[/^\{\s/.test(text) ? 'spaced' : 'tight']++;
  else if (/\n\s*\}$/.test(text)) count[node.properties.hasTrailingComma ? 'trailing' : 'bare']++;
}

/** Elements, arguments and names that stand one a line say as much of trailing commas as an object does. */
function listOf({ typescript }: SourceText, node: ts.Node): ts.NodeArray<ts.Node> | null {
  if (typescript.isArrayLiteralExpression(node) || typescript.isNamedImports(node) || typescript.isNamedExports(node)) return node.elements;
  return typescript.isCallExpression(node) || typescript.isNewExpression(node) ? (node.arguments ?? null) : null;
}

/** Behind the blanks that follow a list. */
function endOfList({ text }: SourceText, end: number): number {
  return end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0);
}

function indentUnit(text: string): string {
  const indents = text.match(/^(?:\t+| +)(?=[^\s*])/gm) ?? [];
  if (indents.some((indent) => indent.startsWith('\t'))) return '\t';
  const smallest = Math.min(...indents.map((indent) => indent.length).filter((length) => length >= 2));
  return ' '.repeat(Number.isFinite(smallest) ? Math.min(smallest, 8) : 2);
}

/** The longest code line tells how far the author goes; never less than 100, so that a short file is not chopped up. */
function lineWidth(text: string): number {
  const longest = Math.max(0, ...text.split('\n').map((line) => line.length));
  return Math.min(Math.max(longest, 100), 140);
}
