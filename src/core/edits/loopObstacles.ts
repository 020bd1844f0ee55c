/** What in a loop's body forbids asking before the loop: writes between the turns, and rows that are changed in place. */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from './findCall';
import type { Loop } from './loops';
import { calledFunction, functionNamed } from './localFunction';
import { nearestDeclaration } from './receiverEntity';
import { descendants, lineOf, unwrap, type SourceText } from './sourceText';

const WRITES =
  /^(save|insert|update|updateAll|upsert|remove|softRemove|recover|delete|deleteAll|softDelete|restore|increment|decrement|clear|query|execute|transaction)$/;
const MUTATORS = /^(merge|assign|preload|push|splice|sort|reverse)$/;

/**
 * A reason, or null where the lookup `call` may run before the loop.
 *
 * @param isByPrimaryKey whether the lookup gives the one row of a primary key, so that two of one key give one row
 * @param isOwnKey whether no two turns ask for the same key, so that none of them sees a row that another has changed
 */
export function obstacleInBody(source: SourceText, loop: Loop, call: ts.CallExpression, isOwnKey = false, isByPrimaryKey = false): string | null {
  if (isByPrimaryKey && savesTheRow(source, loop, call)) return null;
  const write = writeIn(source, loop.body, call);
  if (write)
    return `the loop writes (${write.expression.name.text}() in line ${lineOf(source, write)}), and a lookup before it would not see what it wrote.`;
  const writer = writerIn(source, loop.body, call);
  if (writer)
    return `the loop calls ${calleeName(source, writer)}() in line ${lineOf(source, writer)}, which may write, and a lookup before it would not see what it wrote.`;
  if (isOwnKey) return null;
  const uses = usesOfRow(source, call);
  const changing = uses.find((use) => isChanged(source, use));
  if (changing) return `the row found is changed in line ${lineOf(source, changing)}, and turns with the same key would share it.`;
  const handed = uses.find((use) => isHandedToChanger(source, use));
  return handed
    ? `the row found is handed to ${calleeName(source, handed.parent)}() in line ${lineOf(source, handed)}, which may change it, and turns with the same key would share it.`
    : null;
}

/**
 * `const row = await repo.findOneBy({ id }); row.name = name; await repo.save(row);` and no other write: a turn that asks for the same row again
 * gets it as the turn before has saved it. Its changes stand where nothing leaves the turn before the row is saved.
 */
function savesTheRow(source: SourceText, loop: Loop, call: ts.CallExpression): boolean {
  const { typescript } = source;
  const uses = usesOfRow(source, call).filter(({ parent }) => !typescript.isAwaitExpression(parent));
  // `row = repo.create(…)` where none was found: the next turn would find it.
  if (uses.some((use) => isReplaced(source, use))) return false;
  const saves = writesIn(source, loop.body, call);
  const [save] = saves;
  if (!save || saves.length > 1 || save.expression.name.text !== 'save' || writerIn(source, loop.body, call, save)) return false;
  const saved = save.arguments.length === 0 ? unwrap(source, save.expression.expression) : save.arguments.at(-1);
  if (!saved || !uses.includes(saved)) return false;
  const changes = uses.filter((use) => use !== saved && (isChanged(source, use) || isAssignedTo(source, use)));
  const [first = saved] = changes;
  if (changes.some(({ pos }) => pos > save.pos)) return false;
  return ![...descendants(source, loop.body)].some(
    (node) =>
      (typescript.isContinueStatement(node) ||
        typescript.isReturnStatement(node) ||
        typescript.isBreakStatement(node) ||
        typescript.isThrowStatement(node)) &&
      node.pos > first.pos &&
      node.pos < save.pos,
  );
}

/** `row = …`, `row ??= …` */
function isReplaced({ typescript }: SourceText, use: ts.Node): boolean {
  const { parent } = use;
  if (!typescript.isBinaryExpression(parent) || parent.left !== use) return false;
  const { kind } = parent.operatorToken;
  return kind >= typescript.SyntaxKind.FirstAssignment && kind <= typescript.SyntaxKind.LastAssignment;
}

/** `Object.assign(row, changes)` */
function isAssignedTo({ typescript }: SourceText, { parent }: ts.Node): boolean {
  return typescript.isCallExpression(parent) && /\b(assign|merge)$/.test(parent.expression.getText());
}

/** The first write of the database within a node, other than `call`. */
export function writeIn(source: SourceText, body: ts.Node, call: ts.CallExpression): MethodCall | undefined {
  return writesIn(source, body, call)[0];
}

function writesIn(source: SourceText, body: ts.Node, call: ts.CallExpression | undefined): MethodCall[] {
  return [...descendants(source, body)].filter(
    (node): node is MethodCall => isMethodCall(source, node) && node !== call && WRITES.test(node.expression.name.text) && !isOnBuiltin(source, node),
  );
}

/** Functions of other files that are named as if they wrote. */
const WRITERS =
  /^(save|create|update|insert|delete|remove|upsert|increment|decrement|mark|touch|apply|record|register|process|archive|restore|assign|store|persist)/i;

/** A call in the loop that may write by another function: one of this file that does, or one that is waited for and named so. */
function writerIn(source: SourceText, body: ts.Node, ...known: readonly ts.CallExpression[]): ts.CallExpression | undefined {
  const { typescript } = source;
  return [...descendants(source, body)].find((node): node is ts.CallExpression => {
    if (!typescript.isCallExpression(node) || known.includes(node)) return false;
    const fn = calledFunction(source, node);
    if (fn?.body) return writesIn(source, fn.body, known[0]).length > 0;
    return typescript.isAwaitExpression(node.parent) && WRITERS.test(calleeName(source, node));
  });
}

