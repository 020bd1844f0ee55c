/**
 * Classes with decorators as Babel writes them (its "legacy" decorators, those that TypeORM needs):
 *
 *     let Author = (_dec = Entity(), _dec2 = Column(), _dec(_class = (_class2 = class Author extends Base { … },
 *       _descriptor = _applyDecoratedDescriptor(_class2.prototype, "name", [_dec2], { initializer: … }), _class2)) || _class);
 *
 * They are read back as the class that was written, with its decorators in their places.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { calledExpression, returned, unwrapAssignments } from './compiledSyntax';
import { readHelperClass } from './helperClass';

/** Made of the file's own nodes; its place is that of the variable. Null where a variable holds anything else, or a class without such decorators that is written as one. */
export function readBabelClass(ts: Compiler, declaration: ts.VariableDeclaration): ts.ClassDeclaration | null {
  const { name, initializer } = declaration;
  if (!initializer || !ts.isIdentifier(name)) return null;
  const parts: Parts = { decorators: new Map(), applied: [], members: [], statics: [], written: null };
  collect(ts, unwrapAssignments(ts, initializer).value, parts);
  const { written, applied, members, statics } = parts;
  if (!written || (ts.isClassExpression(written) && applied.length + members.length === 0)) return null;
  const own = written.members.filter((member) => !isInitializing(ts, member));
  const node = ts.factory.createClassDeclaration(decoratorsOf(ts, parts, applied), name, undefined, written.heritageClauses, [
    ...statics.map(([property, value]) => staticOf(ts, property, value)),
    ...members.map((call) => memberOf(ts, parts, call)),
    ...own,
  ]);
  return ts.setTextRange(node, declaration);
}

interface Parts {
  /** `_dec` → what stands behind the `@`. */
  readonly decorators: Map<string, ts.Expression>;
  /** Those of the class, first to last. */
  readonly applied: ts.Expression[];
  /** Calls of `_applyDecoratedDescriptor`. */
  readonly members: ts.CallExpression[];
  /** `_class.table = 'authors'` */
  readonly statics: (readonly [name: ts.Identifier, value: ts.Expression])[];
  written: ts.ClassLikeDeclaration | null;
}

function collect(ts: Compiler, node: ts.Expression, parts: Parts): void {
  if (ts.isParenthesizedExpression(node)) return collect(ts, node.expression, parts);
  if (ts.isCallExpression(node) && isMemberCall(ts, node)) return void parts.members.push(node);
  if (!ts.isBinaryExpression(node)) {
    parts.written ??= ts.isClassExpression(node) ? node : readHelperClass(ts, node);
    return;
  }
  const { left, operatorToken, right } = node;
  if (operatorToken.kind === ts.SyntaxKind.CommaToken) {
    collect(ts, left, parts);
    collect(ts, right, parts);
  } else if (operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    if (ts.isIdentifier(left)) parts.decorators.set(left.text, right);
    if (ts.isPropertyAccessExpression(left) && ts.isIdentifier(left.name)) parts.statics.push([left.name, right]);
    else collect(ts, right, parts);
  } else if (operatorToken.kind === ts.SyntaxKind.BarBarToken && ts.isCallExpression(left) && left.arguments[0]) {
    parts.applied.push(left.expression);
    collect(ts, left.arguments[0], parts);
  }
}

const memberHelper = '_applyDecoratedDescriptor';

/** Also `(0, _applyDecoratedDescriptor2.default)(…)`, of @babel/runtime. */
function isMemberCall(ts: Compiler, call: ts.CallExpression): boolean {
  const callee = calledExpression(ts, call);
  const named = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(named) && named.text.startsWith(memberHelper);
}

function decoratorsOf(ts: Compiler, { decorators }: Parts, applied: readonly ts.Expression[]): ts.Decorator[] {
  return applied.map((each) => {
    const expression = (ts.isIdentifier(each) && decorators.get(each.text)) || each;
    return ts.setTextRange(ts.factory.createDecorator(expression), expression);
  });
}

function staticOf(ts: Compiler, name: ts.Identifier, value: ts.Expression): ts.PropertyDeclaration {
  const modifier = ts.factory.createModifier(ts.SyntaxKind.StaticKeyword);
  return ts.setTextRange(ts.factory.createPropertyDeclaration([modifier], name, undefined, undefined, value), name);
}

/** The property of `_applyDecoratedDescriptor(_class2.prototype, "name", [_dec2], { … })`. */
function memberOf(ts: Compiler, parts: Parts, call: ts.CallExpression): ts.PropertyDeclaration {
  const [, key, list, descriptor] = call.arguments;
  const written = list && ts.isArrayLiteralExpression(list) ? decoratorsOf(ts, parts, list.elements) : [];
  const types = written.flatMap((decorator) => designTypeIn(ts, decorator.expression) ?? []);
  const name = key && ts.isStringLiteral(key) ? key : '';
  const type = types[0] === undefined ? undefined : ts.factory.createTypeReferenceNode(types[0]);
  const node = ts.factory.createPropertyDeclaration(written, name, undefined, type, descriptor && initializerIn(ts, descriptor));
  return ts.setTextRange(node, key ?? call);
}

/** The last name of `Reflect.metadata("design:type", typeof _book.Book === "undefined" ? Object : _book.Book)`. */
function designTypeIn(ts: Compiler, decorator: ts.Expression): string | null {
  const [key, value] = ts.isCallExpression(decorator) ? decorator.arguments : [];
  if (!key || !ts.isStringLiteral(key) || key.text !== 'design:type' || !value) return null;
  const type = ts.isConditionalExpression(value) ? value.whenFalse : value;
  if (ts.isPropertyAccessExpression(type)) return type.name.text;
  return ts.isIdentifier(type) ? type.text : null;
}

/** `[]` of `{ initializer: function () { return []; } }`. */
function initializerIn(ts: Compiler, descriptor: ts.Expression): ts.Expression | undefined {
  if (!ts.isObjectLiteralExpression(descriptor)) return undefined;
  for (const property of descriptor.properties) {
    const value = ts.isPropertyAssignment(property) ? returned(ts, property.initializer) : undefined;
    if (value) return value;
  }
  return undefined;
}

/** A constructor that does no more than give decorated properties their values. */
function isInitializing(ts: Compiler, member: ts.ClassElement): boolean {
  if (!ts.isConstructorDeclaration(member)) return false;
  return (member.body?.statements ?? []).every((statement) => {
    const call = ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) ? statement.expression : null;
    const [first] = call?.arguments ?? [];
    return call !== null && (call.expression.kind === ts.SyntaxKind.SuperKeyword || first?.kind === ts.SyntaxKind.ThisKeyword);
  });
}
