/**
 * A lookup by several values of the loop's element: all pairs are asked for by an array of conditions, and the Map's key is made of all of them:
 *
 *     for (const seat of seats) { const room = await rooms.findOneBy({ house: seat.house, door: seat.door }); … }
 *
 *     const found = await (seats.length > 0 ? rooms.findBy(seats.map((seat) => ({ house: seat.house, door: seat.door }))) : []);
 *     const roomByHouseAndDoor = new Map(found.map((room) => [`${room.house}:${room.door}`, room]));
 *
 * Without a pair there is nothing to ask for, while no condition at all would read the whole table.
 */
import type ts from 'typescript';
import type { Column } from '../model/relationGraph';
import { queryText } from './findQuestion';
import type { HeldOptions } from './heldOptions';
import { declined, type Declined } from './loadRelations';
import { columnOf, columnOfKey, conditionKey, isSpeltInLowerCase, isUnique, unmappable, type ConditionKey } from './lookupKey';
import type { Asked, LoopQuestion } from './loopQuestion';
import { listKind } from './listKind';
import { isNested } from './loops';
import { findProperty, propertyName } from './objectLiteral';
import { isHidden } from './rowKey';
import { givesRowsAndCount } from './rowsAndCount';
import { nearestDeclaration } from './receiverEntity';
import { changedText, isWithin, unwrap, type Change, type SourceText } from './sourceText';
import { titleCase } from './words';

/** SQLite nests the alternatives of a condition, and takes no more than a thousand levels. */
const MOST_ON_SQLITE = 400;

interface Part extends ConditionKey {
  readonly column: Column;
}

/** @param varying the conditions whose values differ from turn to turn */
export function compositeQuestion(
  asked: Asked,
  where: ts.ObjectLiteralExpression,
  options: ts.ObjectLiteralExpression | null,
  varying: readonly ts.ObjectLiteralElementLike[],
  held: HeldOptions | null,
): LoopQuestion | Declined {
  const { source, loop, call, entity, request } = asked;
  const isHere = isWithin(call, loop.node) && !source.typescript.isFunctionLike(loop.node);
  if (!isHere || isNested(source, loop)) return declined('the lookup’s conditions hold more than one value of the loop’s element.');
  if (listKind(source, loop.list) !== 'array' && listKind(source, loop.list) !== 'unknown')
    return declined('the lookup’s conditions hold more than one value of the loop’s element, which come from no array.');
  if (/sqlite|sqljs/.test(request.driver ?? '') && request.keys > MOST_ON_SQLITE)
    return declined(`the loop asked for ${request.keys} keys of several columns, more than one condition of SQLite takes; ask in chunks.`);
  const parts: Part[] = [];
  for (const condition of varying) {
    const part = partOf(asked, condition, options);
    if (part.kind === 'declined') return part;
    parts.push(part);
  }
  const one = call.expression.name.text.startsWith('findOne');
  const names = where.properties.flatMap((each) => propertyName(source, each) ?? []);
  const [first] = parts;
  const others = [...names, ...parts.map(({ property }) => property)];
  if (one && !(first && isUnique(entity, first.column, others)))
    return declined(
      `several rows may have the same ${parts.map(({ property }) => property).join(' and ')}, and which of them the lookup takes is not said.`,
    );
  const order = options && !/By(OrFail)?$/.test(call.expression.name.text) ? findProperty(source, options, 'order') : undefined;
  if (!one && !order) return declined('the rows of several columns’ keys come in an order of their own; say an order first.');
  const written = changedText(
    source,
    parts.map((part) => valueChange(asked, part)),
    where.getStart(source.tree),
    where.end,
  );
  return {
    kind: 'question',
    call,
    key: {
      inLoop: joined(parts, ({ key }) => key.inLoop),
      ofElement: `(${written})`,
      isElement: false,
      nullable: false,
      mayBeAsked: false,
      isCast: false,
    },
    property: parts.map(({ property }) => property).join('&'),
    rowKey: {
      name: parts.map(({ property }, i) => (i === 0 ? property : titleCase(property))).join('And'),
      path: '',
      isPromised: false,
      of: (row) => joined(parts, ({ property }) => `${row}.${property}`),
      typeIn: () => 'string',
    },
    one,
    ...(givesRowsAndCount(call) ? { isCounted: true } : {}),
    fixed: [
      call.expression.expression,
      ...call.arguments.filter((argument) => argument !== held?.argument && (argument.pos > where.end || argument.end < where.pos)),
      ...(options ?? where).properties.filter((property) => property.pos > where.end || property.end < where.pos),
      ...where.properties.filter((property) => !varying.includes(property)),
    ],
    leftover: held ? [held.removal] : [],
    query: (keys) => {
      const start = where.getStart(source.tree);
      const asking = queryText(asked, held, [{ start, end: where.end, newText: keys }]);
      return `(${keys.slice(0, keys.indexOf('.map('))}.length > 0 ? ${asking} : [])`;
    },
  };
}

