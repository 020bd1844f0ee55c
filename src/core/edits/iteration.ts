/** Loops over a query's result: which variable holds an element, and whether anyone gets to see the element whole. */
import type ts from 'typescript';
import { calleeOf } from './callee';
import { isMethodCall, type MethodCall } from './findCall';
import { nodesByName } from './nodesByName';
import { nearestDeclaration } from './receiverEntity';
import { descendants, isPropertyName, lineOf, unwrap, type SourceText } from './sourceText';

export interface Iteration {
  /** Parameters and variables that hold one element of the result. */
  readonly elements: readonly Declaration[];
  /** The variable that holds the result; null where the loop runs over the call itself. */
  readonly list: Declaration | null;
}

type Declaration = ts.VariableDeclaration | ts.ParameterDeclaration;

/** Methods that hand each element to their first callback argument, and give back elements of the same list or nothing of it. */
export const PER_ELEMENT: ReadonlySet<string> = new Set(['map', 'forEach', 'flatMap', 'some', 'every', 'find', 'filter']);
const SAME_ELEMENTS = new Set(['filter', 'slice', 'sort', 'reverse', 'toSorted', 'toReversed']);

/** The loop whose element `use` names, if it runs over the result of `query` and nothing else. */
export function iterationOf(source: SourceText, use: ts.Identifier, query: MethodCall): Iteration | null {
  const element = nearestDeclaration(source, use.text, use);
  const listed = element && listExpression(source, element);
  if (!element || !listed) return null;
  const root = elementsRoot(source, listed);
  if (isResultOf(source, root, query)) return { elements: [element], list: null };
  if (!source.typescript.isIdentifier(root)) return null;
  const list = nearestDeclaration(source, root.text, root);
  if (!list?.initializer || !isResultOf(source, list.initializer, query)) return null;
  return { elements: [element, ...otherElements(source, list)], list };
}

/** Where an element or the whole list is handed on; `replaced` is the property that the edit adds to each element. */
export function elementUse(source: SourceText, iteration: Iteration, replaced: string): { readonly what: string; readonly line: number } | null {
  for (const element of iteration.elements) {
    const leak = references(source, element).find((use) => !isPropertyRead(source, use) && !isSpreadOver(source, use, replaced));
    if (leak) return { what: leak.text, line: lineOf(source, leak) };
  }
  const leak = iteration.list ? references(source, iteration.list).find((use) => !staysInside(source, use)) : undefined;
  return leak ? { what: leak.text, line: lineOf(source, leak) } : null;
}

/** Where the names of an element's properties are gone through, what was loaded with it included: `Object.keys(order)`, `for (const name in order)`. */
export function namesRead(source: SourceText, { elements }: Iteration): Handed | null {
  return elements.map((element) => namesReadOf(source, element)).find((found) => found !== null) ?? null;
}

interface Handed {
  readonly source: SourceText;
  readonly node: ts.Node;
}

const NAMES = /^(Object\.(keys|getOwnPropertyNames|getOwnPropertyDescriptors)|Reflect\.ownKeys)$/;

