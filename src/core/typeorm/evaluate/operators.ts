/** Operators of expressions. What is not known stays unknown; in a condition it counts as false. */
import type ts from 'typescript';
import { classChain } from './classes';
import type { Evaluator } from './evaluator';
import { setProperty } from './objectMembers';
import { hasKind, isCallable, isTagged, isTruthy, isUnknown, isUnset, toText, unknown, type Scope, type Value } from './values';

export function applyBinary(evaluator: Evaluator, node: ts.BinaryExpression, scope: Scope): Value {
  const K = evaluator.ts.SyntaxKind;
  const operator = node.operatorToken.kind;
  if (operator >= K.FirstAssignment && operator <= K.LastAssignment) return assign(evaluator, node, scope);
  const left = evaluator.evaluate(node.left, scope);
  switch (operator) {
    case K.BarBarToken:
      return isTruthy(left) ? left : evaluator.evaluate(node.right, scope);
    case K.AmpersandAmpersandToken:
      if (isUnknown(left)) return isUnset(left) ? left : afterUnknown(evaluator.evaluate(node.right, scope));
      return isTruthy(left) ? evaluator.evaluate(node.right, scope) : left;
    case K.QuestionQuestionToken:
      return left === undefined || left === null || isUnknown(left) ? evaluator.evaluate(node.right, scope) : left;
    case K.CommaToken:
      return evaluator.evaluate(node.right, scope);
    default:
      return combine(evaluator, operator, left, evaluator.evaluate(node.right, scope));
  }
}

/** `unknown && 'name'` is a name that may be missing; `unknown && true` is a condition, of which as little is known as of its first half. */
function afterUnknown(right: Value): Value {
  return typeof right === 'boolean' ? unknown : right;
}

function combine(evaluator: Evaluator, operator: ts.SyntaxKind, left: Value, right: Value): Value {
  const K = evaluator.ts.SyntaxKind;
  if (isComparison(K, operator)) evaluator.noteComparison(left, right);
  if (isUnknown(left) || isUnknown(right)) {
    const isKnown = isComparison(K, operator) && isSetOrUnset(left) && isSetOrUnset(right);
    return isKnown ? combine(evaluator, operator, isUnknown(left) ? undefined : left, isUnknown(right) ? undefined : right) : unknown;
  }
  switch (operator) {
    case K.PlusToken: {
      if (typeof left === 'number' && typeof right === 'number') return left + right;
      const [first, second] = [toText(left), toText(right)];
      return first === null || second === null ? unknown : first + second;
    }
    case K.EqualsEqualsEqualsToken:
      return left === right;
    case K.ExclamationEqualsEqualsToken:
      return left !== right;
    case K.EqualsEqualsToken:
      return left === right || (isNullish(left) && isNullish(right));
    case K.ExclamationEqualsToken:
      return !(left === right || (isNullish(left) && isNullish(right)));
    case K.InKeyword:
      return hasKind(right, 'object') && right.properties.has(toText(left) ?? '');
    case K.InstanceOfKeyword:
      return isInstance(evaluator, left, right);
    default:
      if (typeof left === 'string' && typeof right === 'string') return compare(K, operator, left, right);
      return typeof left === 'number' && typeof right === 'number'
        ? (compare(K, operator, left, right) ?? calculate(K, operator, left, right))
        : unknown;
  }
}

function calculate(K: typeof ts.SyntaxKind, operator: ts.SyntaxKind, left: number, right: number): Value {
  switch (operator) {
    case K.MinusToken:
      return left - right;
    case K.AsteriskToken:
      return left * right;
    case K.SlashToken:
      return left / right;
    case K.PercentToken:
      return left % right;
    case K.AsteriskAsteriskToken:
      return left ** right;
    case K.LessThanLessThanToken:
      return left << right;
    case K.GreaterThanGreaterThanToken:
      return left >> right;
    case K.GreaterThanGreaterThanGreaterThanToken:
      return left >>> right;
    case K.BarToken:
      return left | right;
    case K.AmpersandToken:
      return left & right;
    case K.CaretToken:
      return left ^ right;
    default:
      return unknown;
  }
}

/** Undefined where the operator does not compare. */
function compare<T extends string | number>(K: typeof ts.SyntaxKind, operator: ts.SyntaxKind, left: T, right: T): Value {
  switch (operator) {
    case K.LessThanToken:
      return left < right;
    case K.LessThanEqualsToken:
      return left <= right;
    case K.GreaterThanToken:
      return left > right;
    case K.GreaterThanEqualsToken:
      return left >= right;
    default:
      return undefined;
  }
}

function isComparison(K: typeof ts.SyntaxKind, operator: ts.SyntaxKind): boolean {
  return (
    operator === K.EqualsEqualsEqualsToken ||
    operator === K.ExclamationEqualsEqualsToken ||
    operator === K.EqualsEqualsToken ||
    operator === K.ExclamationEqualsToken
  );
}

/** False for what is not known at all: a variable of the environment is known as not set. */
function isSetOrUnset(value: Value): boolean {
  return !isUnknown(value) || isUnset(value);
}

