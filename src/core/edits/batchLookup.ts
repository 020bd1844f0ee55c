/**
 * A lookup in a loop → one query for all keys before the loop, and a Map in its place:
 *
 *     for (const visit of visits) { const customer = await customers.findOneBy({ id: visit.customerId }); … }
 *
 *     const found = await customers.findBy({ id: In(visits.map((visit) => visit.customerId)) });
 *     const customerById = new Map(found.map((customer) => [customer.id, customer]));
 *     for (const visit of visits) { const customer = customerById.get(visit.customerId) ?? null; … }
 *
 * A lookup of several rows gets a Map of lists. Declined where asking before the loop could give another answer than asking in it.
 */
import type ts from 'typescript';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { ensureImports } from './decoratorEdits';
import { entityTypeImport, isClassKnown } from './entityType';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { columnOf, conditionKey, conditionsOf, isUnique, optionsObject, unmappable } from './lookupKey';
import { isPlainValueWelcome } from './loopLookup';
import { placeBefore } from './loopPlace';
import { dependsOnTurn, keysOf, type LoopKey } from './loopKey';
import { canAwaitBefore, isNested, loopAround, type Loop } from './loops';
import { obstacleInBody } from './loopObstacles';
import { findProperty } from './objectLiteral';
import { detectStyle, indentAt } from './sourceStyle';
import { movedLines, type Change, type SourceText } from './sourceText';
import { lowerFirst, freshName, plural, upperFirst } from './words';

export interface BatchRequest {
  readonly graph: RelationGraph;
  /** The entity that the lookup asks for. */
  readonly entity: string;
  /** The entity of the loop's elements, where it is known. */
  readonly elementEntity: string | null;
  /** How many keys the measured loop asked for. */
  readonly keys: number;
  /** Driver that the loop was seen on; null where it is not known. */
  readonly driver: string | null;
}

/** SQL Server takes 2,100 parameters a statement, the other databases more. */
const MAX_KEYS = 2000;

interface Lookup {
  readonly call: MethodCall;
  readonly where: ts.ObjectLiteralExpression;
  /** The condition on the key: `id: order.userId`, or the inner one of `post: { id: post.id }`. */
  readonly condition: ts.ObjectLiteralElementLike;
  readonly key: LoopKey;
  /** Property of the looked-up entity that has the key's value. */
  readonly property: string;
  readonly one: boolean;
}

export function batchLookup(source: SourceText, call: MethodCall, request: BatchRequest): ChangeResult {
  const around = loopAround(source, call);
  if (around.kind === 'other') return declined(around.reason);
  if (around.kind === 'none')
    return declined('the lookup stands in a function of its own, and the loop is elsewhere; ask for all keys where the loop is.');
  const { loop } = around;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (!entity) return declined(`${request.entity} is not among the entities found in the sources.`);
  if (request.keys > MAX_KEYS) return declined(`the loop asked for ${request.keys} keys, more than one In() takes on every database; ask in chunks.`);
  const lookup = readLookup(source, loop, call, entity, request);
  if (lookup.kind === 'declined') return lookup;
  const obstacle = obstacleTo(source, loop, lookup.lookup, request);
  if (obstacle) return declined(obstacle);
  return rewrite(source, loop, lookup.lookup, entity, request.elementEntity);
}

function readLookup(
  source: SourceText,
  loop: Loop,
  call: MethodCall,
  entity: Entity,
  { graph, elementEntity, driver }: BatchRequest,
): { readonly kind: 'lookup'; readonly lookup: Lookup } | Declined {
  const method = call.expression.name.text;
  if (method.endsWith('OrFail') && !declaredByLookup(source, call))
    return declined('the lookup throws where there is no row, which a Map would not; put the row into a constant of its own first.');
  const where = conditionsOf(source, call);
  if (!where) return declined('the lookup’s conditions are not written out in the call.');
  const options = optionsObject(source, call);
  const unfit = options && ['take', 'skip', 'lock', 'cache'].find((name) => findProperty(source, options, name));
  if (unfit) return declined(`the lookup has '${unfit}', which would count for all keys together.`);
  const varying = where.properties.filter((property) => dependsOnTurn(source, loop, property));
  const [condition] = varying;
  if (!condition || varying.length > 1) return declined('the lookup’s conditions hold more than one value of the loop’s element.');
  const found = conditionKey(source, loop, condition, entity, graph, elementEntity);
  if (found.kind === 'declined') return found;
  const one = method.startsWith('findOne');
  const column = columnOf(entity, found.property);
  if (!column) return declined(`the rows do not tell which key they were found by: ${entity.name}.${found.property} is no column.`);
  if (one && !isUnique(entity, column))
    return declined(`several rows may have the same ${found.property}, and which of them the lookup takes is not said.`);
  if (options && selectLacks(source, options, found.property))
    return declined(`the lookup’s select leaves out ${found.property}, by which the rows are told apart.`);
  const lost = unmappable(column, driver, elementEntity !== null);
  if (lost) return declined(lost);
  return { kind: 'lookup', lookup: { call, where, condition: found.condition, key: found.key, property: found.property, one } };
}

