/** Expressions → values, one case for each kind of syntax. */
import type ts from 'typescript';
import { readHelperClass } from '../parse/helperClass';
import { createClass } from './classes';
import { evaluateCall, evaluateNew } from './calls';
import type { Evaluator } from './evaluator';
import { evaluateObject, evaluatePattern, evaluateTaggedTemplate, evaluateTemplate } from './literals';
import { applyBinary, applyDelete, applyUnary } from './operators';
import { importMeta } from './urlModule';
import { iterated } from './collections';
import { arrayOf, hasKind, isTruthy, isUnset, unknown, type Scope, type Value } from './values';

/** What an expression comes to; `evaluator.evaluate` counts it as a step of work. */
export function evaluateExpression(evaluator: Evaluator, node: ts.Expression, scope: Scope): Value {
  const K = evaluator.ts.SyntaxKind;
  switch (node.kind) {
    case K.StringLiteral:
    case K.NoSubstitutionTemplateLiteral:
      return (node as ts.StringLiteral).text;
    case K.NumericLiteral:
      return Number((node as ts.NumericLiteral).text);
    case K.TrueKeyword:
      return true;
    case K.FalseKeyword:
      return false;
    case K.NullKeyword:
      return null;
    case K.Identifier:
      return evaluator.lookup((node as ts.Identifier).text, scope);
    case K.ThisKeyword:
      return scope.self;
    case K.SuperKeyword:
      return evaluator.lookup('super', scope);
    case K.ObjectLiteralExpression:
      return evaluateObject(evaluator, node as ts.ObjectLiteralExpression, scope);
    case K.ArrayLiteralExpression:
      return arrayOf(evaluator.evaluateList((node as ts.ArrayLiteralExpression).elements, scope));
    case K.ArrowFunction:
      return { kind: 'function', node: node as ts.ArrowFunction, scope };
    case K.FunctionExpression: {
      const written = readHelperClass(evaluator.ts, node as ts.FunctionExpression);
      return written ? createClass(evaluator, written, scope, '') : { kind: 'function', node: node as ts.FunctionExpression, scope };
    }
    case K.ClassExpression:
      return createClass(evaluator, node as ts.ClassExpression, scope, '');
    case K.CallExpression:
      return evaluateCall(evaluator, node as ts.CallExpression, scope);
    case K.NewExpression:
      return evaluateNew(evaluator, node as ts.NewExpression, scope);
    case K.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      const value = evaluator.evaluate(access.expression, scope);
      return isPassedOver(evaluator, access, value) ? value : evaluator.member(value, access.name.text);
    }
    case K.ElementAccessExpression: {
      const access = node as ts.ElementAccessExpression;
      const key = evaluator.evaluate(access.argumentExpression, scope);
      const value = evaluator.evaluate(access.expression, scope);
      return isPassedOver(evaluator, access, value) ? value : evaluator.item(value, key);
    }
    case K.MetaProperty:
      return importMeta(scope.module.file);
    case K.RegularExpressionLiteral:
      return evaluatePattern((node as ts.RegularExpressionLiteral).text);
    case K.TemplateExpression:
      return evaluateTemplate(evaluator, node as ts.TemplateExpression, scope);
    case K.TaggedTemplateExpression:
      return evaluateTaggedTemplate(evaluator, node as ts.TaggedTemplateExpression, scope);
    case K.YieldExpression:
      return evaluateYield(evaluator, node as ts.YieldExpression, scope);
    case K.DeleteExpression:
      return applyDelete(evaluator, (node as ts.DeleteExpression).expression, scope);
    case K.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.ConditionalExpression;
      return evaluator.evaluate(isTruthy(evaluator.evaluate(condition, scope)) ? whenTrue : whenFalse, scope);
    }
    case K.BinaryExpression:
      return applyBinary(evaluator, node as ts.BinaryExpression, scope);
    case K.PrefixUnaryExpression:
    case K.TypeOfExpression:
    case K.VoidExpression:
    case K.PostfixUnaryExpression:
      return applyUnary(evaluator, node as ts.PrefixUnaryExpression, scope);
    case K.ParenthesizedExpression:
    case K.AsExpression:
    case K.SatisfiesExpression:
    case K.NonNullExpression:
    case K.TypeAssertionExpression:
    case K.ExpressionWithTypeArguments:
    case K.AwaitExpression:
      return evaluator.evaluate((node as ts.ParenthesizedExpression).expression, scope);
    default:
      return unknown;
  }
}

/** By this name the body of a generator finds the list of what it has yielded. */
export const yielded = 'function*';

function evaluateYield(evaluator: Evaluator, { expression, asteriskToken }: ts.YieldExpression, scope: Scope): Value {
  const value = expression && evaluator.evaluate(expression, scope);
  const list = evaluator.lookup(yielded, scope);
  if (hasKind(list, 'array')) list.items.push(...(asteriskToken ? (iterated(value) ?? []) : [value]));
  return undefined;
}

/** `value?.name` of nothing is nothing. */
function isPassedOver(evaluator: Evaluator, node: ts.PropertyAccessExpression | ts.ElementAccessExpression, value: Value): boolean {
  return (value === undefined || value === null || isUnset(value)) && evaluator.ts.isOptionalChain(node);
}
