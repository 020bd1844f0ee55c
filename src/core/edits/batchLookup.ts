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
import type { Column, Entity, RelationGraph } from '../model/relationGraph';
import { ensureImport, importPath } from './decoratorEdits';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { isPlainValueWelcome } from './loopLookup';
import { placeBefore } from './loopPlace';
import { dependsOnTurn, keysOf, readKey, type LoopKey } from './loopKey';
import { canAwaitBefore, isNested, loopAround, type Loop } from './loops';
import { obstacleInBody } from './loopObstacles';
import { findProperty, propertyName } from './objectLiteral';
import { detectStyle } from './sourceStyle';
import { descendants, unwrap, type Change, type SourceText } from './sourceText';
import { lowerFirst, freshName, plural, upperFirst } from './words';

export interface BatchRequest {
  readonly graph: RelationGraph;
  /** The entity that the lookup asks for. */
  readonly entity: string;
  /** The entity of the loop's elements, where it is known. */
  readonly elementEntity: string | null;
  /** How many keys the measured loop asked for. */
  readonly keys: number;
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
  const obstacle = obstacleTo(source, loop, lookup.lookup);
  if (obstacle) return declined(obstacle);
  return rewrite(source, loop, lookup.lookup, entity, request.elementEntity);
}

function readLookup(
  source: SourceText,
  loop: Loop,
  call: MethodCall,
  entity: Entity,
  { graph, elementEntity }: BatchRequest,
): { readonly kind: 'lookup'; readonly lookup: Lookup } | Declined {
  const method = call.expression.name.text;
  if (method.endsWith('OrFail')) return declined('the lookup throws where there is no row, which a Map would not.');
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
  if (/date|time|blob|binary|bytea|json/i.test(column.type ?? '')) return declined(`a Map does not find ${column.type ?? 'such'} values again.`);
  return { kind: 'lookup', lookup: { call, where, condition: found.condition, key: found.key, property: found.property, one } };
}

interface ConditionKey {
  readonly kind: 'key';
  readonly condition: ts.ObjectLiteralElementLike;
  readonly key: LoopKey;
  readonly property: string;
}

function conditionKey(
  source: SourceText,
  loop: Loop,
  condition: ts.ObjectLiteralElementLike,
  entity: Entity,
  graph: RelationGraph,
  elementEntity: string | null,
): ConditionKey | Declined {
  const { typescript } = source;
  const name = propertyName(source, condition);
  const value = valueOf(source, condition);
  if (!name || !value) return declined('the lookup’s conditions are computed.');
  const relation = entity.relations.find(({ property }) => property === name);
  if (!relation) {
    const key = readKey(source, loop, value, graph, elementEntity);
    return key ? { kind: 'key', condition, key, property: name } : declined('the key of the lookup is not a plain value of the loop’s element.');
  }
  // `post: { id: post.id }`: the foreign key's own property tells the rows apart.
  const inner = unwrap(source, value);
  const [only] = typescript.isObjectLiteralExpression(inner) ? inner.properties : [];
  const innerValue = only && valueOf(source, only);
  const foreign =
    relation.joinColumns.length === 1 ? entity.columns.find((c) => c.column === relation.joinColumns[0]?.column && c.relation === null) : undefined;
  if (!typescript.isObjectLiteralExpression(inner) || inner.properties.length !== 1 || !only || !innerValue)
    return declined(`the condition on ${name} is more than its key.`);
  if (!foreign) return declined(`${entity.name} has no property for the foreign key of ${name}, by which the rows could be told apart.`);
  const key = readKey(source, loop, innerValue, graph, elementEntity);
  return key
    ? { kind: 'key', condition: only, key, property: foreign.property }
    : declined('the key of the lookup is not a plain value of the loop’s element.');
}

function valueOf({ typescript }: SourceText, property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (typescript.isPropertyAssignment(property)) return property.initializer;
  return typescript.isShorthandPropertyAssignment(property) ? property.name : null;
}

function obstacleTo(source: SourceText, loop: Loop, { call, where, condition }: Lookup): string | null {
  const rest = [call.expression.expression, ...call.arguments.filter((argument) => argument.pos > where.end || argument.end < where.pos)];
  const others = where.properties.filter((property) => property.pos > condition.end || property.end < condition.pos);
  if (!isAwaited(source, call)) return 'the lookup is used as a promise.';
  if (rest.some((node) => dependsOnTurn(source, loop, node)) || others.some((node) => dependsOnTurn(source, loop, node)))
    return 'the lookup needs more of the loop’s turn than its key.';
  if (isNested(source, loop)) return 'the loop runs inside of another one, so the query would still run once for each turn of that one.';
  if (!canAwaitBefore(source, loop)) return 'the function around the loop is not async.';
  return obstacleInBody(source, loop, call);
}

function isAwaited(source: SourceText, call: MethodCall): boolean {
  return source.typescript.isAwaitExpression(call.parent) || isPlainValueWelcome(source, call);
}

