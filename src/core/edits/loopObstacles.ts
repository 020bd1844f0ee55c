/** What in a loop's body forbids asking before the loop: writes between the turns, keys that change until they are asked for, and rows that are changed in place. */
import type ts from 'typescript';
import type { RelationGraph } from '../model/relationGraph';
import { assignedBy } from './assignment';
import { calleeOf } from './callee';
import { isMethodCall, type MethodCall } from './findCall';
import type { LoopKey } from './loopKey';
import type { BatchRequest } from './loopQuestion';
import { boundNames, type Loop } from './loops';
import { changeOf, changeOfVariable, type Culprit, type Holder } from './rowFlow';
import { referencesTo } from './iteration';
import { nearestDeclaration } from './receiverEntity';
import { descendants, enclosingFunction, isWithin, lineOf, unwrap, type SourceText } from './sourceText';
import { calleeName, mayChange, writesIn } from './writes';

/** What is asked for before the loop. */
export interface AskedBefore {
  readonly source: SourceText;
  /** The lookup. */
  readonly call: ts.CallExpression;
  readonly key: Pick<LoopKey, 'ofElement' | 'isElement'>;
  /** What of the lookup has to be the same in every turn. */
  readonly fixed: readonly ts.Node[];
  readonly request: Pick<BatchRequest, 'graph' | 'entity' | 'elementEntity'>;
  /** Whether it gives one row, or a list. */
  readonly one: boolean;
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
  const moving = movingTarget(loop, asked);
  if (moving !== null) return moving;
  const written = writeInTurn(loop, asked);
  if (written !== null && !(asked.isByPrimaryKey && savesTheRow(source, loop, call))) return written;
  return asked.isOwnKey || (asked.isByPrimaryKey && writesIn(source, loop.body, [call]).length > 0) ? null : sharedRow(asked);
}

type AskedEarlier = Pick<AskedBefore, 'source' | 'call' | 'key' | 'fixed' | 'request'>;

/** Why what the lookup asks for could be another thing before the loop than in its turn. */
export function whyNotEarlier(loop: Loop, asked: AskedEarlier): string | null {
  return movingTarget(loop, asked) ?? writeInTurn(loop, asked);
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
  /** How the reason names the code that writes, and what would not see it. */
  readonly code?: string;
  readonly query?: 'a lookup before it' | 'the query before it' | 'the query above';
}

