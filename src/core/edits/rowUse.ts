/**
 * Whether rows of a query are only read in parts, so that one property more in them changes nothing: `row.name`, `rows.length`,
 * `rows.map((row) => row.name)`. A row that is returned, sent, spread, kept or handed to a function is seen whole.
 */
import type ts from 'typescript';
import { isMethodCall, type MethodCall } from './findCall';
import { referencesTo } from './iteration';
import { lineOf, type SourceText } from './sourceText';

type Holds = 'row' | 'rows';

const SAME_ROWS = /^(filter|slice|sort|reverse|toSorted|toReversed|concat)$/;
const ONE_OF_THEM = /^(find|findLast|at|pop|shift)$/;
const PER_ROW = /^(map|forEach|flatMap|some|every|filter|find|findLast|findIndex|sort|toSorted)$/;

/** Where a row found by `lookup` is seen whole, or has `property` read; null where neither is. */
export function seenWhole(
  source: SourceText,
  lookup: MethodCall,
  one: boolean,
  property: string,
): { readonly what: string; readonly line: number } | null {
  const awaited = source.typescript.isAwaitExpression(lookup.parent) ? lookup.parent : null;
  const leak = awaited ? leakOf(source, awaited, one ? 'row' : 'rows', property) : lookup;
  if (!leak) return null;
  return {
    what: source.typescript.isIdentifier(leak) ? `'${leak.text}'` : one ? 'the row found' : 'the list of rows found',
    line: lineOf(source, leak),
  };
}

/** The node by which what `value` holds gets out. */
function leakOf(source: SourceText, value: ts.Expression, holds: Holds, property: string): ts.Node | null {
  const { typescript } = source;
  const { parent } = value;
  const goesOn = (next: ts.Expression, held = holds): ts.Node | null => leakOf(source, next, held, property);
  if (typescript.isParenthesizedExpression(parent) || typescript.isNonNullExpression(parent)) return goesOn(parent);
  if (typescript.isVariableDeclaration(parent) && parent.initializer === value) return inBinding(source, parent.name, holds, property);
  if (typescript.isExpressionStatement(parent) || isLookedAt(source, value)) return null;
  if (typescript.isBinaryExpression(parent) && parent.left === value && parent.operatorToken.getText(source.tree) === '??') return goesOn(parent);
  return holds === 'row' ? ofRow(source, value, property) : ofRows(source, value, property);
}

function ofRow({ typescript }: SourceText, value: ts.Expression, property: string): ts.Node | null {
  const { parent } = value;
  const isRead =
    typescript.isPropertyAccessExpression(parent) &&
    parent.expression === value &&
    parent.name.text !== property &&
    !(typescript.isCallExpression(parent.parent) && parent.parent.expression === parent);
  return isRead ? null : value;
}

function ofRows(source: SourceText, value: ts.Expression, property: string): ts.Node | null {
  const { typescript } = source;
  const { parent } = value;
  if (typescript.isForOfStatement(parent) && parent.expression === value && typescript.isVariableDeclarationList(parent.initializer)) {
    const element = parent.initializer.declarations[0];
    return element ? inBinding(source, element.name, 'row', property) : value;
  }
  if (typescript.isElementAccessExpression(parent) && parent.expression === value) return leakOf(source, parent, 'row', property);
  if (!typescript.isPropertyAccessExpression(parent) || parent.expression !== value) return value;
  if (parent.name.text === 'length') return null;
  const call = parent.parent;
  return isMethodCall(source, call) && call.expression === parent ? ofListMethod(source, call, property) : value;
}

/** `rows.map((row) => …)`, `rows.reduce((sum, row) => …, 0)`, `rows.filter(…)`, `rows.at(-1)` */
function ofListMethod(source: SourceText, call: MethodCall, property: string): ts.Node | null {
  const { typescript } = source;
  const name = call.expression.name.text;
  const [callback] = call.arguments;
  const isReduce = name === 'reduce' && call.arguments.length === 2;
  if (PER_ROW.test(name) || isReduce) {
    if (callback && !typescript.isArrowFunction(callback) && !typescript.isFunctionExpression(callback)) return call;
    const rows = callback ? (isReduce ? callback.parameters.slice(1, 2) : callback.parameters.slice(0, /ort/.test(name) ? 2 : 1)) : [];
    for (const row of rows) {
      const leak = inBinding(source, row.name, 'row', property);
      if (leak) return leak;
    }
  }
  if (SAME_ROWS.test(name)) return leakOf(source, call, 'rows', property);
  if (ONE_OF_THEM.test(name)) return leakOf(source, call, 'row', property);
  return PER_ROW.test(name) || isReduce ? null : call;
}

/** A variable, or the properties taken out of a row, or rows taken out of a list. */
function inBinding(source: SourceText, name: ts.BindingName, holds: Holds, property: string): ts.Node | null {
  const { typescript } = source;
  if (typescript.isIdentifier(name)) {
    for (const use of referencesTo(source, name)) {
      const leak = typescript.isShorthandPropertyAssignment(use.parent) ? use : leakOf(source, use, holds, property);
      if (leak) return leak;
    }
    return null;
  }
  if (typescript.isArrayBindingPattern(name)) {
    const elements = name.elements.filter((each) => typescript.isBindingElement(each));
    if (holds === 'row' || elements.some(({ dotDotDotToken }) => dotDotDotToken)) return name;
    return elements.map((each) => inBinding(source, each.name, 'row', property)).find((leak) => leak !== null) ?? null;
  }
  const isHarmless = (each: ts.BindingElement): boolean => !each.dotDotDotToken && (each.propertyName ?? each.name).getText(source.tree) !== property;
  return holds === 'row' && name.elements.every(isHarmless) ? null : name;
}

/** `if (row)`, `!row`, `row ? … : …`, `row && …`, `row === null` */
function isLookedAt({ typescript, tree }: SourceText, value: ts.Expression): boolean {
  const { parent } = value;
  if (typescript.isIfStatement(parent) || typescript.isWhileStatement(parent)) return parent.expression === value;
  if (typescript.isConditionalExpression(parent)) return parent.condition === value;
  if (typescript.isPrefixUnaryExpression(parent)) return parent.operator === typescript.SyntaxKind.ExclamationToken;
  if (!typescript.isBinaryExpression(parent)) return false;
  const operator = parent.operatorToken.getText(tree);
  // The value of `row && row.name` is the row only where that is null.
  return /^[!=]==?$/.test(operator) || (operator === '&&' && parent.left === value);
}
