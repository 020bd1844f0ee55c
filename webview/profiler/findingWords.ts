/** What a finding's card says in each of its three steps, by the kind of finding. No DOM in here. */
import type { Advice, Finding, FindingKind, ScopeDetail } from '../../src/core/profile/queryProfile';
import { nameOperation } from './queryRows';
import { countOf, countQueries, formatCount, formatDuration } from './words';

/** Title of the step where it happened. */
const placeTitles: Readonly<Record<FindingKind, string>> = {
  'lazy-n-plus-one': 'looped here',
  'loop-n-plus-one': 'looped here',
  'write-n-plus-one': 'written one by one here',
  'orm-fan-out': 'split by TypeORM here',
  'duplicate-query': 'asked again here',
  'unused-eager-load': 'loaded here, never read',
  'unloaded-relation-read': 'read here, never loaded',
  'row-multiplication': 'rows multiplied here',
  'over-fetched-columns': 'fetched here, never read',
  'unbounded-result': 'no limit here',
  'query-budget': 'over its budget',
  'sequential-queries': 'one after the other here',
  'slow-query': 'slow here',
  'missing-index': 'searched here, without an index',
  'split-write': 'written here, by itself',
  'write-without-effect': 'written here, to no effect',
  'unsaved-relation': 'saved here without them',
};

export function placeTitle(kind: FindingKind): string {
  return placeTitles[kind];
}

/** `fed by · proven`, and why one may say so. */
export function parentTitle(finding: Finding): { readonly title: string; readonly why: string } {
  return finding.parent?.proven === true
    ? { title: 'proven', why: 'Proven: the entities or keys that this call returned are the ones the repeated queries asked for.' }
    : { title: 'likely', why: 'Likely: it ran before in the same request, but the keys of the repeated queries were not seen in its result.' };
}

/** `100 × Author · 1 query`. */
export function parentYield(finding: Finding, detail: ScopeDetail): string {
  const { parent } = finding;
  if (parent === null) return '';
  const operation = detail.operations.find(({ id }) => id === parent.operation);
  const yielded = `${formatCount(parent.entities)} × ${parent.entity ?? 'row'}`;
  return operation ? `${yielded} · ${countQueries(operation.queryCount)}` : yielded;
}

/** The call or relation at the place itself: what the user finds in that line. */
export function placeCode(finding: Finding, detail: ScopeDetail): string {
  if (finding.entity !== null && finding.relation !== null) return `${finding.entity}.${finding.relation}`;
  const operation = detail.operations.find(({ site }) => site !== null && site.line === finding.site?.line && site.file === finding.site.file);
  return operation ? nameOperation(operation) : (finding.entity ?? finding.scopeName);
}

/** `100 queries · 46 ms`, in what the kind counts. */
export function cost(finding: Finding): string {
  return `${countCost(finding)} · ${formatDuration(finding.dbTimeMs)}`;
}

function countCost({ kind, count }: Finding): string {
  if (kind === 'row-multiplication' || kind === 'unbounded-result') return countOf(count, 'row');
  if (kind === 'write-n-plus-one') return countOf(count, 'write');
  if (kind === 'over-fetched-columns') return countOf(count, 'column');
  if (kind === 'unloaded-relation-read') return countOf(count, 'read');
  if (kind === 'unsaved-relation') return countOf(count, 'object');
  return countQueries(count);
}

/** `usually 1.8 ms · in 58 other runs of it`: of a statement that is quick as a rule. */
export function usually({ ms, runs }: NonNullable<Finding['usual']>): string {
  return `usually ${formatDuration(ms)} · in ${countOf(runs, 'other run')} of it`;
}

/** A finding's change as code; a call that asks again for each row by itself has no condition to change. */
export function fixCode({ kind, advice }: Pick<Finding, 'kind' | 'advice'>): readonly string[] {
  return kind === 'orm-fan-out' && advice.kind === 'batch-in' ? ['find() once'] : adviceCode(advice);
}

/** The change as code, as near to what the edit writes as a line allows; null where nothing is proposed. */
export function adviceCode({ kind, relations, strategy }: Advice): readonly string[] {
  switch (kind) {
    case 'load-relations':
      return [`relations: ${nestedRelations(relations)}`, ...(strategy === 'query' ? ['relationLoadStrategy: "query"'] : [])];
    case 'query-strategy':
      return [`relationLoadStrategy: "${strategy ?? 'query'}"`];
    case 'remove-relation':
      return [`without ${relations.join(', ') || 'the relation'}`];
    case 'batch-in':
      return ['where: { … : In([…]) }'];
    case 'bulk-write':
      return ['save([…]) once'];
    case 'select-columns':
      return ['select: { … }'];
    case 'paginate':
      return ['take: …, skip: …'];
    case 'hoist':
      return ['one call before the loop'];
    case 'add-index':
      return ['@Index()'];
    case 'none':
      return [];
  }
}

/** `["books", "books.publisher"]` → `{ books: { publisher: true } }`. */
function nestedRelations(paths: readonly string[]): string {
  const heads = [...new Set(paths.map((path) => path.split('.')[0] ?? ''))];
  const parts = heads.map((head) => {
    const rests = paths.filter((path) => path.startsWith(`${head}.`)).map((path) => path.slice(head.length + 1));
    return `${head}: ${rests.length === 0 ? 'true' : nestedRelations(rests)}`;
  });
  return `{ ${parts.join(', ')} }`;
}

/** The line that the fix edits: the parent's, else the place itself. */
export function fixLine(finding: Finding): number | null {
  return finding.parent?.site?.line ?? finding.site?.line ?? null;
}

/** The finding as plain text, for an issue or a chat. */
export function findingAsText(finding: Finding, placeOf: (site: NonNullable<Finding['site']>) => string): string {
  const lines = [
    `${finding.scopeName}: ${finding.message}`,
    finding.parent?.site
      ? `fed by (${parentTitle(finding).title}): ${nameOperation({ ...finding.parent, relation: null })} at ${placeOf(finding.parent.site)}`
      : '',
    finding.site ? `${placeTitle(finding.kind)}: ${placeOf(finding.site)}, ${cost(finding)}` : '',
    finding.usual === undefined ? '' : usually(finding.usual),
    fixCode(finding).length > 0 ? `fix: ${fixCode(finding).join(', ')}` : '',
    finding.advice.predictedQueryCount === null ? '' : `predicted: ${countQueries(finding.advice.predictedQueryCount)}`,
  ];
  return lines.filter(Boolean).join('\n');
}
