/** What a loop runs over, as far as the file says: an array has `map`, a Set has to be spread for it, and an iterator can be read but once. */
import type ts from 'typescript';
import { calleeOf, type Callee } from './callee';
import { isMethodCall } from './findCall';
import { nearestDeclaration } from './receiverEntity';
import { unwrap, type SourceText } from './sourceText';

/** `entries`: a Map, whose elements are pairs; `stream`: they come one by one, some time. `unknown` is an array more often than not. */
export type ListKind = 'array' | 'set' | 'entries' | 'iterator' | 'stream' | 'unknown';

const GIVES_ARRAY =
  /^(find(By)?|getMany|getRawMany|query|map|filter|flatMap|flat|slice|concat|toSorted|toReversed|sort|reverse|split|keys|values|entries|from)$/;
/** Of a stream they give another one. */
const KEEPS_STREAM = /^(map|filter|flatMap)$/;
const ROWS = /^(find|findBy|getMany|getRawMany|findTrees|findRoots|findDescendants|findAncestors)$/;

export function listKind(source: SourceText, expression: ts.Expression, depth = 0): ListKind {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (depth > 5) return 'unknown';
  if (typescript.isArrayLiteralExpression(value)) return 'array';
  if (typescript.isAwaitExpression(value)) return listKind(source, value.expression, depth + 1);
  if (typescript.isNewExpression(value)) return ofTypeName(value.expression.getText(source.tree));
  const called = typescript.isCallExpression(value) ? calleeOf(source, value) : null;
  if (called) return ofFunction(called);
  if (isMethodCall(source, value)) return ofCall(source, value.expression, depth);
  if (!typescript.isIdentifier(value)) return 'unknown';
  const declaration = nearestDeclaration(source, value.text, value);
  if (declaration?.type) return ofType(source, declaration.type);
  return declaration?.initializer ? listKind(source, declaration.initializer, depth + 1) : 'unknown';
}

/** Whether the expression is an array that a query returned, whose elements are rows rather than promises. */
export function isArrayOfRows(source: SourceText, expression: ts.Expression): boolean {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (typescript.isIdentifier(value)) {
    const declaration = nearestDeclaration(source, value.text, value);
    return !declaration?.type && !!declaration?.initializer && isArrayOfRows(source, declaration.initializer);
  }
  if (!typescript.isAwaitExpression(value)) return false;
  const call = unwrap(source, value.expression);
  return isMethodCall(source, call) && ROWS.test(call.expression.name.text);
}

function ofCall(source: SourceText, { name, expression }: ts.PropertyAccessExpression, depth: number): ListKind {
  const receiver = expression.getText(source.tree);
  const onNamespace = /^(Object|Array)$/.test(receiver);
  if (/^(keys|values|entries)$/.test(name.text) && !onNamespace) return name.text === 'entries' ? 'entries' : 'iterator';
  if (name.text === 'matchAll') return 'iterator';
  // `Readable.from(rows)`
  if (name.text === 'from' && !/^(Array|Buffer|\w+Array)$/.test(receiver)) return 'stream';
  if (KEEPS_STREAM.test(name.text) && listKind(source, expression, depth + 1) === 'stream') return 'stream';
  return GIVES_ARRAY.test(name.text) ? 'array' : 'unknown';
}

/** By what the function says that it gives; a generator gives its elements one by one. */
function ofFunction({ source, fn }: Callee): ListKind {
  const { typescript } = source;
  if (!typescript.isArrowFunction(fn) && fn.asteriskToken) return 'iterator';
  return fn.type ? ofType(source, fn.type) : 'unknown';
}

/** Whether a list is what a generator of the application gives: its code runs between the turns, as far as each of them needs it. */
export function isGenerated(source: SourceText, expression: ts.Expression, depth = 0): boolean {
  const { typescript } = source;
  const value = unwrap(source, expression);
  if (typescript.isCallExpression(value)) {
    const fn = calleeOf(source, value)?.fn;
    return !!fn && !typescript.isArrowFunction(fn) && fn.asteriskToken !== undefined;
  }
  const declaration = typescript.isIdentifier(value) && depth < 3 ? nearestDeclaration(source, value.text, value) : null;
  return !!declaration?.initializer && isGenerated(source, declaration.initializer, depth + 1);
}

function ofType({ typescript, tree }: SourceText, type: ts.TypeNode): ListKind {
  const inner = typescript.isTypeOperatorNode(type) ? type.type : type;
  if (typescript.isArrayTypeNode(inner) || typescript.isTupleTypeNode(inner)) return 'array';
  return typescript.isTypeReferenceNode(inner) ? ofTypeName(inner.typeName.getText(tree)) : 'unknown';
}

function ofTypeName(name: string): ListKind {
  if (/^(Readonly)?Array$/.test(name)) return 'array';
  if (/^(Readonly)?(Weak)?Set$/.test(name)) return 'set';
  if (/^(Readonly)?Map$/.test(name)) return 'entries';
  if (/^(Readable|ReadableStream|Observable)$/.test(name)) return 'stream';
  return /Itera(tor|ble)|Generator/.test(name) ? 'iterator' : 'unknown';
}