/** A condition as a part of the key; declined where it may be missing, or compares otherwise in a Map. */
function partOf(asked: Asked, condition: ts.ObjectLiteralElementLike, options: ts.ObjectLiteralExpression | null): Part | Declined {
  const { source, loop, entity, request } = asked;
  const part = conditionKey(source, loop, condition, entity, request);
  if (part.kind === 'declined') return declined('the lookup’s conditions hold more than one value of the loop’s element.');
  const column = columnOf(entity, part.property);
  if (!column || part.through) return declined(`the rows do not tell which key they were found by: ${entity.name}.${part.property} is no column.`);
  if (part.key.nullable) return declined(`a part of the key (${part.key.inLoop}) may be missing; skip those first.`);
  if (isHidden(column, request) || (options && findProperty(source, options, 'select')))
    return declined(`the rows may leave out ${part.property}, by which they are told apart.`);
  if (
    !/^(number|string|uuid|\w*int\w*|\w*serial|varchar|nvarchar|text|character varying)$/i.test(column.type ?? '') ||
    isSpeltInLowerCase(column, { key: part.key, request })
  )
    return declined(`${part.property} (${column.type ?? 'of unknown type'}) may be spelt otherwise in the rows than in the loop.`);
  // Of which types the parts were is not measured: a text in the place of a number is found by the database, and not by a Map.
  if (/int|serial|number/i.test(column.type ?? '') && !columnOfKey(part.key, request).from && !isWrittenOut(source, loop.list))
    return declined(`of which type ${part.key.inLoop} is while the loop runs is not known, and ${part.property} is a number in the rows.`);
  const lost = unmappable(column, { key: part.key, request });
  return lost ? declined(lost) : { ...part, column };
}

/** Whether the list is an array whose elements stand in the file. */
function isWrittenOut(source: SourceText, list: ts.Expression): boolean {
  const { typescript } = source;
  const value = unwrap(source, list);
  if (typescript.isArrayLiteralExpression(value)) return true;
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  return !!declaration?.initializer && typescript.isArrayLiteralExpression(unwrap(source, declaration.initializer));
}

/** `` `${seat.house}:${seat.door}` ``, in which no two keys read alike; texts, which may hold anything, as JSON. */
function joined(parts: readonly Part[], read: (part: Part) => string): string {
  const isText = ({ column }: Part): boolean => /char|text|string/i.test(column.type ?? '');
  if (parts.slice(0, -1).some(isText)) return `JSON.stringify([${parts.map(read).join(', ')}])`;
  return `\`${parts.map((part) => `\${${read(part)}}`).join(':')}\``;
}

/** The condition's value as it is read off an element; `{ code }` stays where the element has it by that name. */
function valueChange({ source }: Asked, { condition, key }: Part): Change {
  const value = source.typescript.isPropertyAssignment(condition) ? condition.initializer : null;
  const start = value?.getStart(source.tree) ?? condition.getStart(source.tree);
  const name = condition.name?.getText(source.tree) ?? '';
  return { start, end: condition.end, newText: value || key.ofElement === name ? key.ofElement : `${name}: ${key.ofElement}` };
}
