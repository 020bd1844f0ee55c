/** The text of the one call that writes what a loop wrote row by row. */
import type ts from 'typescript';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { assignedBy } from './assignment';
import { ensureImport } from './decoratorEdits';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { dependsOnTurn, keysOf, readKey } from './loopKey';
import { referencesTo } from './iteration';
import { isArrayOfRows } from './listKind';
import type { Loop } from './loops';
import { propertyName } from './objectLiteral';
import { nearestDeclaration } from './receiverEntity';
import { descendants, isWithin, unwrap, type Change, type SourceText } from './sourceText';

export interface BulkCall {
  readonly kind: 'call';
  readonly text: string;
  readonly method: string;
  readonly imports: readonly Change[];
  /** The row as the loop writes it; null where the call is by keys. */
  readonly row: string | null;
}

/**
 * `insert`: rows written out as objects may be inserted, since nobody uses what `save` gives back; `keep`: the method stays;
 * `collected`: `list` holds the rows themselves.
 */
export type BulkMode = 'insert' | 'keep' | 'collected';

const BY_ROW = /^(save|insert|upsert|remove|softRemove|recover|add)$/;
const BY_KEY = /^(delete|softDelete|restore|update|increment|decrement)$/;

export function bulkCall(
  source: SourceText,
  loop: Loop,
  call: MethodCall,
  request: { readonly graph: RelationGraph; readonly entity: Entity },
  list: string,
  mode: BulkMode,
): BulkCall | Declined {
  const method = call.expression.name.text;
  if (BY_ROW.test(method)) return byRow(source, loop, call, request.entity, list, mode);
  if (BY_KEY.test(method)) return byKey(source, loop, call, request, list);
  return declined(`${method}() takes one row at a time.`);
}

function byRow(source: SourceText, loop: Loop, call: MethodCall, entity: Entity, list: string, mode: BulkMode): BulkCall | Declined {
  const method = call.expression.name.text;
  const receiver = call.expression.expression;
  const index = call.arguments.findIndex((argument) => dependsOnTurn(source, loop, argument));
  const row = call.arguments[index];
  if (!row) return activeRecord(source, loop, call, entity, list, mode);
  if (dependsOnTurn(source, loop, receiver) || call.arguments.some((argument, i) => i !== index && dependsOnTurn(source, loop, argument)))
    return declined('the write needs more of the loop’s turn than its row.');
  if (mode !== 'collected' && source.text.slice(row.pos, row.end).includes('await ')) return declined('each row waits for something of its own.');
  const isNew = mode === 'collected' ? isMadeForThis(source, loop, row, entity) : mode === 'insert' && isInsertable(source, row, entity);
  const inserted = method === 'save' && isNew ? 'insert' : method;
  const rows = mode === 'collected' ? list : rowsOf(source, loop, row, list);
  const texts = call.arguments.map((argument, i) => (i === index ? rows : argument.getText(source.tree)));
  const text = `${receiver.getText(source.tree)}.${inserted}(${texts.join(', ')})`;
  return { kind: 'call', text, method: inserted, imports: [], row: row.getText(source.tree) };
}

/** `visit.save()` → `Visit.save(visits)` */
function activeRecord(source: SourceText, loop: Loop, call: MethodCall, entity: Entity, list: string, mode: BulkMode): BulkCall | Declined {
  const { typescript } = source;
  const receiver = unwrap(source, call.expression.expression);
  const method = call.expression.name.text;
  const isElement = typescript.isIdentifier(receiver) && typescript.isIdentifier(loop.element) && receiver.text === loop.element.text;
  const isMadeHere = mode === 'collected' && typescript.isIdentifier(receiver) && dependsOnTurn(source, loop, receiver);
  if ((!isElement && !isMadeHere) || !typescript.isIdentifier(receiver) || call.arguments.length > 0)
    return declined('the write says the same in every turn.');
  if (!source.text.includes(entity.name)) return declined(`${entity.name} is not named in this file.`);
  return { kind: 'call', text: `${entity.name}.${method}(${list})`, method, imports: [], row: receiver.text };
}

function rowsOf(source: SourceText, loop: Loop, row: ts.Expression, list: string): string {
  const { typescript } = source;
  const inner = unwrap(source, row);
  const base = typescript.isIdentifier(unwrap(source, loop.list)) || !/^await\b/.test(list) ? list : `(${list})`;
  if (typescript.isIdentifier(inner) && typescript.isIdentifier(loop.element) && inner.text === loop.element.text) return list;
  const text = row.getText(source.tree);
  const body = typescript.isObjectLiteralExpression(row) ? `(${text})` : text;
  return `${base}.map((${loop.element.getText(source.tree)}) => ${body})`;
}

