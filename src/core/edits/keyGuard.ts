/**
 * Whether a key that may be missing is looked at before it is asked for. `findOneBy({ id: null })` gives the first row in TypeORM 0.3 and throws in
 * 1.x, while a Map and a relation give nothing: where nobody sifts such keys, the answers differ, unless there was none.
 */
import type ts from 'typescript';
import type { LoopKey } from './loopKey';
import type { BatchRequest } from './loopQuestion';
import type { Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { unwrap, type SourceText } from './sourceText';

/** A reason, or null where the key is never missing, or sifted. @param call where it is asked for */
export function missingKeyObstacle(
  source: SourceText,
  loop: Loop,
  call: ts.Node,
  key: LoopKey,
  { wasAlwaysThere, elementEntity }: Pick<BatchRequest, 'wasAlwaysThere' | 'elementEntity'>,
): string | null {
  const checked = checkedKeyObstacle(source, call, loop.body, { keys: [key.ofElement, key.inLoop], code: 'the loop', elementEntity });
  if (checked) return checked;
  const unmade = unmadeKeyObstacle(source, call, loop.body, key.ofElement);
  if (unmade !== null) return unmade;
  if (!key.mayBeAsked || wasAlwaysThere || isSifted(source, loop.list, call, loop.body, [key.ofElement, key.inLoop])) return null;
  return missingKeyReason(key.ofElement);
}

/** What a database may not even compare with its column: `NaN`, or a text that is no uuid. Rows have no such keys. */
const CHECK = /\b(?:is(?:NaN|Finite|Integer|SafeInteger|Int|Number|Numeric|UUID|Uuid|Valid\w*)|valid\w*|test)\s*\(/;

interface AskedBehind {
  /** How the code writes the key; the first name is the one to tell. */
  readonly keys: readonly [string, ...string[]];
  /** How a reason names the code. */
  readonly code: string;
  readonly elementEntity: string | null;
}

/** A reason where the code (of a loop, or of a function that it calls) checks first whether a key is one, or null. */
export function checkedKeyObstacle(source: SourceText, call: ts.Node, body: ts.Node, { keys, code, elementEntity }: AskedBehind): string | null {
  const isChecked = isSiftedWithin(source, call, body, keys, (condition) => CHECK.test(condition.getText(source.tree)));
  return isChecked && elementEntity === null
    ? `${code} checks ${keys[0]} before it asks, and one query for all keys would ask for those too that fail the check: filter the list first.`
    : null;
}

/** `order.code.toLowerCase()` behind `if (!order.code) continue;`: before the loop it would be made of each element, and throw where there is nothing to make it of. */
function unmadeKeyObstacle(source: SourceText, call: ts.Node, body: ts.Node, key: string): string | null {
  const made = /^([\w$.]+)\.[\w$]+\(/.exec(key)?.[1];
  if (made === undefined || !isSiftedWithin(source, call, body, [made])) return null;
  return `the loop checks ${made} before it asks, and the key would be made of those too that fail the check: filter the list first.`;
}

export function missingKeyReason(key: string): string {
  return `where ${key} is null, the lookup answers otherwise than for a missing row (TypeORM 0.3 with the first row, 1.x with an error): skip those first.`;
}

/** By a condition around the call, a statement before it that leaves the turn, or the list that the loop runs over. */
export function isSifted(source: SourceText, list: ts.Expression, call: ts.Node, body: ts.Node, keys: readonly string[]): boolean {
  return isSiftedWithin(source, call, body, keys) || isSiftedList(source, list, speakerOf(source, keys));
}

/** The same without the list. @param isMeant which conditions count */
export function isSiftedWithin(
  source: SourceText,
  call: ts.Node,
  body: ts.Node,
  keys: readonly string[],
  isMeant: (condition: ts.Node) => boolean = () => true,
): boolean {
  const speaksOfKey = speakerOf(source, keys);
  return isBehind(source, call, body, (condition) => speaksOfKey(condition) && isMeant(condition));
}

/** Whether any condition keeps a turn from what it asks. */
export function runsInSomeTurns(source: SourceText, call: ts.Node, body: ts.Node): boolean {
  return isBehind(source, call, body, () => true);
}

function isBehind(source: SourceText, call: ts.Node, body: ts.Node, speaks: (condition: ts.Node) => boolean): boolean {
  for (let from = call, at = call.parent as ts.Node | undefined; at && from !== body; from = at, at = at.parent as ts.Node | undefined)
    if (isCondition(source, at, from, speaks) || leavesBefore(source, at, from, speaks)) return true;
  return false;
}

/** `order: { id: 'ASC' }`: options that name a column, and leave out no row. */
const SAYS_NO_CONDITION = /\b(?:order|select|relations)\s*:\s*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\[[^\]]*\])/g;

function speakerOf(source: SourceText, keys: readonly string[]): (node: ts.Node) => boolean {
  const names = keys.flatMap((key) => /(\w+)\W*$/.exec(key)?.[1] ?? []);
  return (node) => {
    const text = node.getText(source.tree).replace(SAYS_NO_CONDITION, '');
    return names.some((name) => new RegExp(`\\b${name}\\b`).test(text));
  };
}

function isCondition({ typescript }: SourceText, node: ts.Node, branch: ts.Node, speaks: (node: ts.Node) => boolean): boolean {
  if (typescript.isIfStatement(node)) return branch !== node.expression && speaks(node.expression);
  if (typescript.isConditionalExpression(node)) return branch !== node.condition && speaks(node.condition);
  return (
    typescript.isBinaryExpression(node) &&
    branch === node.right &&
    /^(&&|\|\|)$/.test(node.operatorToken.getText(node.getSourceFile())) &&
    speaks(node.left)
  );
}

/** `if (!order.userId) continue;` */
function leavesBefore({ typescript }: SourceText, block: ts.Node, branch: ts.Node, speaks: (node: ts.Node) => boolean): boolean {
  if (!typescript.isBlock(block)) return false;
  const before = block.statements.slice(0, block.statements.indexOf(branch as ts.Statement));
  return before.some(
    (statement) =>
      typescript.isIfStatement(statement) &&
      speaks(statement.expression) &&
      /\b(continue|return|throw|break)\b/.test(statement.thenStatement.getText()),
  );
}

/** `orders.filter((order) => order.userId)`, `find({ where: { userId: Not(IsNull()) } })` */
function isSiftedList(source: SourceText, list: ts.Expression, speaks: (node: ts.Node) => boolean): boolean {
  const value = unwrap(source, list);
  if (!source.typescript.isIdentifier(value)) return speaks(value);
  const declaration = nearestDeclaration(source, value.text, value);
  const made = declaration?.initializer && unwrap(source, declaration.initializer);
  return !!made && !source.typescript.isArrayLiteralExpression(made) && speaks(made);
}
