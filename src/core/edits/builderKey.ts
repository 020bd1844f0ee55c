/**
 * The key by which a query builder's questions differ from turn to turn: `book.id` in `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id })`.
 * Read only where the conditions are all joined by AND, and the key's one is `alias.property = :parameter`.
 */
import type ts from 'typescript';
import type { Column, Entity } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { readCondition, withoutParentheses } from './builderCondition';
import { dependsOnTurn, type LoopKey } from './loopKey';
import type { Asked } from './loopQuestion';
import { columnOf, unmappable } from './lookupKey';
import { literalText, readBuilder, type Builder } from './queryBuilder';
import { isWithin, type SourceText } from './sourceText';

/** Calls whose meaning does not depend on how many keys are asked for. */
const NEUTRAL = /^(createQueryBuilder|from|(left|inner)Join(AndSelect)?|where|andWhere|withDeleted|comment)$/;

export interface BuilderKey {
  readonly kind: 'key';
  readonly builder: Builder;
  /** The call that says the key's condition. */
  readonly where: MethodCall;
  readonly key: LoopKey;
  readonly property: string;
  readonly column: Column;
  /** Arguments of an `andWhere()` for what the same call says besides; null where it says nothing else. */
  readonly rest: string | null;
  /** Values that it gives to parameters of that. */
  readonly others: readonly ts.ObjectLiteralElementLike[];
}

/** @param allowed what may stand in the chain besides conditions and joins */
export function builderKey({ source, loop, call, entity, request }: Asked, allowed: RegExp): BuilderKey | Declined {
  const builder = readBuilder(source, call, entity.name);
  if (builder.kind === 'declined') return declined('the query builder is made elsewhere; ask for all keys there.');
  if (builder.calls.some((each) => !isWithin(each, call))) return declined('the query builder is put together over several statements.');
  const unfit = builder.calls.find(({ expression: { name } }) => !NEUTRAL.test(name.text) && !allowed.test(name.text));
  if (unfit) return declined(`the query builder’s ${unfit.expression.name.text}() would count for all keys together.`);
  const varying = builder.calls.filter((each) => each.arguments.some((argument) => dependsOnTurn(source, loop, argument)));
  const [where] = varying;
  if (!where || varying.length > 1 || !isCondition(where))
    return declined('the query builder’s conditions hold more than one value of the loop’s element.');
  if (isReplaced(builder, where))
    return declined('a where() behind the key’s condition replaces it, so the lookup does not ask by the key: write andWhere().');
  const alternatives = builder.calls.find((each) => each !== where && isCondition(each) && hasAlternatives(source, each));
  if (alternatives) return declined('the query builder’s conditions hold an OR, which TypeORM joins to the others without parentheses.');
  const condition = readCondition({ source, loop, request }, where, builder.alias);
  if (!condition) return declined('the query builder’s conditions are SQL text: write the key’s condition with IN (:...keys) and ask once.');
  const { parameter } = condition;
  if (
    parameter !== null &&
    builder.calls.some(
      (each) =>
        each !== where && new RegExp(`:(\\.\\.\\.)?${parameter}\\b`).test(each.arguments.map((argument) => argument.getText(source.tree)).join()),
    )
  )
    return declined(`the query builder names :${parameter} in more places than the key’s condition.`);
  const property = keyProperty(entity, condition.property);
  const column = property === null ? undefined : columnOf(entity, property);
  if (property === null || !column) return declined(`${entity.name}.${condition.property} is no column by which the rows could be told apart.`);
  if (column.relation !== null)
    return declined(
      `${entity.name} has no property for the foreign key of ${column.relation}, by which the rows could be told apart: use find() with the relation as its condition.`,
    );
  const lost = unmappable(column, { key: condition.key, request });
  return lost
    ? declined(lost)
    : { kind: 'key', builder, where, key: condition.key, property, column, rest: condition.rest, others: condition.others };
}

/** What of the builder has to be the same in every turn. */
export function fixedOfBuilder({ builder, where, others }: BuilderKey): ts.Node[] {
  return [...builder.calls.filter((each) => each !== where).flatMap((each) => [...each.arguments]), ...others];
}

function isCondition({ expression: { name } }: MethodCall): boolean {
  return /^(where|andWhere)$/.test(name.text);
}

/** TypeORM's `where()` drops the conditions before it (SelectQueryBuilder.where). A chain's calls are read from its end. */
function isReplaced({ calls }: Builder, where: MethodCall): boolean {
  return calls.slice(0, calls.indexOf(where)).some(({ expression }) => expression.name.text === 'where');
}

/** `andWhere('r.rating = 3 OR r.published')`, which is no condition beside the others; of a text that is made elsewhere nobody can tell. */
function hasAlternatives(source: SourceText, { arguments: [condition] }: MethodCall): boolean {
  const { typescript } = source;
  if (!condition || typescript.isObjectLiteralExpression(condition) || typescript.isNewExpression(condition)) return false;
  const text = literalText(source, condition);
  return text === null || /\bx?or\b|\|\|/i.test(withoutParentheses(text));
}

/** A relation stands for its foreign key, where a property of its own has it. */
function keyProperty(entity: Entity, name: string): string | null {
  const relation = entity.relations.find(({ property }) => property === name);
  if (!relation) return entity.columns.find(({ property, column }) => property === name || column === name)?.property ?? null;
  const [join, ...more] = relation.joinColumns;
  return more.length > 0 ? null : (entity.columns.find((each) => each.column === join?.column && each.relation === null)?.property ?? null);
}
