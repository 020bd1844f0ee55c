/**
 * The rows of one query in a Map by their key, and the lookup's place taken by a read from it: `customerById.get(visit.customerId) ?? null`.
 */
import type ts from 'typescript';
import { ensureImports } from './decoratorEdits';
import { entityTypeImport } from './entityType';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult } from './loadRelations';
import { keysOfNest, loopsTogether } from './loopNest';
import { isPlainValueWelcome } from './loopLookup';
import { placeBefore } from './loopPlace';
import { madeOfNumbers, namesOfNumbers, readOfNumber, typeOfNumbers } from './mapOfNumbers';
import type { Asked, LoopQuestion } from './loopQuestion';
import { isOrFail, readOrThrow } from './readOrThrow';
import { madeOfRawRows, namesOfRawRows, readOfRawRow, typeOfRawRows } from './mapOfRawRows';
import { pairOf } from './rowsAndCount';
import type { RowKey } from './rowKey';
import { detectStyle, type SourceStyle } from './sourceStyle';
import { isWithin, type Change, type SourceText } from './sourceText';
import { freshName, lowerFirst, plural, titleCase } from './words';

export function mapOfRows(asked: Asked, question: LoopQuestion): ChangeResult {
  const { source, entity } = asked;
  const { call } = question;
  const isTyped = !question.one || question.rowKey.isPromised || question.measure !== undefined || typeof question.raw?.type === 'string';
  const type = isTyped ? entityTypeImport(source, entity) : [];
  if (type === null)
    return declined(`the type ${entity.name} is not known in this file, and the ${question.measure ? 'keys' : 'lists of rows'} need it.`);
  const { map, before, imports } = rowsByKey(asked, question);
  const reads = isOrFail(call) ? readOrThrow(source, question, { map, entity, optional: false }) : readRow(source, question, map);
  return { kind: 'changes', changes: [...imports, ...type, ...before, ...(question.leftover ?? []), ...reads] };
}

export interface RowsByKey {
  /** Name of the Map. */
  readonly map: string;
  /** The query and the Map, before the loop. */
  readonly before: readonly Change[];
  readonly imports: readonly Change[];
}

