/** A query builder's text with the condition of all keys, and with what follows instead of the call that ran it. */
import { keysCondition } from './builderCondition';
import type { BuilderKey } from './builderKey';
import { isMethodCall, type MethodCall } from './findCall';
import type { Asked } from './loopQuestion';
import { detectStyle, indentAt } from './sourceStyle';
import { changedText, movedLines, type Change, type SourceText } from './sourceText';

/**
 * Broken as it is written, or a call a line.
 * @param last calls in the place of the one that ran the builder
 */
export function keyedBuilderText(
  { source, loop, call }: Asked,
  found: BuilderKey,
  last: readonly string[],
  { path, keys }: { readonly path: string; readonly keys: string },
): string {
  const { text, tree } = source;
  const { indent, newline } = detectStyle(source);
  const start = call.getStart(tree);
  const [from, to] = [indentAt(text, start), indentAt(text, loop.statement.getStart(tree))];
  const dot = call.expression.expression.end;
  const isBroken = /^\s*\n/.test(text.slice(dot, call.expression.name.getStart(tree)));
  const condition = conditionChange(source, found, { path, keys }, newline + (isBroken ? indentAt(text, call.expression.name.getStart(tree)) : from));
  if (isBroken) {
    const deeper = indentAt(text, call.expression.name.getStart(tree)).slice(from.length);
    return [movedLines(changedText(source, [condition], start, dot), from, to), ...last].join(newline + to + deeper);
  }
  const chain = found.builder.calls.filter((each) => each !== call).reverse();
  const written = (each: MethodCall): string =>
    changedText(source, each === found.where ? [condition] : [], each.expression.expression.end, each.end).trim();
  return [...rootOf(source, chain[0]), ...chain.map(written), ...last].map((line) => movedLines(line, from, to + indent)).join(newline + to + indent);
}

/** `ds` and `.getRepository(Review)` of `ds.getRepository(Review).createQueryBuilder('r')` */
function rootOf(source: SourceText, first: MethodCall | undefined): string[] {
  const root = first?.expression.expression;
  if (!root) return [];
  const { text, tree } = source;
  if (!isMethodCall(source, root)) return [root.getText(tree)];
  const made = root.expression.expression;
  return [made.getText(tree), text.slice(made.end, root.end).trim()];
}

/** `{ bookId: In(…) }` in the place of the key's condition; what else that said in a call behind it. @param separator before that call's dot */
export function conditionChange(
  { tree }: SourceText,
  { where, rest }: Pick<BuilderKey, 'where' | 'rest'>,
  { path, keys }: { readonly path: string; readonly keys: string },
  separator: string,
): Change {
  const start = where.arguments[0]?.getStart(tree) ?? where.end;
  return { start, end: where.arguments.at(-1)?.end ?? where.end, newText: keysCondition(rest, path, keys, separator) };
}