function isInstance(evaluator: Evaluator, value: Value, constructor: Value): Value {
  if (hasKind(constructor, 'native') && constructor.name === 'Array') return hasKind(value, 'array');
  if (hasKind(constructor, 'native') && constructor.name === 'Function') return isCallable(value);
  if (!hasKind(value, 'instance')) return isTagged(value) ? unknown : false;
  return hasKind(value.class, 'class') && hasKind(constructor, 'class') ? classChain(evaluator, value.class).includes(constructor) : unknown;
}

function isNullish(value: Value): boolean {
  return value === undefined || value === null;
}

function assign(evaluator: Evaluator, node: ts.BinaryExpression, scope: Scope): Value {
  const { ts } = evaluator;
  const K = ts.SyntaxKind;
  const operator = node.operatorToken.kind;
  const old = operator === K.EqualsToken ? undefined : evaluator.evaluate(node.left, scope);
  if (operator === K.QuestionQuestionEqualsToken && !isNullish(old) && !isUnknown(old)) return old;
  if (operator === K.BarBarEqualsToken && isTruthy(old)) return old;
  if (operator === K.AmpersandAmpersandEqualsToken && !isTruthy(old)) return old;
  const right = evaluator.evaluate(node.right, scope);
  const combining = operatorOf(K, operator);
  const value = combining === null ? right : combine(evaluator, combining, old, right);
  store(evaluator, node.left, value, scope);
  return value;
}

/** `-` of `-=`; null of those that only decide whether something is assigned, and of `=`. */
function operatorOf(K: typeof ts.SyntaxKind, operator: ts.SyntaxKind): ts.SyntaxKind | null {
  switch (operator) {
    case K.PlusEqualsToken:
      return K.PlusToken;
    case K.MinusEqualsToken:
      return K.MinusToken;
    case K.AsteriskEqualsToken:
      return K.AsteriskToken;
    case K.AsteriskAsteriskEqualsToken:
      return K.AsteriskAsteriskToken;
    case K.SlashEqualsToken:
      return K.SlashToken;
    case K.PercentEqualsToken:
      return K.PercentToken;
    case K.LessThanLessThanEqualsToken:
      return K.LessThanLessThanToken;
    case K.GreaterThanGreaterThanEqualsToken:
      return K.GreaterThanGreaterThanToken;
    case K.GreaterThanGreaterThanGreaterThanEqualsToken:
      return K.GreaterThanGreaterThanGreaterThanToken;
    case K.AmpersandEqualsToken:
      return K.AmpersandToken;
    case K.BarEqualsToken:
      return K.BarToken;
    case K.CaretEqualsToken:
      return K.CaretToken;
    default:
      return null;
  }
}

function store(evaluator: Evaluator, target: ts.Expression, value: Value, scope: Scope): void {
  const { ts } = evaluator;
  if (ts.isIdentifier(target)) return evaluator.assign(target.text, value, scope);
  if (ts.isParenthesizedExpression(target) || ts.isAsExpression(target)) return store(evaluator, target.expression, value, scope);
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return;
  const owner = evaluator.evaluate(target.expression, scope);
  const name = ts.isPropertyAccessExpression(target) ? target.name.text : toText(evaluator.evaluate(target.argumentExpression, scope));
  if (name === null) return;
  setProperty(evaluator, owner, name, value);
}

export function applyDelete(evaluator: Evaluator, target: ts.Expression, scope: Scope): Value {
  const { ts } = evaluator;
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return true;
  const owner = evaluator.evaluate(target.expression, scope);
  const name = ts.isPropertyAccessExpression(target) ? target.name.text : toText(evaluator.evaluate(target.argumentExpression, scope));
  if (name !== null && hasKind(owner, 'object')) owner.properties.delete(name);
  return true;
}

export function applyUnary(evaluator: Evaluator, node: ts.UnaryExpression, scope: Scope): Value {
  const { ts } = evaluator;
  if (ts.isVoidExpression(node)) {
    evaluator.evaluate(node.expression, scope);
    return undefined;
  }
  if (ts.isTypeOfExpression(node)) return typeOf(evaluator.evaluate(node.expression, scope));
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return unknown;
  const value = evaluator.evaluate(node.operand, scope);
  const K = ts.SyntaxKind;
  switch (node.operator) {
    case K.ExclamationToken:
      // An unknown condition counts as false whichever way it is asked.
      return isUnknown(value) && !isUnset(value) ? unknown : !isTruthy(value);
    case K.MinusToken:
      return typeof value === 'number' ? -value : unknown;
    case K.TildeToken:
      return typeof value === 'number' ? ~value : unknown;
    case K.PlusToken:
      return isTagged(value) ? unknown : Number(value);
    case K.PlusPlusToken:
    case K.MinusMinusToken: {
      if (typeof value !== 'number') return unknown;
      const next = node.operator === K.PlusPlusToken ? value + 1 : value - 1;
      store(evaluator, node.operand, next, scope);
      return ts.isPrefixUnaryExpression(node) ? next : value;
    }
    default:
      return unknown;
  }
}

function typeOf(value: Value): Value {
  if (isUnknown(value)) return isUnset(value) ? 'undefined' : unknown;
  if (isCallable(value)) return 'function';
  return isTagged(value) ? 'object' : typeof value;
}
