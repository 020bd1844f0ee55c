/**
 * Where a row goes, and whether anybody changes it on the way: through variables, lists and objects that it is put into, functions that it is handed
 * to, in whichever file they stand, and what they give back. Once rows are looked up together, turns with the same key share theirs.
 */
import type ts from 'typescript';
import { isAssigned } from './assignment';
import { calleeOf, functionOf, type Callee } from './callee';
import { isMethodCall, type MethodCall } from './findCall';
import { listExpression, referencesTo } from './iteration';
import { usesOfFunction, type LocalFunction } from './localFunction';
import { nearestDeclaration, receiverEntity } from './receiverEntity';
import { enclosingFunction, unwrap, type SourceText } from './sourceText';
import { lowerFirst } from './words';
import { calleeName } from './writes';

/** What a value holds of the row. */
export type Holder =
  /** The row, or with `part` what is in it. */
  | { readonly kind: 'row'; readonly part?: true }
  /** An object with the row's properties: its own may change, what is in them not. */
  | { readonly kind: 'copy' }
  /** With `isShared`, turns of the same key have the list itself in common. */
  | { readonly kind: 'list'; readonly of: Holder; readonly isShared?: true }
  | { readonly kind: 'object'; readonly slot: string; readonly of: Holder };

export interface Culprit {
  readonly source: SourceText;
  /** Where the row is changed, or handed to something that may change it. */
  readonly node: ts.Node;
  /** The function that nobody can look into; null where the change is seen. */
  readonly handedTo: string | null;
  /** The row is not changed but told from other objects: `row === other`, `new Set(rows)`. */
  readonly isCompared?: true;
}

/** What is known of the rows, and what is asked about them. */
export interface RowFacts {
  /** Whether a property of the row is a plain value, which nobody can change in its place. */
  readonly isPlain: (property: string) => boolean;
  /** Whether a change of the property matters; null for one that is not told. */
  readonly matters?: (property: string | null) => boolean;
  /** Whether it matters, too, that two rows are two objects. */
  readonly isShared?: boolean;
}

interface Flow extends Required<RowFacts> {
  readonly seen: Set<ts.Node>;
  /** The calls by which functions were entered. */
  readonly calls: Map<LocalFunction, { readonly source: SourceText; readonly call: ts.CallExpression }>;
}

const PART: Holder = { kind: 'row', part: true };

/** Methods that change what they are called on. */
const MUTATORS = /^(merge|assign|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|add|delete|clear|set|set[A-Z]\w*)$/;
/** Functions and methods that nobody can look into, but are named as if they only read. */
const READERS =
  /^(to|is|has|get|reduce|filter|some|every|find|flat|forEach|slice|concat|join|at|show|display|view|check|compare|map|format|serialize|stringify|present|render|print|log|warn|error|info|debug|trace|describe|summarize|convert|transform|from|as|json|send|reply|respond|string|number|boolean|date|keys|values|entries|includes|index|structured|clone|pick|omit|instance|plain|expect|assert|trim|split|replace|starts|ends|match|test|pad|repeat|char|locale|then|catch|finally|count|sum|save|insert|remove|of|resolve|next)(?![a-z])/;
export const COLLECTORS = /^(push|unshift|add|set|append|enqueue)$/;
const PER_ELEMENT = /^(map|flatMap|forEach|filter|find|findLast|findIndex|some|every|sort|toSorted|then)$/;
const SAME_LIST = /^(filter|slice|sort|reverse|toSorted|toReversed|concat|values|flat)$/;
const ONE_ELEMENT = /^(find|findLast|at|pop|shift|get)$/;
const PASSES_ON = /^(Promise\.(all|allSettled|race|any|resolve)|Array\.from|Array\.of|Object\.(values|entries))$/;
/** Give back what they are given, which can be asked for it (`Object.isFrozen`). */
const FREEZES = /^Object\.(freeze|seal|preventExtensions)$/;

/** The first change of what `value` holds; null where it is only read. */
export function changeOf(source: SourceText, value: ts.Expression, holder: Holder, facts: RowFacts): Culprit | null {
  return follow(flowOf(facts), source, value, holder);
}

