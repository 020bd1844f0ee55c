/** `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getMany()` in a loop: its rows for all keys. */
import type ts from 'typescript';
import { builderKey, fixedOfBuilder } from './builderKey';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import type { Asked, LoopQuestion } from './loopQuestion';
import { isUnique } from './lookupKey';
import { asCompared, isHidden, rowKeyOf } from './rowKey';
import { indentAt } from './sourceStyle';
import { movedLines, type SourceText } from './sourceText';

const RUNS = new Set(['getMany', 'getOne']);

export function isBuilderCall(call: MethodCall): boolean {
  return RUNS.has(call.expression.name.text);
}

export function builderQuestion(asked: Asked): LoopQuestion | Declined {
  const { call, entity, request } = asked;
  const found = builderKey(asked, /^(orderBy|addOrderBy|getMany|getOne)$/);
  if (found.kind === 'declined') return found;
  const { property, column, where } = found;
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
    query: (keys) => queryText(asked, where, property, keys),
  };
  return asCompared(question, column, request);
}

function queryText({ source, loop, call }: Asked, where: MethodCall, property: string, keys: string): string {
  const start = call.getStart(source.tree);
  const [first] = where.arguments;
  const from = first?.getStart(source.tree) ?? where.end;
  const to = where.arguments.at(-1)?.end ?? where.end;
  const { name } = call.expression;
  const text = `${source.text.slice(start, from)}{ ${property}: In(${keys}) }${source.text.slice(to, name.getStart(source.tree))}getMany${source.text.slice(name.end, call.end)}`;
  return movedLines(text, indentOf(source, call), indentAt(source.text, loop.statement.getStart(source.tree)));
}

function indentOf(source: SourceText, node: ts.Node): string {
  return indentAt(source.text, node.getStart(source.tree));
}
