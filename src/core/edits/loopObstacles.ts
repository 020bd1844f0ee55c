/** What in a loop's body forbids asking before the loop: writes between the turns, keys that change until they are asked for, and rows that are changed in place. */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import { assignedBy, isAssigned } from './assignment';
import { calleeOf } from './callee';
import { codeOfTurn, runsInTurn, standsFor, type Piece } from './codeOfTurn';
import { newInEachTurn } from './eachTurnAnew';
import { isMethodCall, type MethodCall } from './findCall';
import type { LoopKey } from './loopKey';
import type { BatchRequest } from './loopQuestion';
import { boundNames, type Loop } from './loops';
import { changeOf, changeOfVariable, COLLECTORS, type Culprit, type Holder } from './rowFlow';
import { referencesTo } from './iteration';
import { nodesByName } from './nodesByName';
import { pendingWrite } from './pendingWrites';
import { raceObstacle } from './racedLookup';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, fileName, isWithin, lineOf, unwrap, type SourceText } from './sourceText';
import { calleeName, mayChange, writesIn, type Write } from './writes';

/** What is asked for before the loop. */
export interface AskedBefore {
  readonly source: SourceText;
  /** The lookup. */
  readonly call: ts.CallExpression;
  readonly key: Pick<LoopKey, 'ofElement' | 'isElement'>;
  /** What of the lookup has to be the same in every turn. */
  readonly fixed: readonly ts.Node[];
  readonly request: Pick<BatchRequest, 'graph' | 'entity' | 'elementEntity'>;
  /** What loops within the loop run over, down to the one that asks. */
  readonly innerLists?: readonly ts.Expression[];
  /** Whether it gives one row, or a list. */
  readonly one: boolean;
  /** Whether it gives the list and its length. */
  readonly isCounted?: true;
  /** Whether the lookup gives the one row of a primary key, so that two of one key give one row. */
  readonly isByPrimaryKey: boolean;
  /** Whether a property of the rows is a plain value, which nobody can change in its place. */
  readonly isPlain: (property: string) => boolean;
  /** Whether no two turns ask for the same key, so that none of them sees a row that another has changed. */
  readonly isOwnKey: boolean;
}

/** A reason, or null where the lookup may run before the loop. */
export function obstacleInBody(loop: Loop, asked: AskedBefore): string | null {
  const { source, call } = asked;
  const moving = movingTarget(loop, asked) ?? timeInBetween(loop, asked) ?? pendingWrite(source, loop, asked.request);
  if (moving !== null) return moving;
  const written = writeInTurn(loop, asked);
  if (written !== null && !(asked.isByPrimaryKey && savesTheRow(source, loop, call))) return written;
  return asked.isOwnKey || (asked.isByPrimaryKey && writesIn(source, loop.body, [call]).length > 0) ? null : sharedRow(asked);
}

type AskedEarlier = Pick<AskedBefore, 'source' | 'call' | 'key' | 'fixed' | 'request' | 'innerLists'>;

/** Why what the lookup asks for could be another thing before the loop than in its turn. */
export function whyNotEarlier(loop: Loop, asked: AskedEarlier): string | null {
  return movingTarget(loop, asked) ?? pendingWrite(asked.source, loop, asked.request) ?? writeInTurn(loop, asked);
}

function writeInTurn(loop: Loop, { source, call, request }: AskedEarlier): string | null {
  return writeWithin(source, loop.body, { ...request, known: [call], rows: rowsOf(source, loop, request.elementEntity) });
}

/** Which entity's row the loop's element is. */
export function rowsOf({ typescript }: SourceText, { element }: Pick<Loop, 'element'>, entity: string | null): ReadonlyMap<string, string> {
  return new Map(entity !== null && typescript.isIdentifier(element) ? [[element.text, entity]] : []);
}

