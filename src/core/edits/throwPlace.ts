/**
 * Where a row that is missing can throw, as `findOneByOrFail` does, once a Map gives it: behind the constant that the lookup declares, or, where it stands in
 * an expression, in a constant of its own before the statement. That is the same only where nothing else is done before the lookup in that statement.
 * A promise that is returned unawaited rejects, as an async function's does that throws: a method that does nothing else may become one.
 */
import type ts from 'typescript';
import type { MethodCall } from './findCall';
import { detectStyle, indentAt } from './sourceStyle';
import { enclosingFunction, unwrap, type Change, type SourceText } from './sourceText';

export type ThrowPlace =
  | { readonly kind: 'declared'; readonly statement: ts.VariableStatement; readonly name: string }
  /** `statement` gets a constant before it, whose name stands for `whole`; `async` makes the function one that may throw. */
  | { readonly kind: 'before'; readonly statement: ts.Statement; readonly whole: ts.Expression; readonly async: readonly Change[] }
  /** An arrow function's expression, which becomes a block that returns it, with a name in the place of `whole`. */
  | { readonly kind: 'body'; readonly body: ts.Expression; readonly whole: ts.Expression; readonly async: readonly Change[] };

/** Null where there is no such place. */
export function throwPlace(source: SourceText, call: MethodCall): ThrowPlace | null {
  const { typescript } = source;
  const awaited = call.parent;
  if (!typescript.isAwaitExpression(awaited))
    return returnedBy(source, call) ?? (typescript.isArrowFunction(awaited) ? bodyOf(source, awaited, call) : null);
  const declared = declaredBy(source, awaited);
  if (declared) return declared;
  // Nothing is done with the row: a name that stands alone would be left of it.
  if (typescript.isExpressionStatement(awaited.parent)) return null;
  // The parentheses of `(await …)` are needed no more.
  const whole = typescript.isParenthesizedExpression(awaited.parent) ? awaited.parent : awaited;
  const first = doneFirstIn(source, awaited);
  if (first && typescript.isArrowFunction(first.parent)) return bodyOf(source, first.parent, whole);
  const statement = first && statementOf(source, first);
  if (!statement) return null;
  const { parent } = statement;
  const isBodyOfLoop = typescript.isForOfStatement(parent) && parent.statement === statement;
  const isBare = source.text.slice(statement.pos, statement.getStart(source.tree)).trim() === '';
  return typescript.isBlock(parent) || (isBodyOfLoop && isBare) ? { kind: 'before', statement, whole, async: [] } : null;
}

/** `return this.customers.findOneByOrFail(…);`, but for a `try` that would catch what is thrown, and has not caught the promise that was handed on. */
function returnedBy(source: SourceText, call: MethodCall): ThrowPlace | null {
  const { typescript } = source;
  const statement = call.parent;
  const fn = enclosingFunction(source, call);
  if (!fn || !typescript.isReturnStatement(statement) || !typescript.isBlock(statement.parent)) return null;
  for (let up: ts.Node = statement; up !== fn; up = up.parent) if (typescript.isTryStatement(up)) return null;
  const async = madeAsync(source, fn);
  return async && { kind: 'before', statement, whole: call, async };
}

/** `(id) => customers.findOneByOrFail({ id })`, and what an async one makes of its row. */
function bodyOf(source: SourceText, fn: ts.ArrowFunction, whole: ts.Expression): ThrowPlace | null {
  const { body } = fn;
  const async = source.typescript.isBlock(body) ? null : madeAsync(source, fn);
  return async && { kind: 'body', body: body as ts.Expression, whole, async };
}

/** Nothing where the function is async; null where it would be another one as such. */
function madeAsync(source: SourceText, fn: ts.SignatureDeclaration): Change[] | null {
  const { typescript, tree } = source;
  const modifiers = typescript.canHaveModifiers(fn) ? (typescript.getModifiers(fn) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === typescript.SyntaxKind.AsyncKeyword)) return [];
  const isMethod = typescript.isMethodDeclaration(fn) && !fn.asteriskToken && fn.body?.statements.length === 1;
  if (!isMethod && !(typescript.isArrowFunction(fn) && !typescript.isBlock(fn.body))) return null;
  if (fn.type && !/^Promise</.test(fn.type.getText(tree))) return null;
  const start = isMethod ? fn.name.getStart(tree) : fn.getStart(tree);
  return [{ start, end: start, newText: 'async ' }];
}

/** Lines before a statement; a loop's body that is one statement becomes a block. */
export function linesBefore(source: SourceText, statement: ts.Statement, lines: readonly string[]): Change[] {
  const { indent, newline } = detectStyle(source);
  const start = statement.getStart(source.tree);
  const outer = indentAt(source.text, source.typescript.isBlock(statement.parent) ? start : statement.parent.getStart(source.tree));
  const put = (inner: string): string => lines.map((line) => `${line}${newline}${inner}`).join('');
  if (source.typescript.isBlock(statement.parent)) return [{ start, end: start, newText: put(outer) }];
  const inner = outer + indent;
  return [
    { start: statement.pos, end: start, newText: ` {${newline}${inner}${put(inner)}` },
    { start: statement.end, end: statement.end, newText: `${newline}${outer}}` },
  ];
}

