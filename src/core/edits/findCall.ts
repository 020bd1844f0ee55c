/**
 * Finds again, in the text as it is now, what a profiled run saw at a line and column: the code may have moved since.
 * Better no answer than a wrong one: where two places could be meant, nothing is found.
 */
import type ts from 'typescript';
import type { Site } from '../profile/queryProfile';
import { isAssigned } from './assignment';
import { receiverEntity } from './receiverEntity';
import { descendants, enclosingFunction, functionName, lineAt, type SourceText } from './sourceText';

export interface WantedCall {
  readonly site: Site;
  /** As the profile names it: `Repository.find`. */
  readonly api: string;
  readonly entity: string | null;
}

/** A call of a method by name, `receiver.method(…)`. */
export type MethodCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

export function findCall(source: SourceText, wanted: WantedCall): MethodCall | null {
  const methods = methodsOf(wanted.api);
  const candidates: MethodCall[] = [];
  for (const node of descendants(source, source.tree)) {
    if (!isMethodCall(source, node) || !methods.includes(node.expression.name.text)) continue;
    const entity = receiverEntity(source, node);
    if (!entity || !wanted.entity || entity === wanted.entity) candidates.push(node);
  }
  const found = nearest(source, candidates, wanted.site, (call) => call.expression.name);
  if (found) return found;
  const sure = inSameFunction(source, candidates, wanted.site).filter((call) => wanted.entity && receiverEntity(source, call) === wanted.entity);
  return sure.length === 1 ? (sure[0] ?? null) : null;
}

/** Where a lazy relation is read: `author.books` on the site's line. */
export function findRelationRead(source: SourceText, site: Site, property: string): ts.PropertyAccessExpression | null {
  return nearest(source, readsOf(source, property), site, (access) => access.name);
}

/** The same, or every place of its function that may be meant, where the line has moved. */
export function findRelationReads(source: SourceText, site: Site, property: string): readonly ts.PropertyAccessExpression[] {
  const read = findRelationRead(source, site, property);
  return read ? [read] : inSameFunction(source, readsOf(source, property), site);
}

function readsOf(source: SourceText, property: string): ts.PropertyAccessExpression[] {
  return [...descendants(source, source.tree)].filter(
    (node): node is ts.PropertyAccessExpression =>
      source.typescript.isPropertyAccessExpression(node) && node.name.text === property && !isAssigned(source, node),
  );
}

export function isMethodCall(source: SourceText, node: ts.Node): node is MethodCall {
  return source.typescript.isCallExpression(node) && source.typescript.isPropertyAccessExpression(node.expression);
}

/** `Repository.findBy` → `findBy`, and `find`, which the edit turns it into: a mended call is found again. */
function methodsOf(api: string): string[] {
  const method = api.slice(api.lastIndexOf('.') + 1);
  const withOptions = method.replace(/By(?=OrFail$|$)/, '');
  return withOptions === method ? [method] : [method, withOptions];
}

function nearest<T extends ts.Node>(source: SourceText, candidates: readonly T[], site: Site, nameOf: (candidate: T) => ts.Node): T | null {
  const start = (candidate: T): number => nameOf(candidate).getStart(source.tree);
  const isOnLine = (candidate: T): boolean => lineAt(source, start(candidate)) === site.line;
  const pool = inSameFunction(source, candidates, site);
  const onLine = pool.filter(isOnLine);
  if (onLine.length > 0) return closestColumn(source, onLine, site, start);
  const spanning = pool.filter(
    (candidate) => lineAt(source, candidate.getStart(source.tree)) <= site.line && lineAt(source, candidate.end) >= site.line,
  );
  if (spanning.length === 1) return spanning[0] ?? null;
  return pool.length === 1 ? (pool[0] ?? null) : null;
}

function closestColumn<T extends ts.Node>(source: SourceText, onLine: readonly T[], site: Site, start: (candidate: T) => number): T | null {
  const distance = (candidate: T): number => Math.abs(source.tree.getLineAndCharacterOfPosition(start(candidate)).character + 1 - site.column);
  return [...onLine].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/**
 * Candidates in a function of the site's name; all of them where the stack named none. Where no function bears the name any more, only what stands on
 * the very line: another function's call is another query.
 */
function inSameFunction<T extends ts.Node>(source: SourceText, candidates: readonly T[], site: Site): readonly T[] {
  const wanted = site.function
    ?.replace(/^(?:async |new )+/, '')
    .split('.')
    .at(-1);
  if (!wanted || wanted === '<anonymous>') return candidates;
  const same = candidates.filter((candidate) => isInside(source, candidate, wanted));
  if (same.length > 0) return same;
  return candidates.filter((candidate) => lineAt(source, candidate.getStart(source.tree)) <= site.line && lineAt(source, candidate.end) >= site.line);
}

function isInside(source: SourceText, node: ts.Node, name: string): boolean {
  for (let fn = enclosingFunction(source, node); fn; fn = enclosingFunction(source, fn)) {
    if (functionName(source, fn) === name) return true;
  }
  return false;
}
