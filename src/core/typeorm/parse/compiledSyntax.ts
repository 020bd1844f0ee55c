/**
 * The shapes in which compilers write modules, classes and enums as plain JavaScript: TypeScript's own (with or without tslib), swc's and
 * esbuild's. Bundled code is not recognised; classes written as functions (ES5) are in functionClass.ts and helperClass.ts.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';

/** `exports.Post = Post = Post_1 = __decorate(…)`: what is assigned, and to which names. */
export interface Assignment {
  readonly locals: readonly string[];
  readonly exported: readonly string[];
  readonly toModule: boolean;
  readonly value: ts.Expression;
}

/** Null where the expression assigns nothing. */
export function readAssignment(ts: Compiler, expression: ts.Expression): Assignment | null {
  const locals: string[] = [];
  const exported: string[] = [];
  let toModule = false;
  let value = expression;
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = value;
    if (ts.isIdentifier(left)) locals.push(left.text);
    else if (ts.isPropertyAccessExpression(left)) {
      if (isExports(ts, left.expression)) exported.push(left.name.text);
      else if (isExports(ts, left)) toModule = true;
    } else if (ts.isElementAccessExpression(left) && isExports(ts, left.expression) && ts.isStringLiteralLike(left.argumentExpression)) {
      exported.push(left.argumentExpression.text);
    }
    value = value.right;
  }
  return value === expression ? null : { locals, exported, toModule, value };
}

/** What a top-level call adds to the module's exports; null where it is no such call. */
export interface CompiledExports {
  /** Specifiers of `__exportStar(require('…'), exports)`. */
  readonly stars: readonly string[];
  /** Exported names by the expressions that their getters return. */
  readonly getters: readonly (readonly [name: string, value: ts.Expression])[];
}

export function readExportCall(ts: Compiler, call: ts.CallExpression): CompiledExports | null {
  const name = calledName(ts, call);
  const [first, second, third] = call.arguments;
  if (name === '__exportStar' || name === '_export_star') return starOf(ts, first);
  if (name === '__reExport') return starOf(ts, second);
  if ((name === '__export' || name === '_export') && second && ts.isObjectLiteralExpression(second)) {
    return { stars: [], getters: second.properties.flatMap((property) => getterOf(ts, property)) };
  }
  if (name === 'assign' && first && isExports(ts, first)) return assignedExports(ts, call.arguments.slice(1));
  if (name !== 'defineProperty' || !first || !isExports(ts, first) || !second || !ts.isStringLiteral(second)) return null;
  const get = third && ts.isObjectLiteralExpression(third) ? third.properties.find((property) => nameOf(ts, property) === 'get') : undefined;
  const value = get && returned(ts, ts.isPropertyAssignment(get) ? get.initializer : get);
  return { stars: [], getters: value ? [[second.text, value]] : [] };
}

/** `Object.assign(exports, { columns }, require('./more'))`. Null where something else is among what is assigned. */
function assignedExports(ts: Compiler, sources: readonly ts.Expression[]): CompiledExports | null {
  const stars: string[] = [];
  const getters: (readonly [string, ts.Expression])[] = [];
  for (const source of sources) {
    const star = starOf(ts, source).stars;
    stars.push(...star);
    if (star.length > 0) continue;
    if (!ts.isObjectLiteralExpression(source)) return null;
    for (const property of source.properties) {
      const name = nameOf(ts, property);
      const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : null;
      if (name === null || !value) return null;
      getters.push([name, value]);
    }
  }
  return { stars, getters };
}

/** An enum or namespace, as the call that fills it writes it. */
export interface Filling {
  readonly name: string;
  /** Further names by which the module exports it. */
  readonly exported: readonly string[];
}

/**
 * `(function (Status) { … })(Status || (Status = {}))`: the enum or namespace that it fills. What is exported reads
 * `Status || (exports.Status = Status = {})`, or `Status = exports.Status || (exports.Status = {})`. Null where a call fills none.
 */
export function filledBy(ts: Compiler, call: ts.CallExpression): Filling | null {
  const callee = ts.isParenthesizedExpression(call.expression) ? call.expression.expression : call.expression;
  const [argument] = call.arguments;
  if (!ts.isFunctionExpression(callee) || !argument) return null;
  const assigned = readAssignment(ts, argument);
  const either = assigned?.value ?? argument;
  if (!ts.isBinaryExpression(either) || either.operatorToken.kind !== ts.SyntaxKind.BarBarToken) return null;
  const made = readAssignment(ts, ts.isParenthesizedExpression(either.right) ? either.right.expression : either.right);
  const name = ts.isIdentifier(either.left) ? either.left.text : assigned?.locals[0];
  return made && name !== undefined ? { name, exported: made.exported } : null;
}

/** `let Post = Post_1 = class Post {}`: the class, and the names that stand for it as well. */
export function unwrapAssignments(ts: Compiler, initializer: ts.Expression): { readonly value: ts.Expression; readonly aliases: readonly string[] } {
  const assignment = readAssignment(ts, initializer);
  return assignment ? { value: assignment.value, aliases: assignment.locals } : { value: initializer, aliases: [] };
}

export function unwrapParentheses(ts: Compiler, node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrapParentheses(ts, node.expression) : node;
}

/** `exports` or `module.exports`. */
export function isExports(ts: Compiler, node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === 'exports';
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'module' && node.name.text === 'exports';
}

/** The last name of what is called: `__exportStar` of `(0, tslib_1.__exportStar)(…)`, `_export_star` of `_export_star._(…)`. */
export function calledName(ts: Compiler, call: ts.CallExpression): string | null {
  const callee = calledExpression(ts, call);
  if (ts.isIdentifier(callee)) return callee.text;
  if (!ts.isPropertyAccessExpression(callee)) return null;
  return callee.name.text === '_' && ts.isIdentifier(callee.expression) ? callee.expression.text : callee.name.text;
}

/** What is called, without what compilers put around it so that it gets no `this`: `tslib_1.__exportStar` of `(0, tslib_1.__exportStar)(…)`. */
export function calledExpression(ts: Compiler, { expression }: ts.CallExpression): ts.Expression {
  const callee = ts.isParenthesizedExpression(expression) ? expression.expression : expression;
  return ts.isBinaryExpression(callee) && callee.operatorToken.kind === ts.SyntaxKind.CommaToken ? callee.right : callee;
}

function starOf(ts: Compiler, required: ts.Expression | undefined): CompiledExports {
  const [specifier] = required && ts.isCallExpression(required) && calledName(ts, required) === 'require' ? required.arguments : [];
  return { stars: specifier && ts.isStringLiteral(specifier) ? [specifier.text] : [], getters: [] };
}

function getterOf(ts: Compiler, property: ts.ObjectLiteralElementLike): (readonly [string, ts.Expression])[] {
  const name = nameOf(ts, property);
  const value = returned(ts, ts.isPropertyAssignment(property) ? property.initializer : property);
  return name !== null && value ? [[name, value]] : [];
}

function nameOf(ts: Compiler, { name }: ts.ObjectLiteralElementLike): string | null {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : null;
}

/** What a function that only returns something returns. */
export function returned(ts: Compiler, node: ts.Node): ts.Expression | undefined {
  if (!ts.isFunctionExpression(node) && !ts.isArrowFunction(node) && !ts.isMethodDeclaration(node) && !ts.isGetAccessor(node)) return undefined;
  if (node.body && !ts.isBlock(node.body)) return node.body;
  const [statement] = node.body?.statements ?? [];
  return statement && ts.isReturnStatement(statement) ? statement.expression : undefined;
}