/** `const customer = await customers.findOneByOrFail(…);` */
function declaredBy({ typescript }: SourceText, awaited: ts.AwaitExpression): ThrowPlace | null {
  const declaration = awaited.parent;
  if (!typescript.isVariableDeclaration(declaration) || !typescript.isIdentifier(declaration.name) || declaration.type) return null;
  const list = declaration.parent;
  const statement = list.parent;
  const isAlone = typescript.isVariableDeclarationList(list) && list.declarations.length === 1 && (list.flags & typescript.NodeFlags.Const) !== 0;
  return isAlone && typescript.isVariableStatement(statement) && typescript.isBlock(statement.parent)
    ? { kind: 'declared', statement, name: declaration.name.text }
    : null;
}

/** What is left of a statement, or of an arrow function, that does what an expression says before anything else, and always: its outermost part. */
function doneFirstIn(source: SourceText, expression: ts.Expression): ts.Node | null {
  const { typescript } = source;
  let at: ts.Node = expression;
  for (;;) {
    const isWhole = typescript.isStatement(at.parent) || (typescript.isArrowFunction(at.parent) && at.parent.body === at);
    if (isWhole && (typescript.isArrowFunction(at.parent) || isDoneFirst(source, at))) return at;
    if (!isDoneFirst(source, at)) return null;
    at = at.parent;
  }
}

function statementOf({ typescript }: SourceText, { parent: at }: ts.Node): ts.Statement | null {
  return typescript.isExpressionStatement(at) || typescript.isVariableStatement(at) || typescript.isReturnStatement(at) ? at : null;
}

/** Whether what holds a node works it out first of all: only names and values stand before it. */
function isDoneFirst(source: SourceText, node: ts.Node): boolean {
  const { typescript } = source;
  const { parent } = node;
  const areNamesBefore = (list: readonly ts.Node[]): boolean => list.slice(0, list.indexOf(node)).every((each) => isName(source, each));
  if (typescript.isCallExpression(parent))
    return parent.expression === node || (isName(source, parent.expression) && !parent.questionDotToken && areNamesBefore(parent.arguments));
  if (typescript.isArrayLiteralExpression(parent)) return areNamesBefore(parent.elements);
  if (typescript.isObjectLiteralExpression(parent)) return areNamesBefore(parent.properties);
  if (typescript.isTemplateSpan(parent)) {
    const { templateSpans } = parent.parent;
    return templateSpans.slice(0, templateSpans.indexOf(parent)).every((each) => isName(source, each.expression));
  }
  if (typescript.isBinaryExpression(parent)) {
    const isPlain = /^[-+*/=<>!]=?=?$/.test(parent.operatorToken.getText(source.tree));
    return parent.left === node ? isPlain && parent.operatorToken.getText(source.tree) !== '=' : isPlain && isName(source, parent.left);
  }
  if (typescript.isVariableDeclarationList(parent)) return parent.declarations[0] === node;
  if (typescript.isPropertyAssignment(parent)) return parent.initializer === node && !typescript.isComputedPropertyName(parent.name);
  return (
    typescript.isPropertyAccessExpression(parent) ||
    typescript.isParenthesizedExpression(parent) ||
    typescript.isNonNullExpression(parent) ||
    typescript.isAsExpression(parent) ||
    typescript.isAwaitExpression(parent) ||
    typescript.isTemplateExpression(parent) ||
    typescript.isVariableDeclaration(parent) ||
    typescript.isVariableStatement(parent) ||
    typescript.isExpressionStatement(parent) ||
    typescript.isReturnStatement(parent)
  );
}

/** A name, a property of one, a value that is written out: nothing is done by it. */
function isName(source: SourceText, node: ts.Node): boolean {
  const { typescript, tree } = source;
  if (typescript.isShorthandPropertyAssignment(node)) return true;
  if (typescript.isPropertyAssignment(node)) return !typescript.isComputedPropertyName(node.name) && isName(source, node.initializer);
  if (typescript.isTemplateExpression(node)) return node.templateSpans.every((span) => isName(source, span.expression));
  if (typescript.isBinaryExpression(node)) return node.operatorToken.getText(tree) === '+' && isName(source, node.left) && isName(source, node.right);
  if (!typescript.isExpression(node)) return false;
  const value = unwrap(source, node);
  if (typescript.isPropertyAccessExpression(value)) return isName(source, value.expression);
  return (
    typescript.isIdentifier(value) ||
    value.kind === typescript.SyntaxKind.ThisKeyword ||
    typescript.isStringLiteralLike(value) ||
    typescript.isNumericLiteral(value)
  );
}
