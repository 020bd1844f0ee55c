/**
 * Rows written one by one → one call for all of them:
 *
 *     for (const visit of visits) await repo.save(visit);                    →   await repo.save(visits);
 *     for (const id of ids) await repo.delete(id);                           →   await repo.delete({ id: In(ids) });
 *     for (const row of rows) { const visit = make(row); await repo.save(visit); }   →   collected in the loop, saved after it
 *
 * `save` of rows written out as objects without a key becomes `insert`, which needs one statement on every database: `save` reads generated
 * keys back, for which SQLite and MySQL take one INSERT a row (SubjectExecutor and ReturningResultsEntityUpdator of TypeORM).
 */
import type ts from 'typescript';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { bulkCall, type BulkCall } from './bulkCall';
import { isMethodCall, type MethodCall } from './findCall';
import { listKind } from './listKind';
import { dependsOnTurn } from './loopKey';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { placeBefore } from './loopPlace';
import { canAwaitBefore, loopAround, type Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { isToMany } from './relationPath';
import { detectStyle, indentAt } from './sourceStyle';
import { descendants, isWithin, unwrap, type Change, type SourceText } from './sourceText';
import { freshName, lowerFirst, plural, upperFirst } from './words';

export interface BulkRequest {
  readonly graph: RelationGraph;
  readonly entity: Entity;
  /** Driver that the loop was seen on; null where it is not known. */
  readonly driver?: string | null;
}

/** The changes, and the method that then writes the rows. */
export type BulkResult = (Extract<ChangeResult, { kind: 'changes' }> & { readonly method: string }) | Declined;

export function bulkWrite(source: SourceText, call: MethodCall, request: BulkRequest): BulkResult {
  const around = loopAround(source, call);
  if (around.kind === 'other') return declined(around.reason);
  if (around.kind === 'none')
    return declined('the write stands in a function of its own, and the loop is elsewhere; collect the rows where the loop is.');
  const { loop } = around;
  const { typescript } = source;
  if (call.expression.name.text === 'upsert' && !TAKES_ROWS_TWICE.test(request.driver ?? '') && !isEachOnce(source, loop.list))
    return declined('PostgreSQL refuses a statement that upserts a row twice; make sure that each key comes once, and write one upsert by hand.');
  if (isList(source, loop, call, request)) return declined('each turn writes a list of rows already; write all lists with one call by hand.');
  if (typescript.isForOfStatement(loop.node) && onlyStatement(source, loop.body) === awaitedStatement(source, call))
    return replaceLoop(source, loop, call, request, loop.node);
  if (typescript.isCallExpression(loop.node)) return replaceCallback(source, loop, call, request, loop.node);
  return collect(source, loop, call, request);
}

/** Databases in which the last of two rows with one key wins. */
const TAKES_ROWS_TWICE = /sqlite|sqljs|mysql|mariadb/;

/** A Set, or values that are written out. */
function isEachOnce(source: SourceText, list: ts.Expression): boolean {
  const { typescript, tree } = source;
  const value = unwrap(source, list);
  if (typescript.isArrayLiteralExpression(value)) {
    const texts = value.elements.map((element) => element.getText(tree));
    return value.elements.every((element) => typescript.isLiteralExpression(element)) && new Set(texts).size === texts.length;
  }
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  return declaration?.initializer ? isEachOnce(source, declaration.initializer) : listKind(source, value) === 'set';
}

/** `save(order.lines)`, `save(chunk)`: what is written is a list. */
function isList(source: SourceText, loop: Loop, call: MethodCall, { graph }: BulkRequest): boolean {
  const { typescript } = source;
  const given = call.arguments.find((argument) => dependsOnTurn(source, loop, argument));
  const row = given && unwrap(source, given);
  if (!row || !/^(save|insert|upsert|remove|softRemove|recover|add)$/.test(call.expression.name.text)) return false;
  if (typescript.isPropertyAccessExpression(row))
    return graph.entities.some(({ relations }) => relations.some((relation) => relation.property === row.name.text && isToMany(relation)));
  if (!typescript.isIdentifier(row)) return listKind(source, row) !== 'unknown';
  const isElement = typescript.isIdentifier(loop.element) && row.text === loop.element.text;
  return listKind(source, row) !== 'unknown' || LIST_NAME.test(row.text) || (isElement && holdsLists(source, loop.list));
}

const LIST_NAME = /(chunk|batch|page|part|rows|items|slice|group)$/i;

/** `[rows.slice(0, 2), …]`, `chunk(rows, 100)`, a constant or parameter of those. */
function holdsLists(source: SourceText, list: ts.Expression): boolean {
  const { typescript } = source;
  const value = unwrap(source, list);
  if (typescript.isArrayLiteralExpression(value)) return value.elements.some((element) => listKind(source, element) !== 'unknown');
  if (typescript.isCallExpression(value))
    return /(chunk|partition|batch|splitEvery|splitInto|pages|windowed)\w*$/i.test(value.expression.getText(source.tree));
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  if (declaration?.type) return /\[\]\[\]$/.test(declaration.type.getText(source.tree));
  return !!declaration?.initializer && holdsLists(source, declaration.initializer);
}

/** The loop does nothing but write. */
function replaceLoop(source: SourceText, loop: Loop, call: MethodCall, request: BulkRequest, node: ts.ForOfStatement): BulkResult {
  const bulk = bulkCall(source, loop, call, request, arrayText(source, loop.list), 'insert');
  if (bulk.kind === 'declined') return bulk;
  const end = source.text[node.end - 1] === ';' || detectStyle(source).semicolons ? ';' : '';
  return changed(bulk, [...bulk.imports, { start: node.getStart(source.tree), end: node.end, newText: `await ${bulk.text}${end}` }]);
}

/** What the loop runs over, as an array. */
function arrayText(source: SourceText, list: ts.Expression): string {
  const text = list.getText(source.tree);
  return /^(set|iterator)$/.test(listKind(source, list)) ? `[...${text}]` : text;
}

/** `await Promise.all(visits.map((visit) => repo.save(visit)))` */
function replaceCallback(source: SourceText, loop: Loop, call: MethodCall, request: BulkRequest, node: ts.CallExpression): BulkResult {
  const { typescript } = source;
  const all = node.parent;
  if (!typescript.isCallExpression(all) || all.expression.getText(source.tree) !== 'Promise.all')
    return declined('the writes are not waited for, so what runs after them cannot be told.');
  const body = unwrap(source, loop.body as ts.Expression);
  const onlyWrites =
    body === call ||
    (typescript.isAwaitExpression(body) && body.expression === call) ||
    onlyStatement(source, loop.body) === awaitedStatement(source, call);
  if (!onlyWrites) return declined('the callback does more than write; collect the rows first, and write them with one call.');
  const holder = typescript.isAwaitExpression(all.parent) ? all.parent.parent : all.parent;
  const isUsed = !typescript.isExpressionStatement(holder);
  const bulk = bulkCall(source, loop, call, request, loop.list.getText(source.tree), isUsed ? 'keep' : 'insert');
  if (bulk.kind === 'declined') return bulk;
  if (isUsed && !/^(save|remove|softRemove|recover)$/.test(bulk.method)) return declined(`what ${bulk.method}() gives for each row is used.`);
  return changed(bulk, [...bulk.imports, { start: all.getStart(source.tree), end: all.end, newText: bulk.text }]);
}

/** The loop stays for what else it does; its rows are written after it. */
function collect(source: SourceText, loop: Loop, call: MethodCall, request: BulkRequest): BulkResult {
  const kept = keptIn(source, loop, call);
  const statement = awaitedStatement(source, call) ?? kept?.statement;
  const { typescript } = source;
  if (!statement)
    return declined('what the write returns is used in the loop; collect the rows, save them with one call, and go through what that returns.');
  if (BY_KEY.test(call.expression.name.text)) return besideOthers(source, loop, call, request, statement);
  const obstacle = obstacleToCollecting(source, loop, call, statement);
  if (obstacle) return declined(obstacle);
  const element = kept ? null : rowOf(source, loop, call);
  const isEveryElement =
    element !== null &&
    statement.parent === loop.body &&
    !hasJump(source, loop.body, (kind) => kind === typescript.SyntaxKind.ContinueStatement || kind === typescript.SyntaxKind.BreakStatement);
  const place = placeBefore(source, loop, request.entity.name);
  const name = freshName(source, `${plural(lowerFirst(request.entity.name))}To${upperFirst(call.expression.name.text)}`, [], loop.statement);
  const style = detectStyle(source);
  const end = style.semicolons ? ';' : '';
  const list = isEveryElement ? place.list : name;
  const bulk = bulkCall(source, loop, call, request, list, 'collected');
  if (bulk.kind === 'declined') return bulk;
  const indent = indentAt(source.text, loop.statement.getStart(source.tree));
  const written = kept ? `${kept.list}.push(...(await ${bulk.text}))` : `await ${bulk.text}`;
  const after: Change = { start: loop.statement.end, end: loop.statement.end, newText: `${style.newline}${indent}${written}${end}` };
  if (isEveryElement) return changed(bulk, [...place.insert([]).filter(({ newText }) => newText !== ''), withoutLine(source, statement), after]);
  const pushed = bulk.row ?? '';
  return changed(bulk, [
    {
      start: loop.statement.getStart(source.tree),
      end: loop.statement.getStart(source.tree),
      newText: `const ${name} = []${end}${style.newline}${indent}`,
    },
    { start: statement.getStart(source.tree), end: statement.end, newText: `${name}.push(${pushed})${end}` },
    after,
  ]);
}

const BY_KEY = /^(delete|softDelete|restore)$/;

/** `out.push(await repo.save(row));`, where nothing else in the loop speaks of `out`. */
function keptIn(source: SourceText, loop: Loop, call: MethodCall): { readonly statement: ts.ExpressionStatement; readonly list: string } | null {
  const { typescript } = source;
  const push = typescript.isAwaitExpression(call.parent) ? call.parent.parent : undefined;
  if (!push || !isMethodCall(source, push) || push.expression.name.text !== 'push' || push.arguments.length !== 1) return null;
  const list = push.expression.expression;
  const statement = push.parent;
  if (!typescript.isIdentifier(list) || !typescript.isExpressionStatement(statement) || call.expression.name.text !== 'save') return null;
  const isUsedBesides = [...descendants(source, loop.body)].some((node) => typescript.isIdentifier(node) && node !== list && node.text === list.text);
  const declaration = nearestDeclaration(source, list.text, list);
  return isUsedBesides || !declaration || isWithin(declaration, loop.node) ? null : { statement, list: list.text };
}

/** A delete among other things that a turn does: before the loop or after it, where nothing in between is asked for or may end the loop. */
function besideOthers(source: SourceText, loop: Loop, call: MethodCall, request: BulkRequest, statement: ts.Statement): BulkResult {
  const { typescript } = source;
  const { body } = loop;
  const around = 'the loop does more than write; collect the keys first, and write them with one call.';
  if (!typescript.isForOfStatement(loop.node) || !typescript.isBlock(body) || statement.parent !== body) return declined(around);
  const others = body.statements.filter((each) => each !== statement);
  const asks = (each: ts.Node): boolean =>
    [each, ...descendants(source, each)].some((node) => typescript.isAwaitExpression(node) || isJump(source, node));
  const asking = others.filter(asks);
  const isDelete = (each: ts.Statement): boolean => {
    const inner = typescript.isExpressionStatement(each) && typescript.isAwaitExpression(each.expression) ? each.expression.expression : null;
    return !!inner && isMethodCall(source, inner) && BY_KEY.test(inner.expression.name.text);
  };
  if (!asking.every(isDelete)) return declined(around);
  const place = asking.length > 0 && asking.every(({ pos }) => pos > statement.pos) ? 'before' : 'after';
  if (place === 'after' && asking.some(({ pos }) => pos > statement.pos)) return declined(around);
  const list = arrayText(source, loop.list);
  if (!/^[\w.]+$/.test(list)) return declined(around);
  const bulk = bulkCall(source, loop, call, request, list, 'keep');
  if (bulk.kind === 'declined') return bulk;
  const { newline, semicolons } = detectStyle(source);
  const start = loop.statement.getStart(source.tree);
  const indent = indentAt(source.text, start);
  const text = `await ${bulk.text}${semicolons ? ';' : ''}`;
  const put: Change =
    place === 'before'
      ? { start, end: start, newText: `${text}${newline}${indent}` }
      : { start: loop.statement.end, end: loop.statement.end, newText: `${newline}${indent}${text}` };
  return changed(bulk, [...bulk.imports, withoutLine(source, statement), put]);
}

function isJump({ typescript }: SourceText, node: ts.Node): boolean {
  return (
    typescript.isContinueStatement(node) ||
    typescript.isBreakStatement(node) ||
    typescript.isReturnStatement(node) ||
    typescript.isThrowStatement(node)
  );
}

/** What in the loop needs a row to be written before the loop goes on. */
function obstacleToCollecting(source: SourceText, loop: Loop, call: MethodCall, statement: ts.Statement): string | null {
  const { typescript } = source;
  if (!canAwaitBefore(source, loop)) return 'the function around the loop is not async.';
  if (!/^(save|insert|upsert|remove|softRemove|recover)$/.test(call.expression.name.text))
    return 'the loop does more than write; collect the keys first, and write them with one call.';
  const nodes = [...descendants(source, loop.body)];
  if (nodes.some((node) => typescript.isAwaitExpression(node) && node !== call.parent))
    return 'each turn asks the database for more, perhaps for what an earlier turn wrote.';
  if (hasJump(source, loop.body, (kind) => kind === typescript.SyntaxKind.ReturnStatement || kind === typescript.SyntaxKind.ThrowStatement))
    return 'the loop may end the function before all of its rows are written.';
  for (let up: ts.Node = statement; up !== loop.body; up = up.parent)
    if (typescript.isTryStatement(up)) return 'each write has an error handling of its own.';
  const argument = call.arguments.at(-1) ?? call.expression.expression;
  const used = argument && [...descendants(source, loop.body)].some((node) => node.pos >= statement.end && isSameName(source, node, argument));
  return used ? 'the loop goes on with the row once it is written.' : null;
}

function isSameName({ typescript }: SourceText, node: ts.Node, argument: ts.Expression): boolean {
  return typescript.isIdentifier(node) && typescript.isIdentifier(argument) && node.text === argument.text;
}

function hasJump(source: SourceText, body: ts.Node, wanted: (kind: ts.SyntaxKind) => boolean): boolean {
  return [...descendants(source, body)].some((node) => wanted(node.kind));
}

/** The loop's element, where that is the row. */
function rowOf(source: SourceText, loop: Loop, call: MethodCall): ts.Identifier | null {
  const { typescript } = source;
  const last = call.arguments.at(-1);
  const row = last ? unwrap(source, last) : unwrap(source, call.expression.expression);
  if (!typescript.isIdentifier(row) || !typescript.isIdentifier(loop.element) || row.text !== loop.element.text) return null;
  return nearestDeclaration(source, row.text, row)?.name === loop.element ? row : null;
}

/** `await call;` as a statement of its own. */
function awaitedStatement({ typescript }: SourceText, call: MethodCall): ts.ExpressionStatement | null {
  const statement = typescript.isAwaitExpression(call.parent) ? call.parent.parent : null;
  return statement && typescript.isExpressionStatement(statement) ? statement : null;
}

function onlyStatement({ typescript }: SourceText, body: ts.Node): ts.Node | undefined {
  if (!typescript.isBlock(body)) return body;
  return body.statements.length === 1 ? body.statements[0] : undefined;
}

/** Takes a statement away, with its line. */
function withoutLine(source: SourceText, statement: ts.Statement): Change {
  const start = statement.getStart(source.tree);
  const lead = /(?:\r?\n)?[ \t]*$/.exec(source.text.slice(0, start))?.[0].length ?? 0;
  return { start: start - lead, end: statement.end, newText: '' };
}

function changed(bulk: BulkCall, changes: readonly Change[]): BulkResult {
  return { kind: 'changes', changes, method: bulk.method };
}
