/** A lookup that throws where there is no row, once a Map gives the row: the turn throws the same error, and at the same place. */
import type ts from 'typescript';
import type { Entity } from '../model/relationGraph';
import { isClassKnown } from './entityType';
import type { MethodCall } from './findCall';
import type { LoopQuestion } from './loopQuestion';
import { detectStyle, indentAt } from './sourceStyle';
import { changedText, type Change, type SourceText } from './sourceText';
import { linesBefore, throwPlace } from './throwPlace';
import { freshName, lowerFirst } from './words';

/** `findOneOrFail`, `findOneByOrFail` */
export function isOrFail(call: MethodCall): boolean {
  return call.expression.name.text.endsWith('OrFail');
}

/** What the code that has asked is given in the place of its lookup. */
export interface GivenRows {
  readonly map: string;
  readonly entity: Entity;
  /** Whether the code may be without the Map, and asks as before then. */
  readonly optional: boolean;
}

/**
 *     const customer = await customers.findOneByOrFail({ id });
 *
 *     const customer = customerById.get(id);
 *     if (!customer) throw new EntityNotFoundError(Customer, { id });
 *
 * Empty where there is no place to throw.
 */
export function readOrThrow(source: SourceText, { call, key }: LoopQuestion, { map, entity, optional }: GivenRows): Change[] {
  const place = throwPlace(source, call);
  if (!place) return [];
  const { newline, semicolons, indent } = detectStyle(source);
  const at = place.kind === 'body' ? place.body : place.statement;
  const end = semicolons ? ';' : '';
  const name = place.kind === 'declared' ? place.name : freshName(source, lowerFirst(entity.name), [], at, ['found', 'row']);
  const target = isClassKnown(source, entity.name) ? entity.name : `${call.expression.expression.getText(source.tree)}.target`;
  const criteria = call.arguments.at(-1)?.getText(source.tree) ?? '{}';
  const thrown = `if (!${name}) throw new EntityNotFoundError(${target}, ${criteria})${end}`;
  const found = `${map}.get(${key.inLoop})`;
  const read = optional ? `${map} ? ${found} : await ${withoutThrow(source, call)}` : found;
  const replaced = (whole: ts.Node, newText: string): Change => ({ start: whole.getStart(source.tree), end: whole.end, newText });
  if (place.kind === 'before')
    return [...place.async, ...linesBefore(source, place.statement, [`const ${name} = ${read}${end}`, thrown]), replaced(place.whole, name)];
  if (place.kind === 'body') {
    const outer = newline + indentAt(source.text, at.parent.getStart(source.tree));
    // An object's parentheses are for arrow functions alone.
    const { typescript } = source;
    const isObject = typescript.isParenthesizedExpression(at) && typescript.isObjectLiteralExpression(at.expression);
    const kept = isObject ? at.expression : at;
    const returned = changedText(source, [replaced(place.whole, name)], kept.getStart(source.tree), kept.end);
    const lines = [`const ${name} = ${read}${end}`, thrown, `return ${returned}${end}`];
    return [...place.async, replaced(at, `{${lines.map((line) => outer + indent + line).join('')}${outer}}`)];
  }
  const after: Change = {
    start: at.end,
    end: at.end,
    newText: `${newline}${indentAt(source.text, at.getStart(source.tree))}${thrown}`,
  };
  return [replaced(call.parent, read), after];
}

/** `customers.findOneBy({ id })` of `customers.findOneByOrFail({ id })` */
function withoutThrow({ text, tree }: SourceText, call: MethodCall): string {
  const { name } = call.expression;
  return text.slice(call.getStart(tree), name.getStart(tree)) + name.text.replace(/OrFail$/, '') + text.slice(name.end, call.end);
}