function namesReadOf(source: SourceText, element: Declaration, depth = 0): Handed | null {
  const { typescript, tree } = source;
  for (const use of references(source, element)) {
    const { parent } = use;
    if (typescript.isForInStatement(parent) && parent.expression === use) return { source, node: use };
    if (!typescript.isCallExpression(parent) || parent.expression === use) continue;
    if (NAMES.test(parent.expression.getText(tree))) return { source, node: use };
    const callee = depth < 3 ? calleeOf(source, parent) : null;
    const parameter = callee?.fn.parameters[parent.arguments.indexOf(use)];
    const found = callee && parameter ? namesReadOf(callee.source, parameter, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

/** Where an element, or the list, is saved: with a collection loaded, TypeORM compares each of them with the database first. */
export function savedAgain(source: SourceText, { elements, list }: Iteration): ts.Node | null {
  const uses = [...elements, ...(list ? [list] : [])].flatMap((each) => references(source, each));
  return (
    uses.find(({ parent }) => {
      const call = source.typescript.isPropertyAccessExpression(parent) ? parent.parent : parent;
      return isMethodCall(source, call) && /^(save|remove|softRemove)$/.test(call.expression.name.text);
    }) ?? null
  );
}

/** What a loop variable iterates: `orders` in `for (const order of orders)` and in `orders.map((order) => …)`. */
export function listExpression({ typescript }: SourceText, declaration: Declaration): ts.Expression | null {
  if (typescript.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return typescript.isForOfStatement(loop) && loop.initializer === declaration.parent ? loop.expression : null;
  }
  const callback = declaration.parent;
  if (!typescript.isArrowFunction(callback) && !typescript.isFunctionExpression(callback)) return null;
  const call = callback.parent;
  if (callback.parameters[0] !== declaration || !typescript.isCallExpression(call) || !typescript.isPropertyAccessExpression(call.expression))
    return null;
  return PER_ELEMENT.has(call.expression.name.text) && call.arguments[0] === callback ? call.expression.expression : null;
}

/** `orders` of `orders.filter(paid).slice(0, 10)`. */
function elementsRoot(source: SourceText, expression: ts.Expression): ts.Expression {
  const value = unwrap(source, expression);
  return isMethodCall(source, value) && SAME_ELEMENTS.has(value.expression.name.text) ? elementsRoot(source, value.expression.expression) : value;
}

function isResultOf(source: SourceText, expression: ts.Expression, query: MethodCall): boolean {
  const value = elementsRoot(source, expression);
  return value === query || (source.typescript.isAwaitExpression(value) && unwrap(source, value.expression) === query);
}

function references(source: SourceText, { name }: Declaration): ts.Identifier[] {
  return source.typescript.isIdentifier(name) ? referencesTo(source, name) : [];
}

/** Uses of the variable or parameter that a name declares. */
export function referencesTo(source: SourceText, name: ts.Identifier): ts.Identifier[] {
  const { text } = name;
  const declaration = nearestDeclaration(source, text, name);
  return (nodesByName(source).identifiers.get(text) ?? []).filter(
    (node) => node !== name && !isPropertyName(source, node) && nearestDeclaration(source, text, node) === declaration,
  );
}

function isPropertyRead({ typescript }: SourceText, use: ts.Identifier): boolean {
  const { parent } = use;
  return typescript.isPropertyAccessExpression(parent) && parent.expression === use && !isMethodOfIt(typescript, parent);
}

/** `order.toJSON()` sees all of it. */
function isMethodOfIt(typescript: SourceText['typescript'], access: ts.PropertyAccessExpression): boolean {
  return typescript.isCallExpression(access.parent) && access.parent.expression === access;
}

/** `{ ...order, user }`: the added property is overwritten by one of the same name. */
function isSpreadOver({ typescript }: SourceText, use: ts.Identifier, replaced: string): boolean {
  const spread = use.parent;
  if (!typescript.isSpreadAssignment(spread) || !typescript.isObjectLiteralExpression(spread.parent)) return false;
  const { properties } = spread.parent;
  return properties
    .slice(properties.indexOf(spread) + 1)
    .some(({ name }) => name !== undefined && typescript.isIdentifier(name) && name.text === replaced);
}

/** A loop over the list, its length, or a method whose callback is written here (its element is looked at on its own). */
function staysInside(source: SourceText, use: ts.Identifier): boolean {
  const { typescript } = source;
  const { parent } = use;
  if (typescript.isForOfStatement(parent)) return parent.expression === use;
  if (!typescript.isPropertyAccessExpression(parent) || parent.expression !== use) return false;
  if (parent.name.text === 'length') return true;
  const call = parent.parent;
  if (!typescript.isCallExpression(call) || call.expression !== parent) return false;
  return givesElementsOnlyToCallbacks(source, call as MethodCall);
}

function givesElementsOnlyToCallbacks(source: SourceText, call: MethodCall): boolean {
  const { typescript } = source;
  const name = call.expression.name.text;
  const [callback] = call.arguments;
  const inline = callback !== undefined && (typescript.isArrowFunction(callback) || typescript.isFunctionExpression(callback));
  if (SAME_ELEMENTS.has(name)) {
    const next = call.parent;
    if (typescript.isForOfStatement(next)) return next.expression === call;
    return (
      typescript.isPropertyAccessExpression(next) &&
      isMethodCall(source, next.parent) &&
      next.parent.expression === next &&
      givesElementsOnlyToCallbacks(source, next.parent)
    );
  }
  return PER_ELEMENT.has(name) && name !== 'find' && inline;
}

/** Elements of the other loops over the same list. */
function otherElements(source: SourceText, list: Declaration): Declaration[] {
  return [...descendants(source, source.tree)].filter((node): node is Declaration => {
    if (!source.typescript.isVariableDeclaration(node) && !source.typescript.isParameter(node)) return false;
    const listed = listExpression(source, node);
    const root = listed && elementsRoot(source, listed);
    return !!root && source.typescript.isIdentifier(root) && nearestDeclaration(source, root.text, root) === list;
  });
}