/** The first change of what a variable holds, of those uses of it that count. */
export function changeOfVariable(
  source: SourceText,
  name: ts.BindingName,
  holder: Holder,
  counts: (use: ts.Node) => boolean,
  facts: RowFacts,
): Culprit | null {
  return ofBinding(flowOf(facts), source, name, holder, counts);
}

function flowOf({ isPlain, matters = () => true, isShared = false }: RowFacts): Flow {
  return { seen: new Set(), calls: new Map(), isPlain, matters, isShared };
}

function follow(flow: Flow, source: SourceText, value: ts.Expression, holder: Holder): Culprit | null {
  const { typescript, tree } = source;
  if (flow.seen.has(value)) return null;
  flow.seen.add(value);
  const { parent } = value;
  if (flow.isShared && isComparedAsObject(source, value, holder)) return { source, node: parent, handedTo: null, isCompared: true };
  if (passesOn(source, value, parent)) return follow(flow, source, parent, holder);
  if (typescript.isVariableDeclaration(parent)) return ofBinding(flow, source, parent.name, holder);
  if (typescript.isBinaryExpression(parent)) return parent.right === value ? ofAssignment(flow, source, parent, holder) : null;
  if (typescript.isPropertyAccessExpression(parent) && parent.expression === value) return ofMember(flow, source, parent, parent.name.text, holder);
  if (typescript.isElementAccessExpression(parent) && parent.expression === value) return ofMember(flow, source, parent, null, holder);
  if (typescript.isCallExpression(parent)) return parent.expression === value ? null : ofArgument(flow, source, parent, value, holder);
  if (typescript.isNewExpression(parent))
    return /^(Map|Set)$/.test(parent.expression.getText(tree)) ? follow(flow, source, parent, valuesOf(holder)) : null;
  if (typescript.isShorthandPropertyAssignment(parent) || (typescript.isPropertyAssignment(parent) && parent.initializer === value))
    return follow(flow, source, parent.parent, { kind: 'object', slot: parent.name.getText(tree), of: holder });
  if (typescript.isSpreadAssignment(parent)) return follow(flow, source, parent.parent, holder.kind === 'row' ? { kind: 'copy' } : holder);
  if (typescript.isArrayLiteralExpression(parent)) return follow(flow, source, parent, { kind: 'list', of: holder });
  if (typescript.isSpreadElement(parent)) return ofSpread(flow, source, parent, holder);
  if (typescript.isForOfStatement(parent) && parent.expression === value && typescript.isVariableDeclarationList(parent.initializer)) {
    const [element] = parent.initializer.declarations;
    return element ? ofBinding(flow, source, element.name, elementOf(holder)) : null;
  }
  const isReturned = typescript.isReturnStatement(parent) || (typescript.isArrowFunction(parent) && parent.body === value);
  return isReturned ? ofReturn(flow, source, value, holder) : null;
}

/** `row === other`, `new Set(rows)`, `seen.add(row)` of a Set, `rows.includes(row)`, `byRow.get(row)`: two objects with the same fields are two. */
function isComparedAsObject(source: SourceText, value: ts.Expression, holder: Holder): boolean {
  const { typescript, tree } = source;
  const { parent } = value;
  const isRow = (holder.kind === 'row' && !holder.part) || isSharedList(holder);
  if (isRow && typescript.isBinaryExpression(parent)) {
    const other = parent.left === value ? parent.right : parent.left;
    return /^[!=]==?$/.test(parent.operatorToken.getText(tree)) && !/^(null|undefined|true|false)$|^typeof\b/.test(other.getText(tree));
  }
  const isListOfRows = holder.kind === 'list' && holder.of.kind === 'row';
  if (typescript.isNewExpression(parent)) return (isRow || isListOfRows) && /^(Weak)?Set$/.test(parent.expression.getText(tree));
  if (!isRow || !isMethodCall(source, parent)) return false;
  const index = parent.arguments.indexOf(value);
  const name = parent.expression.name.text;
  return (
    parent.expression.getText(tree) === 'Object.is' ||
    (index === 0 && COMPARES.test(name) && !calleeOf(source, parent) && (name !== 'set' || parent.arguments.length === 2))
  );
}

