/** What a piece of code writes to the database, by itself or through the functions that it calls, in whichever file they stand. */
import type ts from 'typescript';
import { calleeOf, functionOf, type Callee } from './callee';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { isMethodCall, type MethodCall } from './findCall';
import { referencesTo } from './iteration';
import { importOf, isPackage } from './importedModule';
import { isLimited } from './limitedCalls';
import { nodesByName } from './nodesByName';
import { nearestDeclaration, receiverEntity } from './receiverEntity';
import { descendants, enclosingFunction, unwrap, type SourceText } from './sourceText';

export interface Write {
  /** The call in the code looked at: the write itself, or what leads to it. */
  readonly call: ts.CallExpression;
  readonly kind: 'writes' | 'calls a writer' | 'may write';
  /** The method that writes: `save`. */
  readonly method: string;
  /** Whose rows it writes; null where that is not told. */
  readonly entity: string | null;
}

const WRITES =
  /^(save|insert|update|updateAll|upsert|remove|softRemove|recover|delete|deleteAll|softDelete|restore|increment|decrement|clear|query|execute|transaction)$/;

/** Functions that nobody can look into, but are named as if they read or tell. */
const READS =
  /^(get|find|fetch|load|list|read|search|select|query|is|has|can|may|should|must|count|sum|average|minimum|maximum|exists?|to|as|from|map|format|render|build|make|calc|calculate|compute|convert|transform|serialize|parse|translate|describe|resolve|all|allSettled|race|any|sleep|delay|wait|timeout|check|validate|verify|assert|expect|compare|send|notify|mail|log|info|warn|error|debug|trace|print|emit|publish|hash|sign|encode|decode|download|json|text|next|then|catch|finally|push|reduce|reduceRight|filter|some|every|flatMap|forEach)(?![a-z])/;

/**
 * Every write within `body`, those of the functions that it calls included.
 *
 * @param known calls that are none of its matter
 * @param rows which entity's rows variables hold, where the file does not say so: `order` of `for (const order of orders)`
 */
export function writesIn(
  source: SourceText,
  body: ts.Node,
  known: readonly ts.Node[] = [],
  rows: ReadonlyMap<string, string> = new Map(),
  seen: Set<ts.Node> = new Set(),
): Write[] {
  const { typescript } = source;
  return [body, ...descendants(source, body)].flatMap((node) =>
    typescript.isCallExpression(node) && !known.includes(node) ? writesOf(source, node, rows, seen) : [],
  );
}

/** Whether a write may change rows of an entity: its own or a related class's, or those that follow by a cascade. */
export function mayChange({ entities }: RelationGraph, target: string, { method, entity: written }: Write): boolean {
  const find = (name: string | null): Entity | undefined => entities.find((each) => each.name === name);
  const [from, to] = [find(written), find(target)];
  if (!from || !to || isSameFamily(from, to)) return true;
  if (/^(save|insert|upsert|remove|softRemove|recover)$/.test(method) && from.relations.some(({ cascade }) => cascade.length > 0)) return true;
  const isDeletion = /^(remove|delete|deleteAll|softRemove|softDelete|clear|restore|recover)$/.test(method);
  return isDeletion && to.relations.some(({ owner, targetId }) => owner && targetId === from.id);
}

/** Single-table inheritance: a class and those that extend it have rows in one table. */
function isSameFamily(a: Entity, b: Entity): boolean {
  return a.name === b.name || a.table === b.table || a.parent === b.name || b.parent === a.name;
}

/** The name by which a call calls: `save` of `repo.save()`. */
export function calleeName({ typescript }: SourceText, { expression }: { readonly expression: ts.Expression }): string {
  if (typescript.isPropertyAccessExpression(expression)) return expression.name.text;
  return typescript.isIdentifier(expression) ? expression.text : 'a function';
}

function writesOf(source: SourceText, call: ts.CallExpression, rows: ReadonlyMap<string, string>, seen: Set<ts.Node>): Write[] {
  const callee = calleeOf(source, call);
  const handed = call.arguments.flatMap((argument) => functionOf(source, argument) ?? []);
  const inner = [...(callee ? [callee] : []), ...handed, ...listenersTo(source, call)].flatMap((each) => writesWithin(each, seen));
  if (callee || inner.length > 0) return inner.map((write) => ({ ...write, call, kind: 'calls a writer' }));
  const method = calleeName(source, call);
  if (isMethodCall(source, call) && WRITES.test(method))
    return isOnBuiltin(source, call.expression.expression) ? [] : [{ call, kind: 'writes', method, entity: writtenEntity(source, call, rows) }];
  const isUnknown =
    isWaitedFor(source, call) &&
    !isLimited(source, call) &&
    !READS.test(method) &&
    !isOfLanguage(source, call.expression) &&
    !isOfPackage(source, call.expression);
  return isUnknown ? [{ call, kind: 'may write', method, entity: null }] : [];
}

/** What the file lets run at an event: `events.on('seen', (id) => …)` for `events.emit('seen', id)`. */
function listenersTo(source: SourceText, call: ts.CallExpression): Callee[] {
  const { typescript, tree } = source;
  const [event] = call.arguments;
  if (!event || !isMethodCall(source, call) || !/^emit(Async)?$/.test(call.expression.name.text)) return [];
  const names = ['on', 'once', 'addListener', 'prependListener'].flatMap((name) => nodesByName(source).identifiers.get(name) ?? []);
  return names.flatMap(({ parent: { parent: listening } }) => {
    if (!isMethodCall(source, listening) || listening.arguments[0]?.getText(tree) !== event.getText(tree)) return [];
    const listener = listening.arguments[1];
    if (!listener) return [];
    return typescript.isArrowFunction(listener) || typescript.isFunctionExpression(listener)
      ? [{ source, fn: listener }]
      : (functionOf(source, listener) ?? []);
  });
}