function byKey(
  source: SourceText,
  loop: Loop,
  call: MethodCall,
  { graph, entity }: { readonly graph: RelationGraph; readonly entity: Entity },
  list: string,
): BulkCall | Declined {
  const { typescript } = source;
  const index = call.arguments.findIndex((argument) => dependsOnTurn(source, loop, argument));
  const criteria = call.arguments[index];
  if (!criteria) return declined('the write says the same in every turn.');
  const others = [call.expression.expression, ...call.arguments.filter((_, i) => i !== index)];
  const values = call.arguments.filter((_, i) => i !== index);
  if (others.some((node) => dependsOnTurn(source, loop, node)) || values.some((value) => isMadeAnew(source, value)))
    return declined('each row gets values of its own; collect the entities and save them with one call.');
  if (/^(in|de)crement$/.test(call.expression.name.text) && !isArrayOfRows(source, loop.list))
    return declined('a key that comes twice would be counted once; make sure that each comes once, and write In(keys) by hand.');
  const inner = unwrap(source, criteria);
  const keys = entity.columns.filter(({ primary }) => primary);
  let text: string;
  if (typescript.isObjectLiteralExpression(inner)) {
    const varying = inner.properties.filter((property) => dependsOnTurn(source, loop, property));
    const [property] = varying;
    const name = property && propertyName(source, property);
    const value =
      property &&
      (typescript.isPropertyAssignment(property) ? property.initializer : typescript.isShorthandPropertyAssignment(property) ? property.name : null);
    const key = value ? readKey(source, loop, value, graph, null) : null;
    if (!property || varying.length > 1 || !name || !key) return declined('the condition is more than one plain value of the loop’s element.');
    const whole = inner.getText(source.tree);
    const start = property.getStart(source.tree) - inner.getStart(source.tree);
    text = `${whole.slice(0, start)}${name}: In(${keysOf(source, loop, parenthesised(list), key)})${whole.slice(start + property.getText(source.tree).length)}`;
  } else {
    const [primary] = keys;
    const key = readKey(source, loop, criteria, graph, null);
    if (!primary || keys.length > 1 || !key) return declined('the key is not one plain value of the loop’s element.');
    text = `{ ${primary.property}: In(${keysOf(source, loop, parenthesised(list), key)}) }`;
  }
  const texts = call.arguments.map((argument, i) => (i === index ? text : argument.getText(source.tree)));
  return {
    kind: 'call',
    text: `${call.expression.getText(source.tree)}(${texts.join(', ')})`,
    method: call.expression.name.text,
    imports: ensureImport(source, 'In', 'typeorm'),
    row: null,
  };
}

/** `{ place: place++ }`, `{ token: randomUUID() }`: another value each time that it is asked for. */
function isMadeAnew(source: SourceText, value: ts.Expression): boolean {
  const { typescript } = source;
  return [value, ...descendants(source, value)].some(
    (node) => assignedBy(source, node) !== null || typescript.isCallExpression(node) || typescript.isAwaitExpression(node),
  );
}

function parenthesised(list: string): string {
  return /^await\b/.test(list) ? `(${list})` : list;
}

/** `const visit = repo.create({ … }); await repo.save(visit);`: a new row that nobody else sees. */
function isMadeForThis(source: SourceText, loop: Loop, row: ts.Expression, entity: Entity): boolean {
  const { typescript } = source;
  const inner = unwrap(source, row);
  if (!typescript.isIdentifier(inner)) return isInsertable(source, row, entity) && !isKept(source, row);
  const declaration = nearestDeclaration(source, inner.text, inner);
  const isOfTurn = declaration && typescript.isVariableDeclaration(declaration) && isWithin(declaration, loop.body);
  if (!isOfTurn || !declaration.initializer || !typescript.isIdentifier(declaration.name)) return false;
  return isInsertable(source, declaration.initializer, entity) && referencesTo(source, declaration.name).length === 1 && !isKept(source, row);
}

/** `out.push(await repo.save(row))`: what the write gives back is used. */
function isKept({ typescript }: SourceText, row: ts.Expression): boolean {
  const { parent } = row;
  return !typescript.isAwaitExpression(parent.parent) || !typescript.isExpressionStatement(parent.parent.parent);
}

/** New rows written out, whose save does nothing that an insert does not: no key, no related rows to cascade to, no tree to keep. */
function isInsertable(source: SourceText, row: ts.Expression, entity: Entity): boolean {
  const { typescript } = source;
  const value = unwrap(source, row);
  const created =
    typescript.isCallExpression(value) && typescript.isPropertyAccessExpression(value.expression) && value.expression.name.text === 'create'
      ? value.arguments.at(-1)
      : undefined;
  const object = created ? unwrap(source, created) : value;
  if (!typescript.isObjectLiteralExpression(object) || entity.tree !== null || object.properties.length === 0) return false;
  return object.properties.every((property) => {
    const name = propertyName(source, property);
    const column = entity.columns.find((each) => each.property === name);
    const relation = entity.relations.find((each) => each.property === name);
    if (relation) return relation.owner && relation.kind !== 'many-to-many' && relation.cascade.length === 0 && !relation.lazy;
    return column !== undefined && !column.primary;
  });
}