export interface Watched {
  readonly graph: RelationGraph;
  /** The entity whose rows are asked for. */
  readonly entity: string;
  /** Calls that are no writes. */
  readonly known?: readonly ts.Node[];
  /** Which entity's rows variables hold. */
  readonly rows?: ReadonlyMap<string, string>;
  /** Whether a call runs where it matters. */
  readonly counts?: (call: ts.Node) => boolean;
  /** Whether a write leaves alone what is asked for, whosever rows it writes. */
  readonly isHarmless?: (write: Write) => boolean;
  /** How the reason names the code that writes, and what would not see it. */
  readonly code?: string;
  readonly query?: 'a lookup before it' | 'the query before it' | 'the query above';
}

/** Why what is written in a piece of code could change the rows that are asked for earlier. */
export function writeWithin(source: SourceText, body: ts.Node, watched: Watched): string | null {
  const { graph, entity, known, rows, counts = () => true, isHarmless = () => false, code = 'the loop', query = 'a lookup before it' } = watched;
  const handedOut = yieldIn(source, body, counts);
  if (handedOut)
    return `${code} hands out its rows one by one (yield in line ${lineOf(source, handedOut)}), and ${query} would not see what is written in between.`;
  const write = writesIn(source, body, known, rows).find((each) => counts(each.call) && mayChange(graph, entity, each) && !isHarmless(each));
  if (!write) return null;
  const place = `${calleeName(source, write.call)}() in line ${lineOf(source, write.call)}`;
  const what = write.kind === 'writes' ? `writes (${place})` : `calls ${place}, which ${write.kind === 'may write' ? 'may write' : 'writes'}`;
  return `${code} ${what}, and ${query} would not see what it wrote.`;
}

/** Where a generator waits for whoever takes its rows. */
function yieldIn(source: SourceText, body: ts.Node, counts: (node: ts.Node) => boolean): ts.Node | undefined {
  const { typescript } = source;
  const own = typescript.isFunctionLike(body) ? body : enclosingFunction(source, body);
  return [...descendants(source, body)].find((node) => typescript.isYieldExpression(node) && counts(node) && enclosingFunction(source, node) === own);
}

/** Why the rows that a query loads besides may be others by the end of `until`: what is written since it, or since its function was called. */
export function writeSince(source: SourceText, query: MethodCall, until: ts.Node, watched: Watched, known: readonly ts.Node[]): string | null {
  const asking = enclosingFunction(source, query);
  const body = enclosingFunction(source, until) ?? source.tree;
  const isInside = asking === null || isWithin(until, asking);
  const from = isInside
    ? query
    : [...descendants(source, body)].find((node) => source.typescript.isCallExpression(node) && calleeOf(source, node)?.fn === asking);
  if (!from) return null;
  const counts = ({ pos, end }: ts.Node): boolean => pos >= from.end && end <= until.end;
  const where = isInside ? (asking ?? source.tree) : body;
  return writeWithin(source, where, { ...watched, known, counts, code: 'the code', query: 'the query above' });
}

/** Why turns may not share the rows that they find. */
export function sharedRow({
  source,
  call,
  one,
  isCounted,
  isPlain,
}: Pick<AskedBefore, 'source' | 'call' | 'one' | 'isCounted' | 'isPlain'>): string | null {
  const culprit = changeOf(source, call, one ? ROW : isCounted ? ROWS_AND_COUNT : ROWS, {
    isPlain,
    isShared: true,
  });
  if (!culprit) return null;
  const where = `in ${placeOf(source, culprit)}`;
  if (culprit.isCompared) return `the row found is told from other objects ${where}, and turns with the same key would share it.`;
  return culprit.handedTo === null
    ? `the row found is changed ${where}, and turns with the same key would share it.`
    : `the row found is handed to ${culprit.handedTo}() ${where}, which may change it, and turns with the same key would share it.`;
}

