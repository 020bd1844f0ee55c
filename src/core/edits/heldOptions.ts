/**
 * Options that a turn of the loop puts into a constant for its one lookup: `const options = { where: { id: order.userId } };`. Once all keys are asked for
 * before the loop, the options stand there, and the constant goes.
 */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { referencesTo } from './iteration';
import type { Loop } from './loops';
import { nearestDeclaration } from './receiverEntity';
import { isWithin, unwrap, type Change, type SourceText } from './sourceText';

export interface HeldOptions {
  /** The argument that names them. */
  readonly argument: ts.Identifier;
  readonly object: ts.ObjectLiteralExpression;
  /** Takes the constant's line out of the loop. */
  readonly removal: Change;
}

/** Null where the call's last argument is no such constant. */
export function heldOptions(source: SourceText, loop: Loop, call: MethodCall): HeldOptions | null {
  const { typescript, text, tree } = source;
  const argument = call.arguments.at(-1);
  if (!argument || !typescript.isIdentifier(argument) || !isWithin(call, loop.node) || typescript.isFunctionLike(loop.node)) return null;
  const declaration = nearestDeclaration(source, argument.text, argument);
  if (!declaration || !typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name) || declaration.type) return null;
  const object = declaration.initializer && unwrap(source, declaration.initializer);
  const list = declaration.parent;
  const statement = list.parent;
  const isAlone = typescript.isVariableStatement(statement) && statement.declarationList.declarations.length === 1 && isWithin(statement, loop.body);
  if (!object || !typescript.isObjectLiteralExpression(object) || !isAlone || (list.flags & typescript.NodeFlags.Const) === 0) return null;
  const [use, ...more] = referencesTo(source, declaration.name);
  // What stands between the two could change what the options are made of.
  if (use !== argument || more.length > 0 || !isNext(source, statement, call)) return null;
  const start = text.lastIndexOf('\n', statement.getStart(tree) - 1) + 1;
  const end = /^[ \t]*\r?\n/.exec(text.slice(statement.end));
  if (!end || text.slice(start, statement.getStart(tree)).trim() !== '') return null;
  return { argument, object, removal: { start, end: statement.end + end[0].length, newText: '' } };
}

/** Whether the call stands in the statement behind. */
function isNext({ typescript }: SourceText, statement: ts.Statement, call: MethodCall): boolean {
  const block = statement.parent;
  if (!typescript.isBlock(block)) return false;
  const next = block.statements[block.statements.indexOf(statement) + 1];
  return !!next && isWithin(call, next);
}