/** The query for all keys before the loop, and its rows in a Map. */
export function rowsByKey({ source, loop, entity, request }: Asked, question: LoopQuestion): RowsByKey {
  const { call, key } = question;
  const nest = loopsTogether(source, loop, question);
  const place = placeBefore(source, nest[0], nest.length === 1 ? request.elementEntity : null);
  const wanted = namesOf(question, entity.name);
  // The Map of a helper is a parameter of that as well.
  const at = isWithin(call, loop.node) ? nest[0].statement : source.tree;
  const rows = freshName(source, wanted.rows, [place.list], at);
  const map = freshName(source, wanted.map, [place.list, rows], at);
  const query = question.query(keysOfNest(source, nest, place.list, key));
  const lines = linesOf(source, question, { map, rows, query, type: entity.name, at });
  const names = [...(isOrFail(call) ? ['EntityNotFoundError'] : []), ...(/\bIn\(/.test(query) ? ['In'] : [])];
  return { map, before: place.insert(lines), imports: ensureImports(source, names, 'typeorm') };
}

/** What the rows of the query and the Map are best called; `maps` is a name for what gives the Map. */
export function namesOf(
  { one, rowKey, measure, raw }: LoopQuestion,
  entity: string,
): { readonly rows: string; readonly map: string; readonly maps: string } {
  if (raw) return namesOfRawRows(raw, rowKey);
  if (measure) return namesOfNumbers(measure, rowKey, entity);
  const name = lowerFirst(entity);
  const by = `By${titleCase(rowKey.name)}`;
  return { rows: plural(name), map: `${one ? name : plural(name)}${by}`, maps: plural(name) + by };
}

/** The rows of all `keys` (a name) in a Map, as statements of a function of their own. */
export function linesOfRows(
  source: SourceText,
  question: LoopQuestion,
  names: Pick<Rows, 'map' | 'rows' | 'type'> & { readonly keys: string; readonly at: ts.Node },
): string[] {
  return linesOf(source, question, { ...names, query: question.query(names.keys) });
}

function linesOf(
  source: SourceText,
  { one, rowKey, measure, raw }: LoopQuestion,
  { at, ...names }: Pick<Rows, 'map' | 'rows' | 'query' | 'type'> & { readonly at: ts.Node },
): string[] {
  const { map, rows, query, type } = names;
  const style = detectStyle(source);
  const name = lowerFirst(type);
  // A name of the loop's turn may be used again outside of it, but not one that the query itself speaks of.
  const item = new RegExp(`\\b${name}\\b`).test(query) ? freshName(source, name, [], at, ['found', 'row']) : name;
  const end = style.semicolons ? ';' : '';
  if (measure) return [`const ${rows} = await ${query}${end}`, `const ${map} = ${madeOfNumbers(measure, rowKey, rows)}${end}`];
  if (raw) return [`const ${rows} = await ${query}${end}`, `const ${map} = ${madeOfRawRows(raw, rowKey, rows)}${end}`];
  const of: Rows = { ...names, item, rowKey, style };
  if (!one) return groupLines(of);
  if (rowKey.isPromised) return rowLines(of);
  return [`const ${rows} = await ${query}${end}`, `const ${map} = new Map(${rows}.map((${item}) => [${rowKey.of(item)}, ${item}]))${end}`];
}

/** `ReadonlyMap<Customer['id'], Customer>` */
export function mapType({ one, rowKey, measure, raw }: LoopQuestion, entity: string): string {
  if (raw) return typeOfRawRows(raw, rowKey, entity);
  if (measure) return typeOfNumbers(measure, rowKey, entity);
  return `ReadonlyMap<${rowKey.typeIn(entity)}, ${one ? entity : `${entity}[]`}>`;
}

interface Rows {
  readonly map: string;
  readonly item: string;
  readonly rows: string;
  readonly query: string;
  readonly rowKey: RowKey;
  readonly type: string;
  readonly style: SourceStyle;
}

/** The key of each row is behind a promise. */
function rowLines({ map, item, rows, query, rowKey, type, style }: Rows): string[] {
  const end = style.semicolons ? ';' : '';
  return [
    `const ${rows} = await ${query}${end}`,
    `const ${map} = new Map<${rowKey.typeIn(type)}, ${type}>()${end}`,
    `for (const ${item} of ${rows}) ${map}.set(${rowKey.of(item)}, ${item})${end}`,
  ];
}

function groupLines({ map, item, rows, query, rowKey, type, style }: Rows): string[] {
  const { indent } = style;
  const end = style.semicolons ? ';' : '';
  const isLong = query.includes('\n') || query.startsWith('(');
  const group = item === 'group' ? 'rows' : 'group';
  const key = rowKey.isPromised ? 'key' : rowKey.of(item);
  return [
    ...(isLong ? [`const ${rows} = await ${query}${end}`] : []),
    `const ${map} = new Map<${rowKey.typeIn(type)}, ${type}[]>()${end}`,
    `for (const ${item} of ${isLong ? rows : `await ${query}`}) {`,
    ...(rowKey.isPromised ? [`${indent}const key = ${rowKey.of(item)}${end}`] : []),
    `${indent}const ${group} = ${map}.get(${key})${end}`,
    `${indent}if (${group}) ${group}.push(${item})${end}`,
    `${indent}else ${map}.set(${key}, [${item}])${end}`,
    `}`,
  ];
}

/** The Map's row in the place of the lookup. */
export function readRow(source: SourceText, question: LoopQuestion, map: string): Change[] {
  const { typescript } = source;
  const { call, key, one, measure, raw } = question;
  if (measure || raw) return putInPlace(source, call, readOf(question, map));
  const read = `${map}.get(${key.inLoop})`;
  const awaited = typescript.isAwaitExpression(call.parent) ? call.parent : null;
  const outer = awaited && typescript.isParenthesizedExpression(awaited.parent) ? awaited.parent : awaited;
  if (one && outer && isNullLikeUndefined(source, outer)) return [{ start: outer.getStart(source.tree), end: outer.end, newText: read }];
  return putInPlace(source, call, readOf(question, map));
}

/** `customerById.get(visit.customerId) ?? null` */
export function readOf({ key, one, measure, raw, isCounted }: LoopQuestion, map: string): string {
  if (isCounted) return pairOf(`${map}.get(${key.inLoop})`);
  if (raw) return readOfRawRow(raw, map, key.inLoop);
  return measure ? readOfNumber(measure, map, key.inLoop) : `${map}.get(${key.inLoop}) ?? ${one ? 'null' : '[]'}`;
}

/** Whether null and undefined come to the same where a value is used: `value?.name`, `value!`, `value ?? other`, `if (value)`. */
function isNullLikeUndefined({ typescript, tree }: SourceText, value: ts.Expression): boolean {
  const { parent } = value;
  if (typescript.isNonNullExpression(parent)) return true;
  if (typescript.isPropertyAccessExpression(parent)) return parent.questionDotToken !== undefined;
  if (typescript.isBinaryExpression(parent)) return parent.left === value && /^(\?\?|\|\|)$/.test(parent.operatorToken.getText(tree));
  if (typescript.isPrefixUnaryExpression(parent)) return parent.operator === typescript.SyntaxKind.ExclamationToken;
  if (typescript.isIfStatement(parent)) return parent.expression === value;
  return typescript.isConditionalExpression(parent) && parent.condition === value;
}

/** An expression in the place of the awaited call, in parentheses where something goes on with it, in a promise where one is awaited later. */
function putInPlace(source: SourceText, call: MethodCall, value: string): Change[] {
  const { typescript } = source;
  const awaited = typescript.isAwaitExpression(call.parent) ? call.parent : null;
  const whole: ts.Expression = awaited ?? call;
  const replace = (newText: string): Change[] => [{ start: whole.getStart(source.tree), end: whole.end, newText }];
  if (!awaited && !isPlainValueWelcome(source, call)) return replace(`Promise.resolve(${value})`);
  const isBare = typescript.isParenthesizedExpression(whole.parent) || standsAlone(source, whole) || /^[\w.]+\([\w.]*\)$/.test(value);
  return replace(isBare ? value : `(${value})`);
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
