/** The `order` of find options that keeps joined collections as they came lazily (see rowOrder.ts). */
import type ts from 'typescript';
import type { FindTask } from './findTask';
import { literalOfSpread } from './loadedByOptions';
import { declined, type Declined, type LoadRequest } from './loadRelations';
import { appendProperties, findProperty } from './objectLiteral';
import { entityById, type RelationStep } from './relationPath';
import { collectionsOf, growingKey, isForeignKeyIndexed, isSqlite, joinsReorderRows, uniqueProperties } from './rowOrder';
import type { SourceStyle } from './sourceStyle';
import { unwrap, type Change, type SourceText } from './sourceText';

interface Ordered {
  readonly kind: 'order';
  /** New properties of the options. */
  readonly properties: readonly string[];
  /** Changes within an order that is there. */
  readonly changes: readonly Change[];
}

/** The order that keeps the rows, and joined collections, as they came before; nothing where the join keeps it by itself. */
export function withOrder(task: FindTask, object: ts.ObjectLiteralExpression | null): Ordered | Declined {
  const { source, style, request, resolved } = task;
  const none: Ordered = { kind: 'order', properties: [], changes: [] };
  const wanted = collectionsOf(resolved).filter(({ step }) => needsOrder(request, step));
  const root = growingKey(request.graph.entities.find(({ name }) => name === request.entity));
  if (wanted.length === 0) return root === null ? none : withRowOrder(task, object, root);
  const tree: MutableOrder = {};
  for (const { path, step } of wanted) {
    const key = growingKey(entityById(request.graph, step.relation.targetId));
    if (key === null || root === null)
      return isSqlite(request.driver) ? declined(`${path} would be joined without an order, and its keys do not grow with its rows.`) : none;
    put(tree, path.split('.'), key);
  }
  const whole: MutableOrder = root === null ? tree : { [root]: 'ASC', ...tree };
  const order = object && orderIn(source, object);
  if (!order) return { ...none, properties: [`order: ${renderOrder(whole, style)}`] };
  if (order.kind === 'unknown') return declined(SPREAD_ORDER);
  const { value } = order;
  if (!value) return declined('the order is computed, and the joined rows need one too.');
  const missing = Object.entries(whole).filter(([key]) => !findProperty(source, value, key));
  if (order.kind === 'spread') return { ...none, properties: missing.length > 0 ? [besideSpread(order, Object.fromEntries(missing), style)] : [] };
  return {
    ...none,
    changes: appendProperties(
      source,
      style,
      value,
      missing.map(([key, sub]) => `${key}: ${renderOrder(sub, style)}`),
    ),
  };
}

const SPREAD_ORDER = 'a spread in the options may hold an order of its own, which the edit would replace.';

type PresentOrder =
  | {
      readonly kind: 'own' | 'spread';
      /** What holds it: `order`, `base.order`. */
      readonly path: string;
      /** Null where it is computed. */
      readonly value: ts.ObjectLiteralExpression | null;
    }
  | { readonly kind: 'unknown' };

/** The order that counts: the last one, of the options themselves or of what they spread; null where they have none. */
function orderIn(source: SourceText, object: ts.ObjectLiteralExpression): PresentOrder | null {
  const { typescript } = source;
  const own = findProperty(source, object, 'order');
  for (const property of [...object.properties].reverse()) {
    if (property === own) return { kind: 'own', path: 'order', value: literalOf(source, own) };
    if (!typescript.isSpreadAssignment(property)) continue;
    const literal = literalOfSpread(source, property);
    const inner = literal && orderIn(source, literal);
    if (!literal || (inner && (inner.kind !== 'own' || own))) return { kind: 'unknown' };
    if (inner) return { ...inner, kind: 'spread', path: `${property.expression.getText(source.tree)}.order` };
  }
  return null;
}

function literalOf(source: SourceText, property: ts.ObjectLiteralElementLike): ts.ObjectLiteralExpression | null {
  const value = source.typescript.isPropertyAssignment(property) ? unwrap(source, property.initializer) : undefined;
  return value && source.typescript.isObjectLiteralExpression(value) ? value : null;
}

/** `order: { ...base.order, id: 'ASC' }` */
function besideSpread({ path }: { readonly path: string }, added: MutableOrder, style: SourceStyle): string {
  const inner = [`...${path}`, ...Object.entries(added).map(([key, sub]) => `${key}: ${renderOrder(sub, style)}`)];
  return `order: {${style.braceSpace}${inner.join(', ')}${style.braceSpace}}`;
}

/** The rows themselves, where only single rows are joined: ordered by their key, unless they are ordered without ties already. */
function withRowOrder({ source, style, call, request }: FindTask, object: ts.ObjectLiteralExpression | null, key: string): Ordered | Declined {
  const none: Ordered = { kind: 'order', properties: [], changes: [] };
  if (!joinsReorderRows(request.driver) || /^findOne/.test(call.expression.name.text)) return none;
  const by = `${key}: ${style.quote}ASC${style.quote}`;
  const order = object && orderIn(source, object);
  if (!order) return { ...none, properties: [`order: ${renderOrder({ [key]: 'ASC' }, style)}`] };
  if (order.kind === 'unknown') return declined(SPREAD_ORDER);
  const { value } = order;
  if (!value) return none;
  const entity = request.graph.entities.find(({ name }) => name === request.entity);
  if (uniqueProperties(entity).some((property) => findProperty(source, value, property))) return none;
  if (order.kind === 'spread') return { ...none, properties: [besideSpread(order, { [key]: 'ASC' }, style)] };
  return { ...none, changes: appendProperties(source, style, value, [by]) };
}

/** Whether the join of a collection leaves its order to the database (see rowOrder.ts). */
function needsOrder({ graph, driver }: LoadRequest, { relation }: RelationStep): boolean {
  if (driver === null) return false;
  return !isSqlite(driver) || (relation.kind === 'one-to-many' && !isForeignKeyIndexed(graph, relation));
}

type MutableOrder = { [property: string]: MutableOrder | 'ASC' };

function put(tree: MutableOrder, [first, ...rest]: readonly string[], key: string): void {
  if (first === undefined) {
    tree[key] = 'ASC';
    return;
  }
  const below = tree[first];
  const node: MutableOrder = typeof below === 'object' ? below : {};
  tree[first] = node;
  put(node, rest, key);
}

function renderOrder(tree: MutableOrder | 'ASC', style: SourceStyle): string {
  if (tree === 'ASC') return `${style.quote}ASC${style.quote}`;
  const inner = Object.entries(tree).map(([key, sub]) => `${key}: ${renderOrder(sub, style)}`);
  return `{${style.braceSpace}${inner.join(', ')}${style.braceSpace}}`;
}
