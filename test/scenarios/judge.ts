/** A case's findings beside what was expected of it. */
import fs from 'node:fs';
import path from 'node:path';
import type { Finding, Site } from '../../src/core/profile/queryProfile';
import type { Expected } from './expected/expected';
import type { Verdict } from './table';

export type Found = Omit<Finding, 'parent'> & { readonly parent: { readonly site: Site | null; readonly proven: boolean } | null };

/** One finding in words, complete: two lists of them differ exactly where the profiler is wrong. */
export function describeFound(finding: Found, expected: Expected | undefined, looseCounts: boolean): string {
  const { kind, severity, entity, relation, count, site, parent, advice, message } = finding;
  return [
    `${severity} ${kind}`,
    of(entity, relation),
    looseCounts ? '' : `× ${count}`,
    expected?.site === 'any' ? '' : `at ${markAt(site)}`,
    expected?.parent === 'any' ? '' : parent === null ? 'no parent' : `from ${markAt(parent.site)}${parent.proven ? '' : ' (a guess)'}`,
    advice.kind,
    expected?.relations ? advice.relations.join('+') : '',
    expected?.strategy ? `by ${advice.strategy}` : '',
    expected?.after === undefined ? '' : `→ ${advice.predictedQueryCount}`,
    expected?.note === undefined || !isNoted(message, expected.note) ? '' : expected.note,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function describeExpected(name: string, expected: Expected, looseCounts: boolean): string {
  const { kind, severity = 'warning', of: subject, count, site, parent, advice, relations, strategy, after, note } = expected;
  return [
    `${severity} ${kind}`,
    subject ?? '',
    looseCounts ? '' : `× ${count}`,
    site === 'any' ? '' : `at ${site ?? `${name} site`}`,
    parent === 'any' ? '' : parent === false ? 'no parent' : `from ${typeof parent === 'string' ? parent : `${name} parent`}`,
    advice,
    relations?.join('+') ?? '',
    strategy ? `by ${strategy}` : '',
    after === undefined ? '' : `→ ${after}`,
    note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function verdictOf(name: string, found: readonly Found[], expected: readonly Expected[], looseCounts: boolean): Verdict {
  const warnings = expected.filter(({ severity }) => severity !== 'info');
  const came = found.filter(({ severity }) => severity === 'warning');
  const matches = warnings.map((one) => came.find((finding) => isOf(finding, one)));
  const parents = warnings
    .map((one, index) => ({ wanted: wantedParent(name, one), parent: matches[index]?.parent ?? null }))
    .filter(({ wanted }) => wanted !== 'any');
  const named = parents.filter(({ parent }) => parent?.proven === true);
  return {
    right: same(
      found.map((finding, index) => describeFound(finding, expected[index], looseCounts)),
      expected.map((one) => describeExpected(name, one, looseCounts)),
    ),
    expectedWarnings: warnings.length,
    found: matches.filter((match) => match !== undefined).length,
    falseAlarms: came.filter((finding) => !warnings.some((one) => isOf(finding, one))).length,
    expectedParents: parents.filter(({ wanted }) => wanted !== null).length,
    rightParents: named.filter(({ wanted, parent }) => markAt(parent?.site ?? null) === wanted).length,
    wrongParents: named.filter(({ wanted, parent }) => markAt(parent?.site ?? null) !== wanted).length,
  };
}

/** The mark of the parent's line; null where there must be none. */
function wantedParent(name: string, { parent }: Expected): string | null {
  return parent === false ? null : typeof parent === 'string' ? parent : `${name} parent`;
}

function isOf(finding: Found, expected: Expected): boolean {
  return finding.kind === expected.kind && of(finding.entity, finding.relation) === (expected.of ?? '');
}

function of(entity: string | null, relation: string | null): string {
  return [entity, relation].filter((part) => part !== null).join('.');
}

function isNoted(message: string, note: string): boolean {
  return note.startsWith('!') ? !message.includes(note.slice(1)) : message.includes(note);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

const sources = new Map<string, readonly string[]>();

/** The mark of a site's line; files are named from the folder the tool was started in. */
function markAt(site: Site | null): string {
  return markIn(__dirname, site);
}

/** The mark of a site whose file is named from `folder`. */
export function markIn(folder: string, site: Site | null): string {
  if (site === null) return 'nowhere';
  const file = path.resolve(folder, site.file);
  const lines = sources.get(file) ?? fs.readFileSync(file, 'utf8').split('\n');
  sources.set(file, lines);
  return /\/\/ (.+)$/.exec(lines[site.line - 1] ?? '')?.[1]?.trim() ?? `line ${site.line}`;
}
