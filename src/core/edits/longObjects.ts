/**
 * Objects that stood on one line until an edit made it longer than the file's lines go: one property a line, as a formatter would write them. Each property
 * keeps its text. An object with a comment between its properties, or one that has several lines already, is left as it is.
 */
import type ts from 'typescript';
import { indentAt, isMultiLine, type SourceStyle } from './sourceStyle';
import { changedText, descendants, type Change, type SourceText } from './sourceText';

/** The changes, with those inside of an object that gets too long put together into one that writes it over several lines. */
export function breakLongObjects(source: SourceText, style: SourceStyle, changes: readonly Change[]): readonly Change[] {
  const broken = new Map<ts.ObjectLiteralExpression, Change>();
  for (const change of changes) {
    const object = outermostObject(source, change);
    if (!object || broken.has(object) || lengthOfLine(source, object, changes) <= style.width) continue;
    const written = writeBroken(source, style, object, changes);
    if (written) broken.set(object, written);
  }
  const kept = changes.filter((change) => ![...broken.keys()].some((object) => isInside(source, object, change)));
  return [...kept, ...broken.values()];
}

/** The object that the change is made inside of, or the one around it that is broken first. A function within an object is no part of it. */
function outermostObject(source: SourceText, change: Change): ts.ObjectLiteralExpression | undefined {
  const { typescript } = source;
  const around = [...descendants(source, source.tree)].filter((node) => isInside(source, node, change));
  const inFunction = around.slice(around.findLastIndex((node) => typescript.isFunctionLike(node)) + 1);
  const objects = inFunction.filter((node) => typescript.isObjectLiteralExpression(node)).filter((object) => !isMultiLine(source, object));
  const innermost = objects.at(-1);
  return innermost && objects.reduceRight((inner, object) => (inner.parent.parent === object ? object : inner), innermost);
}

function isInside(source: SourceText, node: ts.Node, { start, end }: Change): boolean {
  return node.getStart(source.tree) < start && end < node.end;
}

/** Of the line that the object stands on, once all changes on it are made; nothing where one of them has several lines itself. */
function lengthOfLine(source: SourceText, object: ts.ObjectLiteralExpression, changes: readonly Change[]): number {
  const start = source.text.lastIndexOf('\n', object.end - 1) + 1;
  const [line = ''] = source.text.slice(start).split(/\r?\n/, 1);
  const onLine = changes.filter((change) => change.start >= start && change.end <= start + line.length);
  const after = changedText(source, onLine, start, start + line.length);
  return after.includes('\n') ? 0 : after.length;
}

function writeBroken(source: SourceText, style: SourceStyle, object: ts.ObjectLiteralExpression, changes: readonly Change[]): Change | null {
  const start = object.getStart(source.tree);
  const inside = changes.filter((change) => isInside(source, object, change));
  const properties = propertiesOf(source, changedText(source, inside, start, object.end));
  if (properties === null) return null;
  const indent = indentAt(source.text, start);
  const lines = properties.map((property) => `${style.newline}${indent}${style.indent}${property}`).join(',');
  return { start, end: object.end, newText: `{${lines}${style.trailingComma ? ',' : ''}${style.newline}${indent}}` };
}

/** Texts of the properties of an object that is written like this; null where there is more to it than them. */
function propertiesOf({ typescript }: SourceText, object: string): string[] | null {
  const tree = typescript.createSourceFile('object.ts', `(${object})`, typescript.ScriptTarget.Latest, true);
  const [statement] = tree.statements;
  const expression = statement && typescript.isExpressionStatement(statement) ? statement.expression : undefined;
  const literal = expression && typescript.isParenthesizedExpression(expression) ? expression.expression : undefined;
  if (!literal || !typescript.isObjectLiteralExpression(literal)) return null;
  const ends = [literal.getStart(tree) + 1, ...literal.properties.map(({ end }) => end)];
  const starts = [...literal.properties.map((property) => property.getStart(tree)), literal.end - 1];
  const isPlain = ends.every((end, i) => /^[\s,]*$/.test(tree.text.slice(end, starts[i])));
  return isPlain ? literal.properties.map((property) => property.getText(tree)) : null;
}
