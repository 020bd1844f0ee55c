/** What the inverse-side argument of a relation names, read off the source: `(book) => book.author`, `'author'`. */
import type ts from 'typescript';
import type { SourceText } from '../edits/sourceText';
import type { Relation, SourceRange } from '../model/relationGraph';
import type { RuleContext } from './rule';
import { rangeOf } from './memberFacts';
import { nodeAt } from './ruleSyntax';

export interface InverseName {
  readonly name: string;
  /** Where the name stands (without quotes). */
  readonly place: SourceRange;
  readonly node: ts.Node;
  readonly source: SourceText;
}

/** Null where none is written, or it is computed in a way that cannot be read. */
export function inverseName(context: RuleContext, relation: Relation): InverseName | null {
  const source = relation.inverseSource && context.sourceOf(relation.inverseSource.file);
  const node = source && relation.inverseSource && nodeAt(source, relation.inverseSource);
  return source && node ? read(source, node) : null;
}

function read(source: SourceText, node: ts.Node): InverseName | null {
  const { typescript } = source;
  if (typescript.isStringLiteralLike(node)) {
    const range = rangeOf(source, node);
    return { name: node.text, node, source, place: { ...range, column: range.column + 1, endColumn: range.endColumn - 1 } };
  }
  const body = typescript.isArrowFunction(node) ? node.body : null;
  if (!body || !typescript.isPropertyAccessExpression(body)) return null;
  const steps = path(source, body);
  return steps === null ? null : { name: steps, node: body.name, source, place: rangeOf(source, body.name) };
}

/** `address.city` of `(x) => x.address.city`; null where anything but names is on the way. */
function path({ typescript }: SourceText, access: ts.PropertyAccessExpression): string | null {
  const inner = typescript.isNonNullExpression(access.expression) ? access.expression.expression : access.expression;
  if (typescript.isIdentifier(inner)) return access.name.text;
  const before = typescript.isPropertyAccessExpression(inner) ? path({ typescript } as SourceText, inner) : null;
  return before && `${before}.${access.name.text}`;
}