const ROW: Holder = { kind: 'row' };
/** The list is shared as well: `marks.sort()` changes what the next turn gets. */
const ROWS: Holder = { kind: 'list', of: ROW, isShared: true };
/** The pair itself is another one for each turn. */
const ROWS_AND_COUNT: Holder = { kind: 'list', of: ROWS };

/** The list that grows, the key that changes until its turn, and conditions that change from turn to turn. */
function movingTarget(loop: Loop, { source, call, key, fixed, innerLists = [] }: AskedEarlier): string | null {
  const raced = raceObstacle(source, call, loop.node);
  if (raced !== null) return raced;
  const pieces = codeOfTurn(source, loop.body);
  const grown = growth(source, loop, pieces) ?? innerGrowth(source, innerLists, pieces);
  if (grown) return `the loop changes the list that it runs over (${placeOf(source, grown)}), so not every key is known before it.`;
  const changed = keyChange(source, loop, call, key) ?? changeThroughList(source, loop, key, pieces);
  if (changed) return `the key is changed in ${placeOf(source, changed)} before it is asked for.`;
  const anew = fixed.map((node) => newInEachTurn(source, node)).find((node) => node !== undefined);
  if (anew) return `'${anew.getText(source.tree)}' gives each turn a value of its own, and a lookup before the loop would have one for all.`;
  const moving = fixed.find((node) => isChangedIn(source, pieces, node));
  return moving ? 'the lookup needs more of the loop’s turn than its key.' : null;
}

/** `line 7`, or `line 7 of names.ts` */
function placeOf(from: SourceText, { source, node }: Pick<Culprit, 'source' | 'node'>): string {
  return `line ${lineOf(source, node)}${source === from ? '' : ` of ${fileName(source)}`}`;
}

const GROWS = /^(push|unshift|splice|add|set|fill|copyWithin)$/;

/** `queue.push(…)` of the list that the loop runs over, in the loop or in a function that it calls, by whichever name. */
function growth(source: SourceText, { list }: Loop, pieces: readonly Piece[]): Piece | undefined {
  const wanted = { source, expression: sourceOfList(source, list) };
  return growthOf(pieces, (expression, within) => standsFor(pieces, { source: within, expression }, wanted));
}

/** `order.lines.push(…)` or `next.lines = …`, where a loop within this one runs over the lines of each. */
function innerGrowth(source: SourceText, lists: readonly ts.Expression[], pieces: readonly Piece[]): Piece | undefined {
  const { typescript } = source;
  const names = lists.flatMap((list) => (typescript.isPropertyAccessExpression(list) ? [list.name.text] : []));
  return growthOf(pieces, (grown) => typescript.isPropertyAccessExpression(grown) && names.includes(grown.name.text));
}

/** Where the code makes a list longer, or another one, that passes the test. */
function growthOf(pieces: readonly Piece[], isIt: (grown: ts.Expression, source: SourceText) => boolean): Piece | undefined {
  for (const piece of pieces)
    for (const node of descendants(piece.source, piece.node)) {
      const grown = grownBy(piece.source, node);
      if (grown && isIt(grown, piece.source)) return { ...piece, node };
    }
  return undefined;
}

/** `rows` of `rows.push(…)`, `rows[0] = …` and `rows = …` */
function grownBy(source: SourceText, node: ts.Node): ts.Expression | null {
  const { typescript } = source;
  if (isMethodCall(source, node)) return GROWS.test(node.expression.name.text) ? node.expression.expression : null;
  const target = typescript.isBinaryExpression(node) ? assignedBy(source, node) : null;
  return target && typescript.isElementAccessExpression(target) ? target.expression : target;
}

/** `byId` of `byId.values()` */
function sourceOfList(source: SourceText, list: ts.Expression): ts.Expression {
  const value = unwrap(source, list);
  const isView = isMethodCall(source, value) && /^(keys|values|entries)$/.test(value.expression.name.text) && value.arguments.length === 0;
  return isView ? unwrap(source, value.expression.expression) : value;
}