function isSharedList(holder: Holder): boolean {
  return holder.kind === 'list' && holder.isShared === true;
}

const COMPARES = /^(add|has|includes|indexOf|lastIndexOf|get|set)$/;

/** `await row`, `row!`, `row ?? other`, `found ? row : null`: the same value. */
function passesOn({ typescript, tree }: SourceText, value: ts.Expression, parent: ts.Node): parent is ts.Expression {
  if (typescript.isBinaryExpression(parent)) return /^(\?\?|\|\||&&|,)$/.test(parent.operatorToken.getText(tree));
  if (typescript.isConditionalExpression(parent)) return parent.condition !== value;
  return (
    typescript.isAwaitExpression(parent) ||
    typescript.isParenthesizedExpression(parent) ||
    typescript.isNonNullExpression(parent) ||
    typescript.isAsExpression(parent) ||
    typescript.isSatisfiesExpression(parent)
  );
}

function ofBinding(
  flow: Flow,
  source: SourceText,
  name: ts.BindingName,
  holder: Holder,
  among: (use: ts.Node) => boolean = () => true,
): Culprit | null {
  const { typescript } = source;
  if (typescript.isIdentifier(name)) return first(referencesTo(source, name).filter(among), (use) => follow(flow, source, use, holder));
  return first(name.elements, (element) => {
    if (!typescript.isBindingElement(element)) return null;
    const property = element.dotDotDotToken ? null : (element.propertyName ?? element.name).getText(source.tree);
    const isList = typescript.isArrayBindingPattern(name);
    const inner = element.dotDotDotToken ? restOf(holder) : isList ? elementOf(holder) : propertyOf(flow, holder, property);
    return inner && ofBinding(flow, source, element.name, inner, among);
  });
}

/** `other = row`, `dto.row = row` */
function ofAssignment(flow: Flow, source: SourceText, { left, operatorToken }: ts.BinaryExpression, holder: Holder): Culprit | null {
  const { typescript, tree } = source;
  if (!/^(\?\?|\|\||&&)?=$/.test(operatorToken.getText(tree))) return null;
  if (typescript.isIdentifier(left)) return ofVariable(flow, source, left, holder);
  if (typescript.isPropertyAccessExpression(left))
    return ofVariable(flow, source, left.expression, { kind: 'object', slot: left.name.text, of: holder });
  return typescript.isElementAccessExpression(left) ? ofVariable(flow, source, left.expression, { kind: 'list', of: holder }) : null;
}

/** Everywhere that a variable, into which the row went, is used. */
function ofVariable(flow: Flow, source: SourceText, written: ts.Expression, holder: Holder): Culprit | null {
  const { typescript } = source;
  const expression = unwrap(source, written);
  if (typescript.isElementAccessExpression(expression)) return ofVariable(flow, source, expression.expression, { kind: 'list', of: holder });
  if (typescript.isPropertyAccessExpression(expression))
    return ofVariable(flow, source, expression.expression, { kind: 'object', slot: expression.name.text, of: holder });
  const declaration = typescript.isIdentifier(expression) ? nearestDeclaration(source, expression.text, expression) : null;
  if (!declaration) return null;
  const changed = ofBinding(flow, source, declaration.name, holder, (use) => use !== expression);
  return changed ?? (holder.kind === 'object' ? whereItCameFrom(flow, source, declaration, holder) : null);
}

/** `post.author = row` of `for (const post of posts)`: the list's elements hold the row from then on, and so does what a parameter was handed. */
function whereItCameFrom(
  flow: Flow,
  source: SourceText,
  declaration: ts.VariableDeclaration | ts.ParameterDeclaration,
  holder: Holder,
): Culprit | null {
  const { typescript } = source;
  if (flow.seen.has(declaration)) return null;
  flow.seen.add(declaration);
  const list = listExpression(source, declaration);
  if (list) return ofVariable(flow, source, list, { kind: 'list', of: holder });
  if (!typescript.isParameter(declaration)) return null;
  const from = flow.calls.get(declaration.parent as LocalFunction);
  const argument = from?.call.arguments[declaration.parent.parameters.indexOf(declaration)];
  return from && argument ? ofVariable(flow, from.source, argument, holder) : null;
}

