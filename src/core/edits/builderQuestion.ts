/**
 * `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getMany()` in a loop: read only where its conditions are all joined by
 * AND, and the key's one is `alias.property = :parameter` and nothing else.
 */
import type ts from 'typescript';
import type { Entity } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { dependsOnTurn, readKey, type LoopKey } from './loopKey';
import type { Asked, LoopQuestion } from './loopQuestion';
import { columnOf, isUnique, unmappable, valueOf } from './lookupKey';
import { propertyName } from './objectLiteral';
import { literalText, readBuilder } from './queryBuilder';
import { asCompared, isHidden, rowKeyOf } from './rowKey';
import { indentAt } from './sourceStyle';
import { isWithin, movedLines, type SourceText } from './sourceText';

const RUNS = new Set(['getMany', 'getOne']);
/** Calls whose meaning does not depend on how many keys are asked for. */
const NEUTRAL = /^(createQueryBuilder|from|(left|inner)Join(AndSelect)?|where|andWhere|orderBy|addOrderBy|withDeleted|comment|getMany|getOne)$/;

export function isBuilderCall(call: MethodCall): boolean {
  return RUNS.has(call.expression.name.text);
}

export function builderQuestion(asked: Asked): LoopQuestion | Declined {
  const { source, loop, call, entity, request } = asked;
  const builder = readBuilder(source, call, entity.name);
  if (builder.kind === 'declined') return declined('the query builder is made elsewhere; ask for all keys there.');
  if (builder.calls.some((each) => !isWithin(each, call))) return declined('the query builder is put together over several statements.');
  const unfit = builder.calls.find(({ expression }) => !NEUTRAL.test(expression.name.text));
  if (unfit) return declined(`the query builder’s ${unfit.expression.name.text}() would count for all keys together.`);
  const varying = builder.calls.filter((each) => each.arguments.some((argument) => dependsOnTurn(source, loop, argument)));
  const [where] = varying;
  if (!where || varying.length > 1 || !/^(where|andWhere)$/.test(where.expression.name.text))
    return declined('the query builder’s conditions hold more than one value of the loop’s element.');
  const alternatives = builder.calls.find(
    (each) => each !== where && /^(where|andWhere)$/.test(each.expression.name.text) && hasAlternatives(source, each),
  );
  if (alternatives) return declined('the query builder’s conditions hold an OR, which TypeORM joins to the others without parentheses.');
  const condition = readCondition(asked, where, builder.alias);
  if (!condition) return declined('the query builder’s conditions are SQL text: write the key’s condition with IN (:...keys) and ask once.');
  const property = keyProperty(entity, condition.property);
  const column = property === null ? undefined : columnOf(entity, property);
  if (property === null || !column) return declined(`${entity.name}.${condition.property} is no column by which the rows could be told apart.`);
  const one = call.expression.name.text === 'getOne';
  if (one && !isUnique(entity, column))
    return declined(`several rows may have the same ${property}, and which of them the lookup takes is not said.`);
  if (column.relation !== null)
    return declined(
      `${entity.name} has no property for the foreign key of ${column.relation}, by which the rows could be told apart: use find() with the relation as its condition.`,
    );
  if (isHidden(column, request))
    return declined(`the rows leave out ${property} unless it is selected (select: false), by which they are told apart.`);
  const lost = unmappable(column, { key: condition.key, request });
  if (lost) return declined(lost);
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: condition.key,
    property,
    rowKey: rowKeyOf({ property, through: null }),
    one,
    fixed: builder.calls.filter((each) => each !== where).flatMap((each) => [...each.arguments]),
    query: (keys) => queryText(asked, where, property, keys),
  };
  return asCompared(question, column, request);
}

/** `andWhere('r.rating = 3 OR r.published')`, which is no condition beside the others; of a text that is made elsewhere nobody can tell. */
function hasAlternatives(source: SourceText, { arguments: [condition] }: MethodCall): boolean {
  const { typescript } = source;
  if (!condition || typescript.isObjectLiteralExpression(condition) || typescript.isNewExpression(condition)) return false;
  const text = literalText(source, condition);
  return text === null || /\bor\b/i.test(withoutParentheses(text));
}

/** `a AND ` of `a AND (b OR c)` */
function withoutParentheses(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutParentheses(shorter);
}

/** `'r.bookId = :id', { id: book.id }`, or `{ bookId: book.id }`. */
function readCondition(
  { source, loop, request }: Asked,
  where: MethodCall,
  alias: string,
): { readonly property: string; readonly key: LoopKey } | null {
  const { typescript } = source;
  const [first, second, ...more] = where.arguments;
  const values = second ?? first;
  const [only, ...others] = values && typescript.isObjectLiteralExpression(values) ? values.properties : [];
  const name = only && propertyName(source, only);
  const value = only && valueOf(source, only);
  if (!first || !name || !value || others.length > 0 || more.length > 0) return null;
  const property = second ? propertyOf(literalText(source, first), alias, name) : name;
  const key = readKey(source, loop, value, request.graph, request.elementEntity);
  return property && key ? { property, key } : null;
}

/** `bookId` of `r.bookId = :id` */
function propertyOf(text: string | null, alias: string, parameter: string): string | null {
  const [, owner, property, named] = /^\s*\(?\s*(\w+)\.(\w+)\s*=\s*:(\w+)\s*\)?\s*$/.exec(text ?? '') ?? [];
  return owner === alias && named === parameter ? (property ?? null) : null;
}

/** A relation stands for its foreign key, where a property of its own has it. */
function keyProperty(entity: Entity, name: string): string | null {
  const relation = entity.relations.find(({ property }) => property === name);
  if (!relation) return entity.columns.find(({ property, column }) => property === name || column === name)?.property ?? null;
  const [join, ...more] = relation.joinColumns;
  return more.length > 0 ? null : (entity.columns.find((each) => each.column === join?.column && each.relation === null)?.property ?? null);
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