/** Why what a function asks by is no more what it was handed: its parameter, or the property of it that is the key, is changed before. */
export function whyKeyChanged(
  source: SourceText,
  parameter: ts.BindingName,
  body: ts.Node,
  call: ts.CallExpression,
  key: AskedBefore['key'],
): string | null {
  const changed = keyChange(source, { element: parameter, body }, call, key);
  return changed && `the key is changed in ${placeOf(source, changed)} before it is asked for.`;
}

/** Where the element, or the property of it that is the key, is changed before the lookup. */
function keyChange(source: SourceText, loop: Pick<Loop, 'element' | 'body'>, call: ts.CallExpression, key: AskedBefore['key']): Culprit | null {
  const { typescript } = source;
  const isBefore = (node: ts.Node): boolean => isWithin(node, loop.body) && node.pos < call.pos;
  const path: readonly string[] = key.ofElement.match(/\w+/g) ?? [];
  const isElement = ({ text }: ts.Identifier): boolean => boundNames(source, loop.element).includes(text);
  const reassigned = [...descendants(source, loop.body)].find(
    (node) => typescript.isIdentifier(node) && isBefore(node) && path.includes(node.text) && isElement(node) && isAssigned(source, node),
  );
  if (reassigned) return { source, node: reassigned, handedTo: null };
  if (key.isElement || !typescript.isIdentifier(loop.element)) return null;
  const isOnTheWay = (property: string): boolean => path.slice(1, -1).includes(property);
  return changeOfVariable(source, loop.element, ROW, isBefore, {
    isPlain: (property) => !isOnTheWay(property),
    matters: (property) => property === null || path.includes(property),
  });
}

/**
 * Callbacks that run at once do what stands before the lookup one after another, and what stands behind it once their rows are there. Without the wait,
 * each does both at a go: where both can be seen from outside, they are seen in another order.
 */
function timeInBetween({ node, body }: Loop, { source, call }: Pick<AskedBefore, 'source' | 'call'>): string | null {
  const { typescript, tree } = source;
  const later = [...descendants(source, body)].find(
    (each) => typescript.isCallExpression(each) && /^(queueMicrotask|setImmediate|process\.nextTick)$/.test(each.expression.getText(tree)),
  );
  if (later) return `what the loop puts off (line ${lineOf(source, later)}) runs while it waits for the lookup, and would follow later.`;
  if (!typescript.isCallExpression(node)) return null;
  const effects = [...descendants(source, body)].filter(
    (each) => typescript.isExpressionStatement(each) && isSeenOutside(source, body, each.expression),
  );
  const before = effects.find(({ end }) => end <= call.pos);
  const after = effects.find(({ pos }) => pos >= call.end);
  if (after && !isWaitedForAtOnce(source, node))
    return `what the callbacks do behind the lookup (line ${lineOf(source, after)}) would be done before the code that follows them, which does not wait for them at once.`;
  if (!before || !after) return null;
  return `the callbacks run at once, and what they do before the lookup (line ${lineOf(source, before)}) and behind it (line ${lineOf(source, after)}) would follow in another order.`;
}

/** `await Promise.all(rows.map(…))`, `return Promise.all(…)`, also by a constant that the next statement waits for; a reduce waits for each turn by itself. */
function isWaitedForAtOnce(source: SourceText, call: ts.CallExpression): boolean {
  const { typescript, tree } = source;
  if (isMethodCall(source, call) && /^reduce(Right)?$/.test(call.expression.name.text)) return true;
  let whole: ts.Expression = call;
  while (typescript.isParenthesizedExpression(whole.parent)) whole = whole.parent;
  const { parent } = whole;
  if (typescript.isCallExpression(parent))
    return parent.arguments[0] === whole && /^Promise\.(all|allSettled)$/.test(parent.expression.getText(tree));
  if (!typescript.isVariableDeclaration(parent)) return false;
  const statement = parent.parent.parent;
  const block = statement.parent as Partial<ts.Block> | undefined;
  const next = block?.statements?.[block.statements.indexOf(statement as ts.Statement) + 1];
  return !!next && new RegExp(`Promise\\.(all|allSettled)\\(\\s*${parent.name.getText(tree)}\\s*\\)`).test(next.getText(tree));
}