function ofMember(
  flow: Flow,
  source: SourceText,
  access: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  property: string | null,
  holder: Holder,
): Culprit | null {
  const { typescript } = source;
  if (isWritten(source, access))
    return (holder.kind === 'row' || isSharedList(holder)) && flow.matters(property) ? { source, node: access, handedTo: null } : null;
  if (isMethodCall(source, access.parent) && access.parent.expression === access) return ofMethod(flow, source, access.parent, holder);
  const inner = property === null ? elementOf(holder) : propertyOf(flow, holder, property);
  return inner && !(holder.kind === 'list' && typescript.isPropertyAccessExpression(access)) ? follow(flow, source, access, inner) : null;
}

function isWritten(source: SourceText, access: ts.Expression): boolean {
  return isAssigned(source, access) || source.typescript.isDeleteExpression(access.parent);
}

/** `row.tags.push(…)`, `rows.map((row) => …)`, `(row) => …` of a `then` */
function ofMethod(flow: Flow, source: SourceText, call: MethodCall, holder: Holder): Culprit | null {
  const name = call.expression.name.text;
  if (holder.kind === 'object') return null;
  if ((holder.kind !== 'list' || holder.isShared) && MUTATORS.test(name)) return flow.matters(null) ? { source, node: call, handedTo: null } : null;
  if (holder.kind === 'row' && !holder.part && !isReader(name)) return flow.matters(null) ? { source, node: call, handedTo: null } : null;
  const element = name === 'then' ? holder : elementOf(holder);
  const isReduce = /^reduce(Right)?$/.test(name);
  const [callback] = call.arguments;
  const changed =
    callback && (PER_ELEMENT.test(name) || isReduce) ? ofCallback(flow, source, callback, isReduce ? 1 : 0, element, /ort/.test(name)) : null;
  if (changed) return changed;
  if (SAME_LIST.test(name)) return follow(flow, source, call, { kind: 'list', of: element });
  if (ONE_ELEMENT.test(name)) return follow(flow, source, call, element);
  return name === 'entries' ? follow(flow, source, call, { kind: 'list', of: { kind: 'list', of: element } }) : null;
}

/** A function that gets the row as its parameter, written out or named. */
function ofCallback(flow: Flow, source: SourceText, callback: ts.Expression, index: number, holder: Holder, isOfTwo: boolean): Culprit | null {
  const { typescript } = source;
  const isInline = typescript.isArrowFunction(callback) || typescript.isFunctionExpression(callback);
  const callee = isInline ? { source, fn: callback } : functionOf(source, callback);
  if (!callee) {
    const name = calleeName(source, { expression: callback });
    return isReader(name) || !flow.matters(null) ? null : { source, node: callback, handedTo: name };
  }
  return first(callee.fn.parameters.slice(index, index + (isOfTwo ? 2 : 1)), ({ name }) => ofBinding(flow, callee.source, name, holder));
}

function ofArgument(flow: Flow, source: SourceText, call: ts.CallExpression, value: ts.Expression, holder: Holder): Culprit | null {
  const name = calleeName(source, call);
  const text = call.expression.getText(source.tree);
  const index = call.arguments.indexOf(value);
  if (FREEZES.test(text) && holder.kind === 'row' && flow.isShared) return { source, node: call, handedTo: null };
  if (PASSES_ON.test(text) || FREEZES.test(text)) return follow(flow, source, call, holder);
  if (text === 'Object.fromEntries') return follow(flow, source, call, valuesOf(holder));
  const callee = calleeOf(source, call);
  if (callee) return intoFunction(flow, { source, call }, callee, index, holder);
  if (/^(assign|merge|mergeDeep|defaults)$/.test(name))
    return index === 0 && holder.kind === 'row' && flow.matters(null)
      ? { source, node: call, handedTo: null }
      : follow(flow, source, call, index > 0 && holder.kind === 'row' ? { kind: 'copy' } : holder);
  // TypeORM makes new objects of what it is given, those of relations included (PlainObjectToNewEntityTransformer).
  if (name === 'create' && receiverEntity(source, call) !== null) return follow(flow, source, call, copyOf(holder));
  if (text === 'Reflect.set') return index === 0 && flow.matters(null) ? { source, node: call, handedTo: null } : null;
  if (isMethodCall(source, call) && COLLECTORS.test(name)) return ofVariable(flow, source, call.expression.expression, { kind: 'list', of: holder });
  return isReader(name) || !flow.matters(null) ? null : { source, node: call, handedTo: name };
}

