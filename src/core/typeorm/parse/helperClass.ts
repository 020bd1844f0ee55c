/**
 * Classes that Babel and swc wrote as functions, for JavaScript of 2009; their helpers tell them from other functions:
 *
 *     var Author = function (Base) {                            var Author = _createClass(function Author() {
 *         function Author() {                                       _classCallCheck(this, Author);
 *             _class_call_check(this, Author);                  }, [{ key: "greet", value: function greet() { … } }]);
 *             …
 *             _define_property(_this, "name", void 0);          var Author = function Author() {
 *         }                                                         _class_call_check(this, Author);
 *         _inherits(Author, Base);                              };
 *         return Author;
 *     }(Base);
 *
 * They are read back as the class that was written; Babel's decorators around it are in babelClass.ts.
 */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import { calledExpression, unwrapParentheses } from './compiledSyntax';

/** Made of the file's own nodes; its place is that of the expression. Null where the expression makes anything else. */
export function readHelperClass(ts: Compiler, expression: ts.Expression): ts.ClassDeclaration | null {
  const made = unwrapParentheses(ts, expression);
  const written = ts.isCallExpression(made) ? (createdClass(ts, made) ?? wrappedClass(ts, made)) : bareClass(ts, made);
  if (!written) return null;
  const { constructor, base, members } = written;
  const { factory } = ts;
  const heritage = base && [factory.createHeritageClause(ts.SyntaxKind.ExtendsKeyword, [factory.createExpressionWithTypeArguments(base, undefined)])];
  const node = factory.createClassDeclaration(undefined, constructor.name, undefined, heritage, [
    ...fieldsAndConstructor(ts, constructor),
    ...members,
  ]);
  return ts.setTextRange(node, expression);
}

interface WrittenClass {
  readonly constructor: ts.FunctionExpression | ts.FunctionDeclaration;
  readonly base: ts.Expression | undefined;
  readonly members: readonly ts.ClassElement[];
}

function bareClass(ts: Compiler, made: ts.Expression): WrittenClass | null {
  return ts.isFunctionExpression(made) && isConstructor(ts, made) ? { constructor: made, base: undefined, members: [] } : null;
}

/** `_createClass(function Author() { … }, […])` */
function createdClass(ts: Compiler, call: ts.CallExpression): WrittenClass | null {
  const [constructor] = call.arguments;
  if (helperName(ts, call) !== 'createclass' || !constructor || !ts.isFunctionExpression(constructor) || !isConstructor(ts, constructor)) return null;
  return { constructor, base: undefined, members: methodsOf(ts, call) };
}

/** `(function (Base) { … return Author; })(Base)` */
function wrappedClass(ts: Compiler, call: ts.CallExpression): WrittenClass | null {
  const wrapper = unwrapParentheses(ts, call.expression);
  if (!ts.isFunctionExpression(wrapper) || call.arguments.length !== wrapper.parameters.length || call.arguments.length > 1) return null;
  const { statements } = wrapper.body;
  const constructor = statements.find((statement) => ts.isFunctionDeclaration(statement) && isConstructor(ts, statement));
  if (!constructor) return null;
  const calls = statements.flatMap((statement) => {
    const expression = ts.isExpressionStatement(statement) || ts.isReturnStatement(statement) ? statement.expression : undefined;
    return expression && ts.isCallExpression(expression) ? [expression] : [];
  });
  const members = calls.filter((each) => helperName(ts, each) === 'createclass').flatMap((each) => methodsOf(ts, each));
  return { constructor: constructor as ts.FunctionDeclaration, base: call.arguments[0], members };
}

/** What it is called by its helper's name alone: `classcallcheck` for `_class_call_check(…)`, `(0, _classCallCheck2["default"])(…)`. */
function helperName(ts: Compiler, call: ts.CallExpression): string | null {
  const callee = calledExpression(ts, call);
  const named = ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee) ? callee.expression : callee;
  return ts.isIdentifier(named) ? named.text.replaceAll(/[_\d]/g, '').toLowerCase() : null;
}

function isConstructor(ts: Compiler, { name, body }: ts.FunctionExpression | ts.FunctionDeclaration): boolean {
  if (!name || !body) return false;
  return body.statements.some(
    (statement) =>
      ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) && helperName(ts, statement.expression) === 'classcallcheck',
  );
}