/** `out.push(…)`, `count++`, `show(…)`: anything but what a variable of the turn (or whatever `body` is) is given, and what is logged. */
export function isSeenOutside(source: SourceText, body: ts.Node, expression: ts.Expression): boolean {
  const { typescript, tree } = source;
  const value = unwrap(source, expression);
  const target = assignedBy(source, value) ?? (typescript.isCallExpression(value) ? value.expression : null);
  if (!target || /^(this\.)?\w+\.(log|debug|info|warn|error|trace|verbose)$/.test(target.getText(tree))) return false;
  let root = target;
  while (typescript.isPropertyAccessExpression(root) || typescript.isElementAccessExpression(root) || typescript.isCallExpression(root))
    root = root.expression;
  const declaration = typescript.isIdentifier(root) ? nearestDeclaration(source, root.text, root) : null;
  return !declaration || !isWithin(declaration, body);
}

/** Where the turn changes keys of other elements: `for (const other of rows) other.ownerId = …`. */
function changeThroughList(source: SourceText, { list }: Loop, key: AskedBefore['key'], pieces: readonly Piece[]): Culprit | null {
  const name = sourceOfList(source, list);
  if (key.isElement || !source.typescript.isIdentifier(name)) return null;
  const path: readonly string[] = key.ofElement.match(/\w+/g) ?? [];
  const counts = (use: ts.Node): boolean => runsInTurn(pieces, source, use);
  return changeOfVariable(source, name, { kind: 'list', of: ROW }, counts, {
    isPlain: (property) => !path.slice(1, -1).includes(property),
    matters: (property) => property !== null && path.includes(property),
  });
}

/** Whether a node speaks of what code changes: `since` where each turn says `since = row.date`, `seen` where it says `seen.push(…)`, `this.page`. */
export function isChangedIn(source: SourceText, pieces: readonly Piece[], node: ts.Node): boolean {
  const { typescript } = source;
  return [node, ...descendants(source, node)].some((each) => {
    if (isField(source, each)) return isFieldChanged(source, pieces, each);
    if (!typescript.isIdentifier(each) || isMemberName(source, each)) return false;
    const declaration = nearestDeclaration(source, each.text, each);
    if (!declaration || !typescript.isIdentifier(declaration.name)) return false;
    const uses = referencesTo(source, declaration.name).filter((use) => runsInTurn(pieces, source, use) && !isWithin(use, node));
    return uses.some((use) => isAssigned(source, use) || changesAt(source, use));
  });
}

/** `this.page` */
function isField({ typescript }: SourceText, node: ts.Node): node is ts.PropertyAccessExpression {
  return typescript.isPropertyAccessExpression(node) && node.expression.kind === typescript.SyntaxKind.ThisKeyword;
}

function isFieldChanged(source: SourceText, pieces: readonly Piece[], field: ts.PropertyAccessExpression): boolean {
  const uses = (nodesByName(source).identifiers.get(field.name.text) ?? []).flatMap(({ parent }) => (isField(source, parent) ? [parent] : []));
  return uses.some((use) => runsInTurn(pieces, source, use) && (isAssigned(source, use) || changesAt(source, use)));
}

/** `limit.top -= 1`, `seen.push(…)` */
function changesAt(source: SourceText, use: ts.Expression): boolean {
  const { typescript } = source;
  let at: ts.Node = use;
  while ((typescript.isPropertyAccessExpression(at.parent) || typescript.isElementAccessExpression(at.parent)) && at.parent.expression === at)
    at = at.parent;
  if (at === use) return false;
  if (isMethodCall(source, at.parent) && at.parent.expression === at)
    return /^(push|pop|shift|unshift|splice|sort|reverse|add|delete|clear|set)/.test(at.parent.expression.name.text);
  return isAssigned(source, at);
}