function obstacleTo(source: SourceText, loop: Loop, lookup: Lookup, request: BatchRequest): string | null {
  const { call, where, condition } = lookup;
  const rest = [call.expression.expression, ...call.arguments.filter((argument) => argument.pos > where.end || argument.end < where.pos)];
  const others = where.properties.filter((property) => property.pos > condition.end || property.end < condition.pos);
  if (rest.some((node) => dependsOnTurn(source, loop, node)) || others.some((node) => dependsOnTurn(source, loop, node)))
    return 'the lookup needs more of the loop’s turn than its key.';
  if (isNested(source, loop)) return 'the loop runs inside of another one, so the query would still run once for each turn of that one.';
  if (!canAwaitBefore(source, loop)) return 'the function around the loop is not async.';
  const isOwnKey = isPrimaryKey(request, lookup.key);
  return obstacleInBody(source, loop, call, isOwnKey);
}

/** Whether each turn has a key of its own, so that no two of them share what was found. */
function isPrimaryKey({ graph, elementEntity }: BatchRequest, { ofElement }: LoopKey): boolean {
  const keys = graph.entities.find(({ name }) => name === elementEntity)?.columns.filter(({ primary }) => primary) ?? [];
  return keys.length === 1 && ofElement.split('.').at(-1) === keys[0]?.property;
}

