/** `users.findOneBy({ id: order.userId, active: true })` in a loop: which key it asks for, and how to ask for all of them. */
import type ts from 'typescript';
import { compositeQuestion } from './compositeQuestion';
import { heldOptions, type HeldOptions } from './heldOptions';
import { declined, type Declined } from './loadRelations';
import { columnOf, conditionKey, conditionsOf, isUnique, optionsObject, unmappable, valueOf } from './lookupKey';
import { dependsOnTurn } from './loopKey';
import type { Asked, LoopQuestion } from './loopQuestion';
import { findProperty, propertyName } from './objectLiteral';
import { indentAt } from './sourceStyle';
import { asCompared, keyInRows, rowKeyOf } from './rowKey';
import { givesRowsAndCount, whyNotPair } from './rowsAndCount';
import { throwPlace } from './throwPlace';
import { changedText, movedLines, unwrap, type Change, type SourceText } from './sourceText';

export function findQuestion(asked: Asked): LoopQuestion | Declined {
  const { source, loop, call, entity, request } = asked;
  const method = call.expression.name.text;
  if (method.endsWith('OrFail') && !throwPlace(source, call))
    return declined('the lookup throws where there is no row, which a Map would not; put the row into a constant of its own first.');
  const notPair = givesRowsAndCount(call) ? whyNotPair(source, loop, call) : null;
  if (notPair) return declined(notPair);
  const held = heldOptions(source, loop, call);
  const options = held?.object ?? optionsObject(source, call);
  const where = conditionsOf(source, call, options);
  if (!where) return declined('the lookup’s conditions are not written out in the call.');
  const unfit = options && ['take', 'skip', 'lock', 'cache'].find((name) => findProperty(source, options, name));
  if (unfit === 'take')
    return declined("the lookup has 'take', which would count for all keys together: the first rows of each key need a window function.");
  if (unfit) return declined(`the lookup has '${unfit}', which would count for all keys together.`);
  const varying = where.properties.filter((property) => dependsOnTurn(source, loop, property));
  const [condition] = varying;
  if (varying.length > 1) return compositeQuestion(asked, where, options, varying, held);
  if (!condition) return declined('the lookup’s conditions hold more than one value of the loop’s element.');
  const found = conditionKey(source, loop, condition, entity, request);
  if (found.kind === 'declined') return found;
  const one = method.startsWith('findOne');
  const column = columnOf(entity, found.property);
  if (!column) return declined(`the rows do not tell which key they were found by: ${entity.name}.${found.property} is no column.`);
  const fixed = where.properties.filter((each) => each !== condition && isOneValue(source, each)).flatMap((each) => propertyName(source, each) ?? []);
  if (one && options && findProperty(source, options, 'order') && !isUnique(entity, column, fixed))
    return declined(`the lookup takes the first row of each ${found.property}, in an order: for all keys that needs a window function.`);
  if (one && !isUnique(entity, column, fixed))
    return declined(`several rows may have the same ${found.property}, and which of them the lookup takes is not said.`);
  const inRows = keyInRows(asked, found, where, options);
  if (inRows.kind === 'declined') return inRows;
  const lost = unmappable(column, { key: found.key, request });
  if (lost) return declined(lost);
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property: found.property,
    rowKey: rowKeyOf(found),
    one,
    ...(givesRowsAndCount(call) ? { isCounted: true } : {}),
    fixed: [
      call.expression.expression,
      ...call.arguments.filter((argument) => argument !== held?.argument && (argument.pos > where.end || argument.end < where.pos)),
      ...(options ?? where).properties.filter((property) => property.pos > where.end || property.end < where.pos),
      ...where.properties.filter((property) => property.pos > found.condition.end || property.end < found.condition.pos),
    ],
    leftover: held ? [held.removal] : [],
    query: (keys) => queryText(asked, held, [keysIn(source, found.condition, keys), ...inRows.changes]),
  };
  return asCompared(question, column, request);
}

/** `active: true`, `hall`: not `Not(1)`, and no conditions of a relation. */
function isOneValue(source: SourceText, property: ts.ObjectLiteralElementLike): boolean {
  const { typescript } = source;
  const value = valueOf(source, property);
  const inner = value && unwrap(source, value);
  return !!inner && !typescript.isCallExpression(inner) && !typescript.isObjectLiteralExpression(inner);
}

/** The lookup's own text, asking for all keys at once. @param held its options, where a constant of the turn holds them */
export function queryText({ source, loop, call }: Asked, held: HeldOptions | null, changes: readonly Change[]): string {
  const { name } = call.expression;
  const start = call.getStart(source.tree);
  const from = name.getStart(source.tree);
  const isRenamed = changes.some((change) => change.start === from);
  const method: Change = { start: from, end: name.end, newText: name.text.replace(/^find(One|AndCount)/, 'find').replace(/OrFail$/, '') };
  const inCall = held ? withOptions(source, held, changes) : changes;
  const text = changedText(source, isRenamed ? inCall : [method, ...inCall], start, call.end);
  return movedLines(text, indentAt(source.text, start), indentAt(source.text, loop.statement.getStart(source.tree)));
}

/** The options in the place of their constant's name, with the changes that are made in them. */
function withOptions(source: SourceText, { argument, object }: HeldOptions, changes: readonly Change[]): Change[] {
  const start = object.getStart(source.tree);
  const isInside = (change: Change): boolean => change.start >= start && change.end <= object.end;
  const newText = changedText(source, changes.filter(isInside), start, object.end);
  return [...changes.filter((change) => !isInside(change)), { start: argument.getStart(source.tree), end: argument.end, newText }];
}

/** The text from `start` to `end`, in which the condition asks for all keys: `id: order.userId` → `id: In(…)`. */
export function withKeys(source: SourceText, condition: ts.ObjectLiteralElementLike, keys: string, start: number, end: number): string {
  return changedText(source, [keysIn(source, condition, keys)], start, end);
}

function keysIn(source: SourceText, condition: ts.ObjectLiteralElementLike, keys: string): Change {
  const value = source.typescript.isPropertyAssignment(condition) ? condition.initializer : null;
  return { start: value ? value.getStart(source.tree) : condition.end, end: condition.end, newText: `${value ? '' : ': '}In(${keys})` };
}