/** Why what is written in a piece of code could change the rows that are asked for earlier. */
export function writeWithin(source: SourceText, body: ts.Node, watched: Watched): string | null {
  const { graph, entity, known, rows, counts = () => true, code = 'the loop', query = 'a lookup before it' } = watched;
  const write = writesIn(source, body, known, rows).find((each) => counts(each.call) && mayChange(graph, entity, each));
  if (!write) return null;
  const place = `${calleeName(source, write.call)}() in line ${lineOf(source, write.call)}`;
  const what = write.kind === 'writes' ? `writes (${place})` : `calls ${place}, which ${write.kind === 'may write' ? 'may write' : 'writes'}`;
  return `${code} ${what}, and ${query} would not see what it wrote.`;
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
export function sharedRow({ source, call, one, isPlain }: Pick<AskedBefore, 'source' | 'call' | 'one' | 'isPlain'>): string | null {
  const culprit = changeOf(source, call, one ? ROW : ROWS, { isPlain });
  if (!culprit) return null;
  const where = `in line ${lineOf(culprit.source, culprit.node)}${culprit.source === source ? '' : ` of ${nameOf(culprit.source)}`}`;
  return culprit.handedTo === null
    ? `the row found is changed ${where}, and turns with the same key would share it.`
    : `the row found is handed to ${culprit.handedTo}() ${where}, which may change it, and turns with the same key would share it.`;
}

const ROW: Holder = { kind: 'row' };
/** The list is shared as well: `marks.sort()` changes what the next turn gets. */
const ROWS: Holder = { kind: 'row', part: true };

function nameOf({ file }: SourceText): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** The list that grows, the key that changes until its turn, and conditions that change from turn to turn. */
function movingTarget(loop: Loop, { source, call, key, fixed }: AskedEarlier): string | null {
  const grown = growth(source, loop);
  if (grown) return `the loop changes the list that it runs over (line ${lineOf(source, grown)}), so not every key is known before it.`;
  const changed = keyChange(source, loop, call, key);
  if (changed) return `the key is changed in line ${lineOf(changed.source, changed.node)} before it is asked for.`;
  const moving = fixed.find((node) => isChangedByLoop(source, loop, node));
  return moving ? 'the lookup needs more of the loop’s turn than its key.' : null;
}

const GROWS = /^(push|unshift|splice|add|set|fill|copyWithin)$/;

/** `queue.push(…)` of the list that the loop runs over. */
function growth(source: SourceText, { list, body }: Loop): ts.Node | undefined {
  const { typescript, tree } = source;
  const text = unwrap(source, list).getText(tree);
  return [...descendants(source, body)].find((node) => {
    if (isMethodCall(source, node)) return node.expression.expression.getText(tree) === text && GROWS.test(node.expression.name.text);
    const target = typescript.isBinaryExpression(node) ? assignedBy(source, node) : null;
    if (!target) return false;
    return target.getText(tree) === text || (typescript.isElementAccessExpression(target) && target.expression.getText(tree) === text);
  });
}

/** Where the element, or the property of it that is the key, is changed before the lookup. */
function keyChange(source: SourceText, loop: Loop, call: ts.CallExpression, key: AskedBefore['key']): Culprit | null {
  const { typescript } = source;
  const isBefore = (node: ts.Node): boolean => isWithin(node, loop.body) && node.pos < call.pos;
  const path: readonly string[] = key.ofElement.match(/\w+/g) ?? [];
  const reassigned = [...descendants(source, loop.body)].find(
    (node) => isBefore(node) && boundNames(source, loop.element).some((name) => path.includes(name) && isAssignmentTo(source, node, name)),
  );
  if (reassigned) return { source, node: reassigned, handedTo: null };
  if (key.isElement || !typescript.isIdentifier(loop.element)) return null;
  const isOnTheWay = (property: string): boolean => path.slice(1, -1).includes(property);
  return changeOfVariable(source, loop.element, ROW, isBefore, {
    isPlain: (property) => !isOnTheWay(property),
    matters: (property) => property === null || path.includes(property),
  });
}

/** Whether a node speaks of a variable that the loop changes: `since` where each turn says `since = row.date`, `seen` where it says `seen.push(…)`. */
function isChangedByLoop(source: SourceText, loop: Loop, node: ts.Node): boolean {
  const { typescript } = source;
  return [node, ...descendants(source, node)].some((each) => {
    if (!typescript.isIdentifier(each) || isMemberName(source, each)) return false;
    const declaration = nearestDeclaration(source, each.text, each);
    if (!declaration || !typescript.isIdentifier(declaration.name)) return false;
    const uses = referencesTo(source, declaration.name).filter((use) => isWithin(use, loop.body) && !isWithin(use, node));
    return uses.some((use) => isAssignmentTo(source, use.parent, each.text) || changesAt(source, use));
  });
}

/** `limit.top -= 1`, `seen.push(…)` */
function changesAt(source: SourceText, use: ts.Identifier): boolean {
  const { typescript } = source;
  let at: ts.Node = use;
  while ((typescript.isPropertyAccessExpression(at.parent) || typescript.isElementAccessExpression(at.parent)) && at.parent.expression === at)
    at = at.parent;
  if (at === use) return false;
  if (isMethodCall(source, at.parent) && at.parent.expression === at)
    return /^(push|pop|shift|unshift|splice|sort|reverse|add|delete|clear|set)/.test(at.parent.expression.name.text);
  return isAssignmentTo(source, at.parent, at.getText(source.tree));
}

function isMemberName({ typescript }: SourceText, name: ts.Identifier): boolean {
  const { parent } = name;
  return (typescript.isPropertyAssignment(parent) || typescript.isPropertyAccessExpression(parent)) && parent.name === name;
}

/** `name = …`, `name += …`, `name++` */
function isAssignmentTo(source: SourceText, node: ts.Node, name: string): boolean {
  return assignedBy(source, node)?.getText(source.tree) === name;
}

/**
 * `const row = await repo.findOneBy({ id }); row.name = name; await repo.save(row);` and no other write: a turn that asks for the same row again
 * gets it as the turn before has saved it. Its changes stand where nothing leaves the turn before the row is saved.
 */
function savesTheRow(source: SourceText, loop: Loop, call: ts.CallExpression): boolean {
  const uses = usesOfRow(source, call);
  // `row = repo.create(…)` where none was found: the next turn would find it.
  if (uses.some((use) => isReplaced(source, use))) return false;
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

/** `row = …`, `row ??= …` */
function isReplaced(source: SourceText, use: ts.Identifier): boolean {
  return source.typescript.isBinaryExpression(use.parent) && isAssignmentTo(source, use.parent, use.text);
}

function leavesTurn({ typescript }: SourceText, node: ts.Node): boolean {
  return (
    typescript.isContinueStatement(node) ||
    typescript.isReturnStatement(node) ||
    typescript.isBreakStatement(node) ||
    typescript.isThrowStatement(node)
  );
}
