/**
 * A relation that nobody reads is not loaded any more:
 *
 *     find({ relations: { books: true, country: true } })   →   find({ relations: { country: true } })
 *     .leftJoinAndSelect('a.books', 'book')                 →   gone, or `.leftJoin(…)` where the query still speaks of `book`
 */
import type ts from 'typescript';
import { removeFromList } from './decoratorEdits';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult } from './loadRelations';
import { findProperty } from './objectLiteral';
import { optionsOf } from './optionsPlace';
import { readBuilder, literalText, type Builder, type Join } from './queryBuilder';
import { unwrap, type Change, type SourceText } from './sourceText';

const BUILDER_METHODS = /^get(Many|One|OneOrFail|ManyAndCount)$/;

/**
 * @param path property path from the call's entity
 * @param isEager whether the mapping loads it with every find
 */
export function removeRelation(source: SourceText, call: MethodCall, entity: string, path: string, isEager: boolean): ChangeResult {
  if (BUILDER_METHODS.test(call.expression.name.text)) return removeJoin(source, call, entity, path);
  const index = call.arguments.length > 1 || isEntity(source, call.arguments[0]) ? 1 : 0;
  const place = optionsOf(source, call, index);
  if (place.kind === 'declined') return place;
  const byMapping = declined(`${path} is eager in the entity: take \`eager: true\` away there, or find with \`loadEagerRelations: false\`.`);
  if (place.kind === 'none') return isEager ? byMapping : { kind: 'changes', changes: [] };
  const relations = findProperty(source, place.object, 'relations');
  if (!relations) return isEager ? byMapping : { kind: 'changes', changes: [] };
  if (!source.typescript.isPropertyAssignment(relations)) return declined('the relations come from a variable; take it away where it is built.');
  const value = unwrap(source, relations.initializer);
  if (source.typescript.isArrayLiteralExpression(value)) return fromArray(source, place.object, relations, value, path);
  if (source.typescript.isObjectLiteralExpression(value)) return fromObject(source, [place.object, value], [relations], path.split('.'));
  return declined('the relations are computed; take it away where they are built.');
}

function isEntity(source: SourceText, argument: ts.Expression | undefined): boolean {
  return argument !== undefined && source.typescript.isIdentifier(argument) && source.entityNames.has(argument.text);
}

/** Goes down the path; what becomes empty on the way goes too, up to the options' own property. */
function fromObject(
  source: SourceText,
  objects: readonly ts.ObjectLiteralExpression[],
  properties: readonly ts.ObjectLiteralElementLike[],
  path: readonly string[],
): ChangeResult {
  const { typescript } = source;
  const [name, ...rest] = path;
  const object = objects.at(-1);
  const property = object && name !== undefined ? findProperty(source, object, name) : undefined;
  if (!object || !property) return { kind: 'changes', changes: [] };
  if (!typescript.isPropertyAssignment(property)) return declined(`relations.${name ?? ''} is computed.`);
  const value = unwrap(source, property.initializer);
  if (rest.length > 0) {
    if (typescript.isObjectLiteralExpression(value)) return fromObject(source, [...objects, value], [...properties, property], rest);
    return { kind: 'changes', changes: [] };
  }
  // `{ author: { country: true } }` without country is `{ author: true }`.
  const holder = properties.at(-1);
  if (object.properties.length === 1 && properties.length > 1 && holder && typescript.isPropertyAssignment(holder))
    return { kind: 'changes', changes: [{ start: object.getStart(source.tree), end: object.end, newText: 'true' }] };
  if (object.properties.length === 1 && holder) return { kind: 'changes', changes: [withoutOption(source, objects[0], holder)] };
  return { kind: 'changes', changes: [removeFromList(source, object.properties, property)] };
}

function fromArray(
  source: SourceText,
  options: ts.ObjectLiteralExpression,
  relations: ts.PropertyAssignment,
  array: ts.ArrayLiteralExpression,
  path: string,
): ChangeResult {
  const goes = array.elements.filter((each) => {
    const name = literalText(source, each);
    return name === path || name?.startsWith(`${path}.`);
  });
  if (goes.length === 0) return { kind: 'changes', changes: [] };
  if (goes.length === array.elements.length) return { kind: 'changes', changes: [withoutOption(source, options, relations)] };
  const rest = array.elements.filter((each) => !goes.includes(each)).map((each) => each.getText(source.tree));
  return { kind: 'changes', changes: [{ start: array.getStart(source.tree), end: array.end, newText: `[${rest.join(', ')}]` }] };
}

/** Options of which nothing is left are no argument any more. */
function withoutOption(source: SourceText, options: ts.ObjectLiteralExpression | undefined, property: ts.ObjectLiteralElementLike): Change {
  const { typescript } = source;
  const call = options?.parent;
  if (options && options.properties.length === 1 && call && typescript.isCallExpression(call)) return removeFromList(source, call.arguments, options);
  return removeFromList(source, options?.properties ?? ([property] as unknown as ts.NodeArray<ts.Node>), property);
}

function removeJoin(source: SourceText, call: MethodCall, entity: string, path: string): ChangeResult {
  const builder = readBuilder(source, call, entity);
  if (builder.kind === 'declined') return builder;
  const join = joinAlong(builder, path.split('.'));
  if (!join) return { kind: 'changes', changes: [] };
  const { name } = join.call.expression;
  if (!/AndSelect$/.test(name.text)) return { kind: 'changes', changes: [] };
  const isInner = name.text.startsWith('inner');
  if (isInner || isSpokenOf(source, builder, join))
    return { kind: 'changes', changes: [{ start: name.end - 'AndSelect'.length, end: name.end, newText: '' }] };
  const start = join.call.expression.expression.end;
  return { kind: 'changes', changes: [{ start, end: join.call.end, newText: '' }] };
}

function joinAlong({ alias, joins }: Builder, path: readonly string[]): Join | undefined {
  let at = alias;
  let found: Join | undefined;
  for (const step of path) {
    found = joins.find((join) => join.path === `${at}.${step}`);
    if (!found) return undefined;
    at = found.alias;
  }
  return found;
}

/** Whether a condition, an order or a further join needs the alias. */
function isSpokenOf(source: SourceText, { calls }: Builder, join: Join): boolean {
  return (
    join.call.arguments.length > 2 ||
    calls.some(
      (call) => call !== join.call && call.arguments.some((argument) => new RegExp(`\\b${join.alias}\\b`).test(argument.getText(source.tree))),
    )
  );
}
