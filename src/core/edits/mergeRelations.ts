/**
 * Merges relation paths into what a `relations` option already holds, nested, sorted and idempotent:
 *
 *     relations: { author: true }   + author.publisher, tags   →   relations: { author: { publisher: true }, tags: true }
 *     relations: ['author']         + author.publisher         →   relations: ['author', 'author.publisher']      (0.3's style is kept)
 */
import type ts from 'typescript';
import { appendProperties, findProperty, hasSpread, insertBefore, propertyName, renderTree } from './objectLiteral';
import { isLeaf, type RelationTree } from './relationTree';
import { propertyKey, type SourceStyle } from './sourceStyle';
import { unwrap, type Change, type SourceText } from './sourceText';

export type Merge = { readonly kind: 'changes'; readonly changes: readonly Change[] } | { readonly kind: 'declined'; readonly reason: string };

export function mergeRelations(source: SourceText, style: SourceStyle, written: ts.Expression, paths: readonly string[], tree: RelationTree): Merge {
  const value = unwrap(source, written);
  if (source.typescript.isObjectLiteralExpression(value)) return mergeObject(source, style, value, tree);
  if (source.typescript.isArrayLiteralExpression(value)) return mergeArray(source, style, value, paths);
  return { kind: 'declined', reason: `the relations are computed (${shorten(value.getText(source.tree))}), so the edit is yours to make.` };
}

function mergeObject(source: SourceText, style: SourceStyle, object: ts.ObjectLiteralExpression, tree: RelationTree): Merge {
  const changes: Change[] = [];
  const missing: [string, RelationTree][] = [];
  for (const [key, sub] of Object.entries(tree)) {
    const property = findProperty(source, object, key);
    if (!property) {
      if (!isLeaf(sub) && hasSpread(source, object))
        return { kind: 'declined', reason: `a spread inside relations may already hold '${key}', and the nested relation would replace it.` };
      missing.push([key, sub]);
      continue;
    }
    const merged = mergeProperty(source, style, property, key, sub);
    if (merged.kind === 'declined') return merged;
    changes.push(...merged.changes);
  }
  return { kind: 'changes', changes: [...changes, ...insertSorted(source, style, object, missing)] };
}

function mergeProperty(source: SourceText, style: SourceStyle, property: ts.ObjectLiteralElementLike, key: string, sub: RelationTree): Merge {
  const { typescript } = source;
  if (!typescript.isPropertyAssignment(property)) return { kind: 'declined', reason: `relations.${key} is computed, so the edit is yours to make.` };
  const value = unwrap(source, property.initializer);
  if (typescript.isObjectLiteralExpression(value)) return mergeObject(source, style, value, sub);
  const isTrue = value.kind === typescript.SyntaxKind.TrueKeyword;
  if (isTrue && isLeaf(sub)) return { kind: 'changes', changes: [] };
  const replacement: Merge = {
    kind: 'changes',
    changes: [{ start: value.getStart(source.tree), end: value.end, newText: renderTree(sub, style) }],
  };
  if (isTrue || value.kind === typescript.SyntaxKind.FalseKeyword) return replacement;
  if (typescript.isIdentifier(value) && value.text === 'undefined') return replacement;
  return { kind: 'declined', reason: `relations.${key} is computed (${shorten(value.getText(source.tree))}), so the edit is yours to make.` };
}

/** New keys go where a sorted list wants them; a list that is not sorted gets them at its end. */
function insertSorted(
  source: SourceText,
  style: SourceStyle,
  object: ts.ObjectLiteralExpression,
  missing: readonly [string, RelationTree][],
): Change[] {
  const names = object.properties.map((property) => propertyName(source, property));
  const sorted = names.every((name, i) => name !== null && (i === 0 || (names[i - 1] ?? '') <= name));
  const changes: Change[] = [];
  const last: string[] = [];
  for (const [key, sub] of missing) {
    const text = `${propertyKey(key, style)}: ${renderTree(sub, style)}`;
    const next = sorted ? object.properties.find((property) => (propertyName(source, property) ?? '') > key) : undefined;
    if (next) changes.push(insertBefore(source, style, next, text));
    else last.push(text);
  }
  return last.length > 0 ? [...changes, ...appendProperties(source, style, object, last)] : changes;
}

function mergeArray(source: SourceText, style: SourceStyle, array: ts.ArrayLiteralExpression, paths: readonly string[]): Merge {
  const { typescript } = source;
  const present = array.elements.map((element) => (typescript.isStringLiteralLike(element) ? element.text : null));
  // A spread may hold the path already; naming it twice does no harm, so it is added all the same.
  const covered = (path: string): boolean => present.some((name) => name === path || name?.startsWith(`${path}.`));
  const missing = [...paths]
    .sort()
    .filter((path) => !covered(path))
    .map((path) => `${style.quote}${path}${style.quote}`);
  if (missing.length === 0) return { kind: 'changes', changes: [] };
  const last = array.elements.at(-1);
  if (!last) return { kind: 'changes', changes: [{ start: array.getStart(source.tree), end: array.end, newText: `[${missing.join(', ')}]` }] };
  const ownLine = /\n[ \t]*$/.test(source.text.slice(0, last.getStart(source.tree)));
  const separator = ownLine ? `,${style.newline}${/[ \t]*$/.exec(source.text.slice(0, last.getStart(source.tree)))?.[0] ?? ''}` : ', ';
  return { kind: 'changes', changes: [{ start: last.end, end: last.end, newText: missing.map((name) => separator + name).join('') }] };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
