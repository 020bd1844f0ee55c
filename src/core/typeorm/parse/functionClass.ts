/**
 * Classes that TypeScript wrote as functions, for JavaScript of 2009:
 *
 *     var Author = /** @class *\/ (function (_super) {
 *         __extends(Author, _super);
 *         function Author() { … }
 *         __decorate([Column()], Author.prototype, "name", void 0);
 *         return Author;
 *     }(Base));
 *
 * They are read back as `class Author extends Base {}` and the statements that follow such a class in newer output.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { calledName, unwrapParentheses } from './compiledSyntax';

export interface FunctionClass {
  /** Made of the file's own nodes; its place is that of the variable. */
  readonly node: ts.ClassDeclaration;
  /** What is done with the class once it is there: decorators applied, static members set. */
  readonly statements: readonly ts.Statement[];
  /** Further names of the class: `Author_1 = Author`. */
  readonly aliases: readonly string[];
}

/** Null where a variable holds anything else. */
export function readFunctionClass(ts: Compiler, declaration: ts.VariableDeclaration, sourceFile: ts.SourceFile): FunctionClass | null {
  const { name, initializer } = declaration;
  const call = initializer && unwrapParentheses(ts, initializer);
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(name)) return null;
  const read = readClassCall(ts, call, sourceFile);
  return read?.node.name?.text === name.text ? { ...read, node: ts.setTextRange(read.node, declaration) } : null;
}

const marked = /@class\s*\*\/\s*\($/;

/** The class that `(function (_super) { … }(Base))` makes; null for any other call. TypeScript marks its classes by a comment: functions may be wrapped like them. */
export function readClassCall(ts: Compiler, call: ts.CallExpression, { text }: ts.SourceFile): FunctionClass | null {
  const wrapper = unwrapParentheses(ts, call.expression);
  if (!ts.isFunctionExpression(wrapper) || call.arguments.length !== wrapper.parameters.length) return null;
  if (!marked.test(text.slice(Math.max(0, call.pos - 40), call.pos))) return null;
  const { statements } = wrapper.body;
  const last = statements[statements.length - 1];
  const name = last && ts.isReturnStatement(last) && last.expression && ts.isIdentifier(last.expression) ? last.expression : null;
  const constructor = name && statements.find((statement) => ts.isFunctionDeclaration(statement) && statement.name?.text === name.text);
  if (!constructor) return null;
  const members: ts.ClassElement[] = [constructorOf(ts, constructor as ts.FunctionDeclaration)].flatMap((member) => member ?? []);
  const rest: ts.Statement[] = [];
  const aliases: string[] = [];
  for (const statement of statements.slice(0, -1)) {
    if (statement === constructor || isBookkeeping(ts, statement)) continue;
    const alias = aliasIn(ts, statement, name.text);
    const method = methodIn(ts, statement, name.text);
    if (alias !== null) aliases.push(alias);
    else if (method) members.push(method);
    else rest.push(statement);
  }
  const { factory } = ts;
  const base = call.arguments[0] && factory.createExpressionWithTypeArguments(call.arguments[0], undefined);
  const heritage = base && [factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, [base])];
  const node = factory.createClassDeclaration(undefined, name, undefined, heritage, members);
  return { node: ts.setTextRange(node, call), statements: rest, aliases };
}

function isNamed(ts: Compiler, node: ts.Node | undefined, name: string): boolean {
  return node !== undefined && ts.isIdentifier(node) && node.text === name;
}

/** Null where it does no more than what a class without a constructor does: `return _super.apply(this, arguments) || this`. */
function constructorOf(ts: Compiler, { parameters, body }: ts.FunctionDeclaration): ts.ConstructorDeclaration | null {
  const [first] = body?.statements ?? [];
  if (!body || !first || ts.isReturnStatement(first)) return null;
  return ts.setTextRange(ts.factory.createConstructorDeclaration(undefined, parameters, body), body);
}

/** `__extends(Author, _super)`, and accessors, which no entity's graph needs. */
function isBookkeeping(ts: Compiler, statement: ts.Statement): boolean {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return false;
  const called = calledName(ts, statement.expression);
  return called === '__extends' || called === 'defineProperty';
}

/** The left side of `Author_1 = Author`. */
function aliasIn(ts: Compiler, statement: ts.Statement, name: string): string | null {
  const assigned = assignmentIn(ts, statement);
  return assigned && ts.isIdentifier(assigned.left) && isNamed(ts, assigned.right, name) ? assigned.left.text : null;
}

/** `Author.prototype.greet = function () { … }` */
function methodIn(ts: Compiler, statement: ts.Statement, name: string): ts.MethodDeclaration | null {
  const assigned = assignmentIn(ts, statement);
  if (!assigned || !ts.isPropertyAccessExpression(assigned.left) || !ts.isFunctionExpression(assigned.right)) return null;
  const { expression: owner, name: method } = assigned.left;
  if (!ts.isPropertyAccessExpression(owner) || owner.name.text !== 'prototype' || !isNamed(ts, owner.expression, name)) return null;
  if (!ts.isIdentifier(method)) return null;
  const { parameters, body } = assigned.right;
  const node = ts.factory.createMethodDeclaration(undefined, undefined, method, undefined, undefined, parameters, undefined, body);
  return ts.setTextRange(node, statement);
}

function assignmentIn(ts: Compiler, statement: ts.Statement): ts.BinaryExpression | null {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return null;
  return statement.expression.operatorToken.kind === ts.SyntaxKind.EqualsToken ? statement.expression : null;
}
