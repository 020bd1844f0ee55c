/** `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getMany()` in a loop: its rows for all keys. */
import { builderKey, fixedOfBuilder, type BuilderKey } from './builderKey';
import { conditionChange } from './builderText';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import type { Asked, LoopQuestion } from './loopQuestion';
import { isUnique } from './lookupKey';
import { asCompared, isHidden, rowKeyOf } from './rowKey';
import { detectStyle, indentAt } from './sourceStyle';
import { changedText, movedLines } from './sourceText';

const RUNS = new Set(['getMany', 'getOne']);

export function isBuilderCall(call: MethodCall): boolean {
  return RUNS.has(call.expression.name.text);
}

export function builderQuestion(asked: Asked): LoopQuestion | Declined {
  const { call, entity, request } = asked;
  const found = builderKey(asked, /^(orderBy|addOrderBy|getMany|getOne)$/);
  if (found.kind === 'declined') return found;
  const { property, column } = found;
  const one = call.expression.name.text === 'getOne';
  if (one && !isUnique(entity, column))
    return declined(`several rows may have the same ${property}, and which of them the lookup takes is not said.`);
  if (isHidden(column, request))
    return declined(`the rows leave out ${property} unless it is selected (select: false), by which they are told apart.`);
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property,
    rowKey: rowKeyOf({ property, through: null }),
    one,
    fixed: fixedOfBuilder(found),
    query: (keys) => queryText(asked, found, keys),
  };
  return asCompared(question, column, request);
}

function queryText({ source, loop, call }: Asked, found: BuilderKey, keys: string): string {
  const { text, tree } = source;
  const { indent, newline } = detectStyle(source);
  const start = call.getStart(tree);
  const { name } = call.expression;
  const from = indentAt(text, start);
  const isBroken = /^\s*\n/.test(text.slice(call.expression.expression.end, name.getStart(tree)));
  const separator = isBroken ? newline + (indentAt(text, name.getStart(tree)) || from + indent) : '';
  const changes = [
    conditionChange(source, found, { path: found.property, keys }, separator),
    { start: name.getStart(tree), end: name.end, newText: 'getMany' },
  ];
  return movedLines(changedText(source, changes, start, call.end), from, indentAt(text, loop.statement.getStart(tree)));
}
