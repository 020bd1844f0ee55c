/** Inserts properties into object literals in the style of the object at hand: `{ a }`, one a line, with or without trailing comma. */
import type ts from 'typescript';
import { isLeaf, type RelationTree } from './relationTree';
import { indentAt, isMultiLine, propertyKey, type SourceStyle } from './sourceStyle';
import type { Change, SourceText } from './sourceText';

/** The property of that name, however its name is written; undefined if there is none (or only a spread may hold it). */
export function findProperty(source: SourceText, object: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return object.properties.find((property) => propertyName(source, property) === name);
}

export function propertyName(source: SourceText, property: ts.ObjectLiteralElementLike): string | null {
  const { name } = property;
  if (!name) return null;
  return source.typescript.isIdentifier(name) || source.typescript.isStringLiteralLike(name) ? name.text : null;
}

export function hasSpread(source: SourceText, object: ts.ObjectLiteralExpression): boolean {
  return object.properties.some((property) => source.typescript.isSpreadAssignment(property));
}

/** One `key: value` text per property, put at the end of the object. */
export function appendProperties(
  source: SourceText,
  style: SourceStyle,
  object: ts.ObjectLiteralExpression,
  properties: readonly string[],
): Change[] {
  const last = object.properties.at(-1);
  if (!last) return [fillEmpty(source, style, object, properties)];
  if (!closesOnOwnLine(source, object, last)) {
    return [{ start: last.end, end: last.end, newText: properties.map((property) => `, ${property}`).join('') }];
  }
  const indent = indentAt(source.text, last.getStart(source.tree));
  const trailing = object.properties.hasTrailingComma;
  const lines = properties.map((property) => `${style.newline}${indent}${property}`).join(',') + (trailing ? ',' : '');
  const lineEnd = endOfLine(source.text, last.end);
  const comma = trailing ? [] : [{ start: last.end, end: last.end, newText: ',' }];
  // A comment behind the last property stays with it.
  return lineEnd === last.end && !trailing
    ? [{ start: last.end, end: last.end, newText: `,${lines}` }]
    : [...comma, { start: lineEnd, end: lineEnd, newText: lines }];
}

/** Inserts before a property: used to keep sorted keys sorted. */
export function insertBefore(source: SourceText, style: SourceStyle, next: ts.ObjectLiteralElementLike, property: string): Change {
  const start = next.getStart(source.tree);
  const indent = indentAt(source.text, start);
  const startsLine = source.text.slice(0, start).endsWith(`\n${indent}`);
  return { start, end: start, newText: startsLine ? `${property},${style.newline}${indent}` : `${property}, ` };
}

/** `{ books: { publisher: true } }` on one line. */
export function renderTree(tree: RelationTree, style: SourceStyle): string {
  if (isLeaf(tree)) return 'true';
  const inner = Object.entries(tree).map(([key, sub]) => `${propertyKey(key, style)}: ${renderTree(sub, style)}`);
  return `{${style.braceSpace}${inner.join(', ')}${style.braceSpace}}`;
}

/** An object of its own: on one line where the line has room, else one property a line. `column` is where it begins (0-based). */
export function renderObject(properties: readonly string[], style: SourceStyle, column: number, indent: string): string {
  const oneLine = `{${style.braceSpace}${properties.join(', ')}${style.braceSpace}}`;
  if (column + oneLine.length + 2 <= style.width) return oneLine;
  const lines = properties.map((property) => `${style.newline}${indent}${style.indent}${property}`).join(',');
  return `{${lines}${style.trailingComma ? ',' : ''}${style.newline}${indent}}`;
}

function fillEmpty(source: SourceText, style: SourceStyle, object: ts.ObjectLiteralExpression, properties: readonly string[]): Change {
  const start = object.getStart(source.tree);
  const { character } = source.tree.getLineAndCharacterOfPosition(start);
  return { start, end: object.end, newText: renderObject(properties, style, character, indentAt(source.text, start)) };
}

function closesOnOwnLine(source: SourceText, object: ts.ObjectLiteralExpression, last: ts.Node): boolean {
  return isMultiLine(source, object) && source.text.slice(last.end, object.end).includes('\n');
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const line = end < 0 ? text.length : end;
  return text[line - 1] === '\r' ? line - 1 : line;
}