function writesWithin({ source, fn }: Callee, seen: Set<ts.Node>): Write[] {
  if (!fn.body || seen.has(fn)) return [];
  seen.add(fn);
  return writesIn(source, fn.body, [], new Map(), seen);
}

/** By the repository, or by the row: `manager.save(order)`, `order.save()`. */
function writtenEntity(source: SourceText, call: MethodCall, rows: ReadonlyMap<string, string>): string | null {
  const { typescript } = source;
  const own = receiverEntity(source, call);
  if (own) return own;
  const row = unwrap(source, call.arguments.at(-1) ?? call.expression.expression);
  return typescript.isIdentifier(row) ? (rows.get(row.text) ?? null) : null;
}

/** `seen.delete(id)` of a Set or Map is no query. */
function isOnBuiltin(source: SourceText, expression: ts.Expression): boolean {
  const { typescript } = source;
  const receiver = unwrap(source, expression);
  if (!typescript.isIdentifier(receiver)) return false;
  const declaration = nearestDeclaration(source, receiver.text, receiver);
  return /^\s*new (Weak)?(Set|Map)\b/.test(declaration?.initializer?.getText(source.tree) ?? '');
}

/** Whether somebody waits for what an expression gives, at once or later: `await Promise.all([…])`, `done.then(…)`, `pending.push(…)`. */
function isWaitedFor(source: SourceText, value: ts.Expression, depth = 0): boolean {
  const { typescript, tree } = source;
  const { parent } = value;
  if (depth > 12) return false;
  const goesOn = (next: ts.Expression): boolean => isWaitedFor(source, next, depth + 1);
  const isLaterOn = (name: ts.Node): boolean =>
    typescript.isIdentifier(name) && referencesTo(source, name).some((use) => use !== value && goesOn(use));
  if (typescript.isAwaitExpression(parent) || typescript.isVoidExpression(parent)) return true;
  if (
    typescript.isParenthesizedExpression(parent) ||
    typescript.isNonNullExpression(parent) ||
    typescript.isAsExpression(parent) ||
    typescript.isArrayLiteralExpression(parent) ||
    (typescript.isConditionalExpression(parent) && parent.condition !== value)
  )
    return goesOn(parent);
  if (typescript.isVariableDeclaration(parent)) return isLaterOn(parent.name);
  if (typescript.isPropertyAccessExpression(parent))
    return /^(then|catch|finally)$/.test(parent.name.text) && typescript.isCallExpression(parent.parent);
  if (typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === value)) {
    const call = enclosingFunction(source, value)?.parent;
    return !!call && typescript.isCallExpression(call) && goesOn(call);
  }
  if (!typescript.isCallExpression(parent) || parent.expression === value) return false;
  if (/^Promise\.(all|allSettled|race|any)$/.test(parent.expression.getText(tree))) return true;
  return isMethodCall(source, parent) && parent.expression.name.text === 'push' && isLaterOn(parent.expression.expression);
}

/** Functions of JavaScript itself that make a value of others: `Number(row.total)`, `Math.round(…)`. */
const OF_LANGUAGE = /^(Number|String|Boolean|BigInt|Math|Object|Array|JSON|Date|Symbol|isNaN|isFinite|structuredClone|(en|de)codeURI(Component)?)$/;

function isOfLanguage(source: SourceText, expression: ts.Expression): boolean {
  const { typescript } = source;
  const root = typescript.isPropertyAccessExpression(expression) ? expression.expression : expression;
  if (!typescript.isIdentifier(root) || !OF_LANGUAGE.test(root.text)) return false;
  return nearestDeclaration(source, root.text, root) === null && importOf(source, root.text) === null;
}

/** `mailer.send()` of an imported package, or of what the constructor is given of one. */
function isOfPackage(source: SourceText, expression: ts.Expression): boolean {
  const { typescript } = source;
  const callee = unwrap(source, expression);
  if (typescript.isIdentifier(callee)) return isImportedFromPackage(source, callee.text);
  if (!typescript.isPropertyAccessExpression(callee)) return false;
  const receiver = unwrap(source, callee.expression);
  if (typescript.isPropertyAccessExpression(receiver) && receiver.expression.kind === typescript.SyntaxKind.ThisKeyword)
    return (nodesByName(source).members.get(receiver.name.text) ?? []).some(({ type }) => type && isTypeOfPackage(source, type));
  if (!typescript.isIdentifier(receiver)) return typescript.isCallExpression(receiver) && isOfPackage(source, receiver.expression);
  const declaration = nearestDeclaration(source, receiver.text, receiver);
  return declaration?.type ? isTypeOfPackage(source, declaration.type) : !declaration && isImportedFromPackage(source, receiver.text);
}

function isTypeOfPackage(source: SourceText, type: ts.TypeNode): boolean {
  return source.typescript.isTypeReferenceNode(type) && isImportedFromPackage(source, /^\w+/.exec(type.typeName.getText(source.tree))?.[0] ?? '');
}

function isImportedFromPackage(source: SourceText, name: string): boolean {
  const imported = importOf(source, name);
  return imported !== null && isPackage(source, imported.specifier) && imported.specifier !== 'typeorm';
}