/** Of `_createClass(Author, [{ key: "greet", value: function () { … } }], [{ key: "make", … }])`; accessors need no place in a graph. */
function methodsOf(ts: Compiler, { arguments: [, own, fixed] }: ts.CallExpression): ts.ClassElement[] {
  const listed = (list: ts.Expression | undefined, modifiers: readonly ts.Modifier[]): ts.ClassElement[] =>
    list && ts.isArrayLiteralExpression(list) ? list.elements.flatMap((element) => methodOf(ts, element, modifiers) ?? []) : [];
  return [...listed(own, []), ...listed(fixed, [ts.factory.createModifier(ts.SyntaxKind.StaticKeyword)])];
}

function methodOf(ts: Compiler, element: ts.Expression, modifiers: readonly ts.Modifier[]): ts.MethodDeclaration | null {
  const valueOf = (name: string): ts.Expression | undefined => {
    for (const property of ts.isObjectLiteralExpression(element) ? element.properties : []) {
      if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === name) return property.initializer;
    }
    return undefined;
  };
  const [key, value] = [valueOf('key'), valueOf('value')];
  if (!key || !ts.isStringLiteral(key) || !value || !ts.isFunctionExpression(value)) return null;
  const node = ts.factory.createMethodDeclaration(modifiers, undefined, key, undefined, undefined, value.parameters, undefined, value.body);
  return ts.setTextRange(node, element);
}

/** The properties that a constructor defines as a class's body would, and what else it does; without a constructor where that is nothing. */
function fieldsAndConstructor(ts: Compiler, { parameters, body }: ts.FunctionExpression | ts.FunctionDeclaration): ts.ClassElement[] {
  const fields: ts.ClassElement[] = [];
  const rest: ts.Statement[] = [];
  for (const statement of body?.statements ?? []) {
    if (!ts.isExpressionStatement(statement)) {
      if (!isBookkeeping(ts, statement)) rest.push(statement);
      continue;
    }
    for (const expression of listedExpressions(ts, statement.expression)) {
      const field = fieldOf(ts, expression);
      if (field) fields.push(field);
      else if (!isHelping(ts, expression)) rest.push(ts.setTextRange(ts.factory.createExpressionStatement(expression), expression));
    }
  }
  if (!body || rest.length === 0) return fields;
  const block = ts.setTextRange(ts.factory.createBlock(rest), body);
  return [...fields, ts.setTextRange(ts.factory.createConstructorDeclaration(undefined, parameters, block), body)];
}

/** `a, b, c` */
function listedExpressions(ts: Compiler, expression: ts.Expression): ts.Expression[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.CommaToken) return [expression];
  return [...listedExpressions(ts, expression.left), ...listedExpressions(ts, expression.right)];
}

/** The property of `_define_property(_this, "name", void 0)`. */
function fieldOf(ts: Compiler, expression: ts.Expression): ts.PropertyDeclaration | null {
  if (!ts.isCallExpression(expression) || helperName(ts, expression) !== 'defineproperty') return null;
  const [, key, value] = expression.arguments;
  if (!key || !ts.isStringLiteral(key)) return null;
  const initializer = value && ts.isVoidExpression(value) ? undefined : value;
  return ts.setTextRange(ts.factory.createPropertyDeclaration(undefined, key, undefined, undefined, initializer), expression);
}

const helping = new Set(['classcallcheck', 'initializerdefineproperty', 'callsuper', 'assertthisinitialized']);

/** Calls of helpers, what is assigned from them, and directives. */
function isHelping(ts: Compiler, expression: ts.Expression): boolean {
  if (ts.isStringLiteral(expression)) return true;
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken) return isHelping(ts, expression.right);
  return ts.isCallExpression(expression) && helping.has(helperName(ts, expression) ?? '');
}

/** `var _this;`, `return _this;`, and the loop that copies the arguments for the base class. */
function isBookkeeping(ts: Compiler, statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement)) {
    const { expression } = statement;
    return expression !== undefined && (ts.isIdentifier(expression) || isHelping(ts, expression));
  }
  if (statement.kind === ts.SyntaxKind.ForStatement) return firstName(ts, (statement as ts.ForStatement).initializer).startsWith('_len');
  return ts.isVariableStatement(statement) && firstName(ts, statement.declarationList).startsWith('_this');
}

/** Of the variables that are declared; empty where none is. */
function firstName(ts: Compiler, list: ts.ForInitializer | undefined): string {
  const name = list?.kind === ts.SyntaxKind.VariableDeclarationList ? (list as ts.VariableDeclarationList).declarations[0]?.name : undefined;
  return name && ts.isIdentifier(name) ? name.text : '';
}
