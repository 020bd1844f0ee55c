/**
 * Callbacks that p-limit runs, a few at a time, within a `Promise.all` that waits for all of them:
 *
 *     const limit = pLimit(5);
 *     await Promise.all(ids.map((id) => limit(() => repo.findOneBy({ id }))));
 *
 * They are part of the turn. A limiter that is used elsewhere too may have other work to do first, which a query before the loop would not wait for.
 */
import type ts from 'typescript';
import { importOf } from './importedModule';
import { referencesTo } from './iteration';
import { isMethodCall } from './findCall';
import { nearestDeclaration } from './receiverEntity';
import { unwrap, type SourceText } from './sourceText';

/** Whether a call is one of a limiter: `limit(…)` of `const limit = pLimit(5)`. */
export function isLimited(source: SourceText, call: ts.CallExpression): boolean {
  return limiterOf(source, call) !== null;
}

/** Whether a function is what a limiter runs for the turn of a `map`, of whose promises all are waited for together, and the limiter does nothing else. */
export function runsInLimitedTurn(source: SourceText, fn: ts.Node): boolean {
  const { typescript, tree } = source;
  const limited = fn.parent;
  if (!typescript.isArrowFunction(fn) && !typescript.isFunctionExpression(fn)) return false;
  if (fn.parameters.length > 0 || !typescript.isCallExpression(limited) || limited.arguments.length !== 1 || limited.arguments[0] !== fn)
    return false;
  const limiter = limiterOf(source, limited);
  if (!limiter || referencesTo(source, limiter).length !== 1) return false;
  const turn = limited.parent;
  const mapped = turn.parent;
  const isMapped = typescript.isArrowFunction(turn) && turn.body === limited && isMethodCall(source, mapped) && mapped.expression.name.text === 'map';
  if (!isMapped) return false;
  const together = mapped.parent;
  if (!typescript.isCallExpression(together) || together.arguments[0] !== mapped) return false;
  const isAll = /^Promise\.(all|allSettled)$/.test(together.expression.getText(tree));
  return isAll && (typescript.isAwaitExpression(together.parent) || typescript.isReturnStatement(together.parent));
}

/** The name of the constant that holds the limiter. */
function limiterOf(source: SourceText, { expression }: ts.CallExpression): ts.Identifier | null {
  const { typescript } = source;
  if (!typescript.isIdentifier(expression)) return null;
  const declaration = nearestDeclaration(source, expression.text, expression);
  if (!declaration?.initializer || !typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name)) return null;
  const isConst = (declaration.parent.flags & typescript.NodeFlags.Const) !== 0;
  const made = unwrap(source, declaration.initializer);
  if (!isConst || isExportedConstant(source, declaration) || !typescript.isCallExpression(made) || !typescript.isIdentifier(made.expression))
    return null;
  const imported = importOf(source, made.expression.text);
  return imported?.specifier === 'p-limit' && nearestDeclaration(source, made.expression.text, made) === null ? declaration.name : null;
}

function isExportedConstant({ typescript }: SourceText, declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return (
    typescript.isVariableStatement(statement) && (statement.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword) ?? false)
  );
}