function rewrite(source: SourceText, loop: Loop, lookup: Lookup, entity: Entity, elementEntity: string | null): ChangeResult {
  const { call, key, one, property } = lookup;
  const style = detectStyle(source);
  const place = placeBefore(source, loop, elementEntity);
  const rows = freshName(source, plural(lowerFirst(entity.name)), [place.list]);
  const map = freshName(source, `${one ? lowerFirst(entity.name) : plural(lowerFirst(entity.name))}By${upperFirst(property)}`, [place.list]);
  const query = queryText(source, loop, lookup, keysOf(source, loop, place.list, key));
  const name = lowerFirst(entity.name);
  // A name of the loop's turn may be used again outside of it, but not one that the query itself speaks of.
  const item = new RegExp(`\\b${name}\\b`).test(query) ? freshName(source, name) : name;
  const end = style.semicolons ? ';' : '';
  const lines = one
    ? [`const ${rows} = await ${query}${end}`, `const ${map} = new Map(${rows}.map((${item}) => [${item}.${property}, ${item}]))${end}`]
    : groupLines({ map, item, query, property, type: entity.name, indent: style.indent, end });
  const type = one ? [] : entityTypeImport(source, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in this file, and the lists of rows need it.`);
  const reads = call.expression.name.text.endsWith('OrFail') ? readOrThrow(source, lookup, map, entity) : readFromMap(source, lookup, map);
  const names = reads.length > 1 ? ['In', 'EntityNotFoundError'] : ['In'];
  return { kind: 'changes', changes: [...ensureImports(source, names, 'typeorm'), ...type, ...place.insert(lines), ...reads] };
}

function groupLines(of: { map: string; item: string; query: string; property: string; type: string; indent: string; end: string }): string[] {
  const { map, item, query, property, type, indent, end } = of;
  const group = item === 'group' ? 'rows' : 'group';
  return [
    `const ${map} = new Map<${type}['${property}'], ${type}[]>()${end}`,
    `for (const ${item} of await ${query}) {`,
    `${indent}const ${group} = ${map}.get(${item}.${property})${end}`,
    `${indent}if (${group}) ${group}.push(${item})${end}`,
    `${indent}else ${map}.set(${item}.${property}, [${item}])${end}`,
    `}`,
  ];
}

/** The lookup's own text, asking for all keys at once. */
function queryText(source: SourceText, loop: Loop, { call, condition }: Lookup, keys: string): string {
  const { typescript } = source;
  const name = call.expression.name;
  const method = name.text.replace(/^findOne/, 'find');
  const value = typescript.isPropertyAssignment(condition) ? condition.initializer : null;
  const start = call.getStart(source.tree);
  const before = source.text.slice(start, name.getStart(source.tree));
  const upTo = value ? value.getStart(source.tree) : condition.end;
  const head = source.text.slice(name.end, upTo);
  const tail = source.text.slice(value ? value.end : condition.end, call.end);
  const text = `${before}${method}${head}${value ? '' : ': '}In(${keys})${tail}`;
  return movedLines(text, indentAt(source.text, start), indentAt(source.text, loop.statement.getStart(source.tree)));
}

/** `customerById.get(visit.customerId) ?? null`, in parentheses where something goes on with it, in a promise where one is awaited later. */
function readFromMap(source: SourceText, { call, key, one }: Lookup, map: string): Change[] {
  const { typescript } = source;
  const awaited = typescript.isAwaitExpression(call.parent) ? call.parent : null;
  const whole: ts.Expression = awaited ?? call;
  const read = `${map}.get(${key.inLoop})`;
  const value = `${read} ?? ${one ? 'null' : '[]'}`;
  const replace = (node: ts.Node, newText: string): Change[] => [{ start: node.getStart(source.tree), end: node.end, newText }];
  if (!awaited && !isPlainValueWelcome(source, call)) return replace(call, `Promise.resolve(${value})`);
  const outer = typescript.isParenthesizedExpression(whole.parent) ? whole.parent : null;
  const user = (outer ?? whole).parent;
  // `(await …)?.name` gives undefined for null as well as for undefined.
  if (one && outer && ((typescript.isPropertyAccessExpression(user) && user.questionDotToken) || typescript.isNonNullExpression(user)))
    return replace(outer, read);
  return replace(whole, outer !== null || standsAlone(source, whole) ? value : `(${value})`);
}

/** `const customer = await customers.findOneByOrFail(…);`: the constant, after which the check for a missing row can stand. */
function declaredByLookup({ typescript }: SourceText, call: MethodCall): ts.VariableStatement | null {
  const declaration = typescript.isAwaitExpression(call.parent) ? call.parent.parent : undefined;
  if (!declaration || !typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name) || declaration.type) return null;
  const list = declaration.parent;
  const statement = list.parent;
  const isAlone = typescript.isVariableDeclarationList(list) && list.declarations.length === 1 && (list.flags & typescript.NodeFlags.Const) !== 0;
  return isAlone && typescript.isVariableStatement(statement) && typescript.isBlock(statement.parent) ? statement : null;
}

/** A missing row throws in its turn, and the same error, as the lookup did. */
function readOrThrow(source: SourceText, { call, key }: Lookup, map: string, entity: Entity): Change[] {
  const statement = declaredByLookup(source, call);
  const declaration = statement?.declarationList.declarations[0];
  if (!statement || !declaration) return [];
  const { newline, semicolons } = detectStyle(source);
  const target = isClassKnown(source, entity.name) ? entity.name : `${call.expression.expression.getText(source.tree)}.target`;
  const criteria = call.arguments.at(-1)?.getText(source.tree) ?? '{}';
  const thrown = `if (!${declaration.name.getText(source.tree)}) throw new EntityNotFoundError(${target}, ${criteria})${semicolons ? ';' : ''}`;
  return [
    { start: call.parent.getStart(source.tree), end: call.parent.end, newText: `${map}.get(${key.inLoop})` },
    { start: statement.end, end: statement.end, newText: `${newline}${indentAt(source.text, statement.getStart(source.tree))}${thrown}` },
  ];
}

/** Whether an operator may be added to the expression without parentheses. */
function standsAlone({ typescript }: SourceText, expression: ts.Expression): boolean {
  const { parent } = expression;
  return (
    typescript.isVariableDeclaration(parent) ||
    typescript.isReturnStatement(parent) ||
    typescript.isPropertyAssignment(parent) ||
    typescript.isArrowFunction(parent) ||
    typescript.isArrayLiteralExpression(parent) ||
    (typescript.isCallExpression(parent) && parent.arguments.includes(expression)) ||
    (typescript.isBinaryExpression(parent) && parent.operatorToken.kind === typescript.SyntaxKind.EqualsToken && parent.right === expression)
  );
}

function selectLacks(source: SourceText, options: ts.ObjectLiteralExpression, property: string): boolean {
  const select = /By$/.test((options.parent as MethodCall).expression.name.text) ? undefined : findProperty(source, options, 'select');
  return select !== undefined && !new RegExp(`\\b${property}\\b`).test(select.getText(source.tree));
}
