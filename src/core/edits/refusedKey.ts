/**
 * Keys that a database refuses to compare (no number, no uuid): one of them would refuse the query for all keys. That changes nothing where the loop would
 * have failed all the same, but something where a turn, or the code around the loop, goes on after it, and where the loop ends before it.
 */
import type ts from 'typescript';
import { checkedKeyObstacle } from './keyGuard';
import { columnOfKey } from './lookupKey';
import type { LoopKey } from './loopKey';
import { isSeenOutside } from './loopObstacles';
import type { BatchRequest } from './loopQuestion';
import type { Loop } from './loops';
import { descendants, enclosingFunction, lineOf, unwrap, type SourceText } from './sourceText';

const REFUSES_ALL = 'one key that the database refuses would refuse all of them';

export interface AskedInTurn {
  readonly source: SourceText;
  readonly call: ts.CallExpression;
  readonly key: LoopKey;
  readonly loop: Loop;
  /** The outermost of the loops before which all keys are asked for. */
  readonly outermost: Loop;
  /** Of the column that the key is compared with. */
  readonly type: string | null;
  readonly request: BatchRequest;
  /** What the turn calls, where the lookup stands in a function of its own. */
  readonly within?: Helper;
}

interface Helper {
  readonly source: SourceText;
  readonly body: ts.Node;
  readonly lookup: ts.CallExpression;
  /** As reasons name it. */
  readonly name: string;
}

/**
 * A reason, or null where a key that is refused does the same before the loop. Keys that come from a column are never refused, and SQLite refuses only
 * `NaN`, which TypeORM writes into the statement.
 */
export function refusedKeyObstacle({ source, call, key, loop, outermost, type, request, within }: AskedInTurn): string | null {
  const checked = within && checkedWithin(within, key, request);
  if (checked) return checked;
  if (mayThrow(key, request) && handlesErrors(source, loop.body, call))
    return `each turn handles its own errors, and ${key.ofElement} would be read before the loop, where one that cannot be read fails all of them.`;
  const refusesNone = /sqlite|sqljs/.test(request.driver ?? '') && !isConverted(key);
  if (refusesNone || columnOfKey(key, request).from || isListOfNumbers(source, loop.list)) return null;
  const isHandledWithin = within && handlesErrors(within.source, within.body, within.lookup);
  if (isHandledWithin || handlesErrors(source, loop.body, call) || isSettled(source, loop))
    return `each turn handles the errors of its own lookup, and ${REFUSES_ALL}.`;
  // Any text can be compared with a text.
  if (/char|text|string|clob/i.test(type ?? '')) return null;
  const end = endOfLoop(source, outermost);
  if (end) return `the loop may end (line ${lineOf(source, end)}) before it has asked for every key, and ${REFUSES_ALL}.`;
  const seen = seenBehindCatch(source, outermost);
  return seen ? `what the loop did (line ${lineOf(source, seen)}) is still there where its errors are handled, and ${REFUSES_ALL} before it.` : null;
}

/** `order.parent.userId`, `order.code.trim()`: of what may be null; not the columns of an embedded object. */
function mayThrow(key: LoopKey, request: BatchRequest): boolean {
  return /^[\w$]+!?\.[\w$]+!?\.[\w$]/.test(key.ofElement) && !columnOfKey(key, request).from;
}

function checkedWithin({ source, body, lookup, name }: Helper, key: LoopKey, { elementEntity }: BatchRequest): string | null {
  return checkedKeyObstacle(source, lookup, body, { keys: [asWritten(key)], code: name, elementEntity });
}

/** `id` of `id.toLowerCase()` and `String(id)`, by which a row is found in the Map. */
function asWritten({ inLoop }: LoopKey): string {
  return inLoop.replace(/^(?:String|BigInt)\((.*)\)$/, '$1').replace(/\.toLowerCase\(\)$/, '');
}

/** Of `Number(text)` and its like comes `NaN` where the text is no number, of `BigInt(text)` an error. */
function isConverted({ ofElement }: LoopKey): boolean {
  return /\b(?:Number|parseInt|parseFloat|BigInt)\(|^\+/.test(ofElement);
}

/** `[201, 202]`, written out where the loop begins. */
function isListOfNumbers(source: SourceText, list: ts.Expression): boolean {
  const { typescript } = source;
  const value = unwrap(source, list);
  return (
    typescript.isArrayLiteralExpression(value) && value.elements.every((each) => typescript.isNumericLiteral(each) && Number(each.text) < 2 ** 31)
  );
}

/** `try { … } catch` in the turn, or `.catch(…)`. */
function handlesErrors(source: SourceText, body: ts.Node, call: ts.CallExpression): boolean {
  const { typescript } = source;
  for (let at: ts.Node = call; at !== body && !typescript.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (isHandled(source, at)) return true;
    if (typescript.isPropertyAccessExpression(parent) && parent.expression === at && parent.name.text === 'catch') return true;
  }
  return false;
}

/** Promise.allSettled around the callbacks. */
function isSettled({ typescript, tree }: SourceText, { node }: Loop): boolean {
  const around = node.parent as ts.Node | undefined;
  return !!around && typescript.isCallExpression(around) && around.expression.getText(tree) === 'Promise.allSettled';
}

/** Whether a node is what a `try` with a `catch` tries. */
function isHandled({ typescript }: SourceText, node: ts.Node): boolean {
  const { parent } = node;
  return typescript.isTryStatement(parent) && parent.tryBlock === node && parent.catchClause !== undefined;
}

/** Where a loop that is a statement is left: `return`, or `break` of a loop. */
function endOfLoop(source: SourceText, { node, body }: Loop): ts.Node | undefined {
  const { typescript } = source;
  if (typescript.isCallExpression(node)) return undefined;
  const fn = enclosingFunction(source, node);
  return [...descendants(source, body)].find(
    (each) =>
      enclosingFunction(source, each) === fn &&
      (typescript.isReturnStatement(each) || (typescript.isBreakStatement(each) && !isOfSwitch(source, each))),
  );
}

function isOfSwitch({ typescript }: SourceText, { label, parent }: ts.BreakStatement): boolean {
  let at: ts.Node = parent;
  while (!typescript.isIterationStatement(at, false) && !typescript.isCaseOrDefaultClause(at) && !typescript.isFunctionLike(at)) at = at.parent;
  return !label && typescript.isCaseOrDefaultClause(at);
}

/** What the loop does to something from before the `try` around it. */
function seenBehindCatch(source: SourceText, { node, body }: Loop): ts.Node | undefined {
  const { typescript } = source;
  let at = node;
  while (!isHandled(source, at)) {
    at = at.parent;
    if ((typescript.isFunctionLike(at) && !isHandedOn(source, at)) || typescript.isSourceFile(at)) return undefined;
  }
  return [...descendants(source, body)].find((each) => typescript.isExpressionStatement(each) && isSeenOutside(source, at, each.expression));
}

/** `ds.transaction(async (manager) => …)`: what it throws comes out of the call. */
function isHandedOn({ typescript }: SourceText, fn: ts.Node): boolean {
  return (typescript.isArrowFunction(fn) || typescript.isFunctionExpression(fn)) && typescript.isCallExpression(fn.parent);
}