function rewrite(source: SourceText, loop: Loop, lookup: Lookup, entity: Entity, elementEntity: string | null): ChangeResult {
  const { key, one, property } = lookup;
  const style = detectStyle(source);
  const place = placeBefore(source, loop, elementEntity);
  const rows = freshName(source, plural(lowerFirst(entity.name)), [place.list]);
  const map = freshName(source, `${one ? lowerFirst(entity.name) : plural(lowerFirst(entity.name))}By${upperFirst(property)}`, [place.list]);
  const query = queryText(source, lookup, keysOf(source, loop, place.list, key));
  const name = lowerFirst(entity.name);
  // A name of the loop's turn may be used again outside of it, but not one that the query itself speaks of.
  const item = new RegExp(`\\b${name}\\b`).test(query) ? freshName(source, name) : name;
  const end = style.semicolons ? ';' : '';
  const lines = one
    ? [`const ${rows} = await ${query}${end}`, `const ${map} = new Map(${rows}.map((${item}) => [${item}.${property}, ${item}]))${end}`]
    : groupLines({ map, item, query, property, type: entity.name, indent: style.indent, end });
  const type = one ? [] : typeImport(source, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in this file, and the lists of rows need it.`);
  return { kind: 'changes', changes: [...ensureImport(source, 'In', 'typeorm'), ...type, ...place.insert(lines), readFromMap(source, lookup, map)] };
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

/** Null where the entity is a schema, whose rows' type may be called anything. */
function typeImport(source: SourceText, entity: Entity): Change[] | null {
  if (isTypeKnown(source, entity.name)) return [];
  return entity.declaredBy === 'decorator' ? ensureImport(source, entity.name, importPath(source, entity.source.file)) : null;
}

function isTypeKnown(source: SourceText, name: string): boolean {
  const { typescript } = source;
  return [...descendants(source, source.tree)].some(
    (node) =>
      (typescript.isImportSpecifier(node) ||
        typescript.isClassDeclaration(node) ||
        typescript.isInterfaceDeclaration(node) ||
        typescript.isTypeAliasDeclaration(node)) &&
      node.name?.text === name,
  );
}

/** The lookup's own text, asking for all keys at once. */
function queryText(source: SourceText, { call, condition }: Lookup, keys: string): string {
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
  return text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ').replace(/,(\s*[}\])])/g, '$1') : text;
}

/** `customerById.get(visit.customerId) ?? null`, in parentheses where something goes on with it. */
function readFromMap(source: SourceText, { call, key, one }: Lookup, map: string): Change {
  const { typescript } = source;
  const awaited = typescript.isAwaitExpression(call.parent) ? call.parent : null;
  const whole: ts.Expression = awaited ?? call;
  const read = `${map}.get(${key.inLoop})`;
  const fallback = one ? 'null' : '[]';
  const outer = typescript.isParenthesizedExpression(whole.parent) ? whole.parent : null;
  const user = (outer ?? whole).parent;
  // `(await …)?.name` gives undefined for null as well as for undefined.
  if (one && outer && ((typescript.isPropertyAccessExpression(user) && user.questionDotToken) || typescript.isNonNullExpression(user)))
    return { start: outer.getStart(source.tree), end: outer.end, newText: read };
  const bare = outer !== null || standsAlone(source, whole);
  return { start: whole.getStart(source.tree), end: whole.end, newText: bare ? `${read} ?? ${fallback}` : `(${read} ?? ${fallback})` };
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

/** `findOneBy(where)`, `findOne({ where })`. */
function conditionsOf(source: SourceText, call: MethodCall): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  const options = optionsObject(source, call);
  if (!options || !/By$/.test(call.expression.name.text)) {
    const where = options && findProperty(source, options, 'where');
    const value = where && typescript.isPropertyAssignment(where) ? unwrap(source, where.initializer) : undefined;
    return value && typescript.isObjectLiteralExpression(value) && isPlain(source, value) ? value : null;
  }
  return isPlain(source, options) ? options : null;
}

function optionsObject({ typescript }: SourceText, call: MethodCall): ts.ObjectLiteralExpression | null {
  const last = call.arguments.at(-1);
  return last && typescript.isObjectLiteralExpression(last) ? last : null;
}

function isPlain({ typescript }: SourceText, object: ts.ObjectLiteralExpression): boolean {
  return object.properties.every((property) => typescript.isPropertyAssignment(property) || typescript.isShorthandPropertyAssignment(property));
}

function columnOf(entity: Entity, property: string): Column | undefined {
  return entity.columns.find((column) => column.property === property);
}

function isUnique(entity: Entity, column: Column): boolean {
  const keys = entity.columns.filter(({ primary }) => primary);
  return column.unique || (column.primary && keys.length === 1);
}

function selectLacks(source: SourceText, options: ts.ObjectLiteralExpression, property: string): boolean {
  const select = /By$/.test((options.parent as MethodCall).expression.name.text) ? undefined : findProperty(source, options, 'select');
  return select !== undefined && !new RegExp(`\\b${property}\\b`).test(select.getText(source.tree));
}