/** `seen.delete(id)` of a Set or Map is no query. */
function isOnBuiltin(source: SourceText, call: MethodCall): boolean {
  const { typescript } = source;
  const receiver = unwrap(source, call.expression.expression);
  if (!typescript.isIdentifier(receiver)) return false;
  const declaration = nearestDeclaration(source, receiver.text, receiver);
  return /^\s*new (Weak)?(Set|Map)\b/.test(declaration?.initializer?.getText(source.tree) ?? '');
}

/** Where the variable that holds the lookup's answer is used, and the answer itself where it has no variable. */
function usesOfRow(source: SourceText, call: ts.CallExpression): ts.Node[] {
  const { typescript } = source;
  let whole: ts.Node = typescript.isAwaitExpression(call.parent) ? call.parent : call;
  while (typescript.isParenthesizedExpression(whole.parent) || typescript.isNonNullExpression(whole.parent)) whole = whole.parent;
  const declaration = whole.parent;
  if (!typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name)) return whole === call ? [] : [whole];
  return referencesTo(source, declaration, declaration.name);
}

function referencesTo(source: SourceText, declaration: ts.VariableDeclaration | ts.ParameterDeclaration, name: ts.Identifier): ts.Node[] {
  return [...descendants(source, source.tree)].filter(
    (node) =>
      source.typescript.isIdentifier(node) && node.text === name.text && node !== name && nearestDeclaration(source, name.text, node) === declaration,
  );
}

/** Functions and methods that are named as if they only read. */
const READERS =
  /^(to|is|has|get|reduce|filter|some|every|find|flat|forEach|slice|concat|join|at|show|display|view|check|compare|map|format|serialize|present|render|print|log|warn|error|info|debug|trace|describe|convert|transform|from|as|json|send|string|number|boolean|date|keys|values|entries|includes|indexOf|structuredClone|clone|pick|omit|instanceTo|plainTo|expect|assert)/i;
/** Collections that keep the row as it is. */
const COLLECTORS = /^(push|unshift|add|set|resolve|return|yield)$/;

/** `mark(row)`, `rows.forEach(mark)` of a row: whether the function that gets the row whole may write to it. */
function isHandedToChanger(source: SourceText, use: ts.Node, depth = 0): boolean {
  const { typescript } = source;
  const call = use.parent;
  if (!typescript.isCallExpression(call) || !call.arguments.some((argument) => argument === use)) return false;
  const callee = call.expression;
  const fn = typescript.isIdentifier(callee) && depth < 4 ? functionNamed(source, callee.text) : null;
  const parameter = fn?.parameters[call.arguments.indexOf(use as ts.Expression)];
  if (fn && parameter && typescript.isIdentifier(parameter.name))
    return referencesTo(source, parameter, parameter.name).some((each) => isChanged(source, each) || isHandedToChanger(source, each, depth + 1));
  if (fn && parameter) return false;
  const name = calleeName(source, call);
  return !READERS.test(name) && !COLLECTORS.test(name);
}

function calleeName({ typescript }: SourceText, call: ts.Node): string {
  const callee = typescript.isCallExpression(call) ? call.expression : call;
  if (typescript.isPropertyAccessExpression(callee)) return callee.name.text;
  return typescript.isIdentifier(callee) ? callee.text : 'a function';
}

/** `rows.forEach((row) => (row.price = 0))` */
function changesElements(source: SourceText, call: ts.CallExpression): boolean {
  const { typescript } = source;
  return call.arguments.some(
    (callback) =>
      (typescript.isArrowFunction(callback) || typescript.isFunctionExpression(callback)) &&
      callback.parameters.some(
        (parameter) =>
          typescript.isIdentifier(parameter.name) && referencesTo(source, parameter, parameter.name).some((use) => isChanged(source, use)),
      ),
  );
}

function isChanged(source: SourceText, use: ts.Node): boolean {
  const { typescript } = source;
  let at = use;
  while (
    typescript.isPropertyAccessExpression(at.parent) ||
    typescript.isNonNullExpression(at.parent) ||
    typescript.isElementAccessExpression(at.parent)
  ) {
    if (typescript.isElementAccessExpression(at.parent) && at.parent.argumentExpression === at) return false;
    at = at.parent;
  }
  const { parent } = at;
  if (typescript.isCallExpression(parent)) {
    if (parent.expression === at)
      return (
        typescript.isPropertyAccessExpression(at) &&
        (MUTATORS.test(at.name.text) || (at.expression === use && (!READERS.test(at.name.text) || changesElements(source, parent))))
      );
    return (
      typescript.isPropertyAccessExpression(parent.expression) &&
      MUTATORS.test(parent.expression.name.text) &&
      parent.expression.name.text !== 'push' &&
      at === use
    );
  }
  if (typescript.isBinaryExpression(parent))
    return (
      parent.left === at &&
      at !== use &&
      parent.operatorToken.kind >= typescript.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= typescript.SyntaxKind.LastAssignment
    );
  return (
    (typescript.isPrefixUnaryExpression(parent) || typescript.isPostfixUnaryExpression(parent) || typescript.isDeleteExpression(parent)) && at !== use
  );
}