function intoFunction(
  flow: Flow,
  from: { readonly source: SourceText; readonly call: ts.CallExpression },
  { source, fn }: Callee,
  index: number,
  holder: Holder,
): Culprit | null {
  const parameter = fn.parameters[index];
  if (!parameter) return null;
  flow.calls.set(fn, from);
  return ofBinding(flow, source, parameter.name, holder);
}

/** `[...rows]`, `list.push(...rows)`, `Math.max(...rows)` */
function ofSpread(flow: Flow, source: SourceText, spread: ts.SpreadElement, holder: Holder): Culprit | null {
  const { typescript } = source;
  const { parent } = spread;
  const list: Holder = { kind: 'list', of: elementOf(holder) };
  if (typescript.isArrayLiteralExpression(parent)) return follow(flow, source, parent, list);
  const isCollected = isMethodCall(source, parent) && COLLECTORS.test(parent.expression.name.text);
  return isCollected ? ofVariable(flow, source, parent.expression.expression, list) : null;
}

/** What a function gives back goes on where it is called, as far as this file or the way here tells. */
function ofReturn(flow: Flow, source: SourceText, value: ts.Expression, holder: Holder): Culprit | null {
  const { typescript } = source;
  const fn = enclosingFunction(source, value) as LocalFunction | null;
  if (!fn) return null;
  const from = flow.calls.get(fn);
  if (from) return follow(flow, from.source, from.call, holder);
  const call = fn.parent;
  if (typescript.isCallExpression(call) && call.expression !== fn) {
    const name = calleeName(source, call);
    if (name === 'flatMap') return follow(flow, source, call, holder.kind === 'list' ? holder : { kind: 'list', of: holder });
    if (PER_ELEMENT.test(name) && !/^(map|then)$/.test(name)) return null;
    return follow(flow, source, call, name === 'map' ? { kind: 'list', of: holder } : holder);
  }
  return first(usesOfFunction(source, fn), (use) => {
    const used = use.parent;
    return typescript.isCallExpression(used) && used.expression === use ? follow(flow, source, used, holder) : null;
  });
}

function isReader(name: string): boolean {
  return READERS.test(lowerFirst(name));
}

function elementOf(holder: Holder): Holder {
  if (holder.kind === 'list' || holder.kind === 'object') return holder.of;
  return PART;
}

/** What a Map of pairs, `[row.id, row]`, holds. */
function valuesOf(holder: Holder): Holder {
  return holder.kind === 'list' && holder.of.kind === 'list' && !holder.of.isShared ? { kind: 'list', of: holder.of.of } : holder;
}

/** What `...rest` takes out of it: an object, or a list, of its own. */
function restOf(holder: Holder): Holder {
  if (holder.kind === 'list') return { kind: 'list', of: holder.of };
  return holder.kind === 'row' ? { kind: 'copy' } : holder;
}

function copyOf(holder: Holder): Holder {
  return holder.kind === 'list' || holder.kind === 'object' ? { ...holder, of: copyOf(holder.of) } : { kind: 'copy' };
}

/** What a property of it holds; null for one that has nothing to do with the row, or cannot be changed in it. */
function propertyOf({ isPlain }: Flow, holder: Holder, property: string | null): Holder | null {
  if (holder.kind === 'list') return property === 'length' ? null : holder;
  if (holder.kind === 'object') return property === holder.slot || property === null ? holder.of : null;
  const isValue = property !== null && !(holder.kind === 'row' && holder.part) && isPlain(property);
  return isValue || property === 'length' ? null : PART;
}

function first<Item>(items: Iterable<Item>, look: (item: Item) => Culprit | null): Culprit | null {
  for (const item of items) {
    const found = look(item);
    if (found) return found;
  }
  return null;
}