function isMemberName({ typescript }: SourceText, name: ts.Identifier): boolean {
  const { parent } = name;
  return (typescript.isPropertyAssignment(parent) || typescript.isPropertyAccessExpression(parent)) && parent.name === name;
}

/**
 * `const row = await repo.findOneBy({ id }); row.name = name; await repo.save(row);` and no other write: a turn that asks for the same row again
 * gets it as the turn before has saved it. Its changes stand where nothing leaves the turn before the row is saved.
 */
function savesTheRow(source: SourceText, loop: Loop, call: ts.CallExpression): boolean {
  const uses = usesOfRow(source, call);
  // `row = repo.create(…)` where none was found: the next turn would find it.
  if (uses.some((use) => isAssigned(source, use) || isKept(source, use))) return false;
  const [write, ...more] = writesIn(source, loop.body, [call]);
  const save = write?.kind === 'writes' && isMethodCall(source, write.call) ? write.call : null;
  if (save?.expression.name.text !== 'save' || more.length > 0) return false;
  const saved = save.arguments.length === 0 ? unwrap(source, save.expression.expression) : save.arguments.at(-1);
  if (!saved || !uses.some((use) => use === saved)) return false;
  const from = Math.min(...uses.filter((use) => isTouched(source, use)).map(({ pos }) => pos), saved.pos);
  if (uses.some((use) => use.pos > save.pos && isTouched(source, use))) return false;
  return ![...descendants(source, loop.body)].some((node) => leavesTurn(source, node) && node.pos > from && node.pos < save.pos);
}

/** Where the variable that holds the lookup's answer is used. */
function usesOfRow(source: SourceText, call: ts.CallExpression): ts.Identifier[] {
  const { typescript } = source;
  let whole: ts.Node = typescript.isAwaitExpression(call.parent) ? call.parent : call;
  while (typescript.isParenthesizedExpression(whole.parent) || typescript.isNonNullExpression(whole.parent)) whole = whole.parent;
  const declaration = whole.parent;
  return typescript.isVariableDeclaration(declaration) && typescript.isIdentifier(declaration.name) ? referencesTo(source, declaration.name) : [];
}

/** Whether the row may be changed where a variable that holds it is used. */
function isTouched(source: SourceText, use: ts.Identifier): boolean {
  const { typescript } = source;
  const { parent } = use;
  if (typescript.isCallExpression(parent)) return parent.arguments.some((argument) => argument === use) && !/^save$/.test(calleeName(source, parent));
  return changesAt(source, use);
}

/** `last = row`, `[row]`, `{ row }`, `found.push(row)`: the row is seen after its turn, as the next turn of its key would leave it. */
function isKept(source: SourceText, use: ts.Identifier): boolean {
  const { typescript } = source;
  const { parent } = use;
  if (typescript.isBinaryExpression(parent)) return parent.operatorToken.kind === typescript.SyntaxKind.EqualsToken && parent.right === use;
  if (typescript.isCallExpression(parent)) return parent.arguments.some((each) => each === use) && COLLECTORS.test(calleeName(source, parent));
  return (
    typescript.isArrayLiteralExpression(parent) ||
    typescript.isShorthandPropertyAssignment(parent) ||
    (typescript.isPropertyAssignment(parent) && parent.initializer === use)
  );
}

function leavesTurn({ typescript }: SourceText, node: ts.Node): boolean {
  return (
    typescript.isContinueStatement(node) ||
    typescript.isReturnStatement(node) ||
    typescript.isBreakStatement(node) ||
    typescript.isThrowStatement(node)
  );
}
