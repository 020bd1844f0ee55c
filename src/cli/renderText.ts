import { isInPackage, isOfPackage } from '../core/profile/packageOf';
import type { Advice, Finding, QueryProfile, Site } from '../core/profile/queryProfile';
import { milliseconds } from '../core/profile/detect/words';
import { isRegression, type RunComparison, type ScopeChange } from './compareRuns';
import { findingTitles } from './findingTitles';
import { foldFindings, type FoldedFinding } from './foldFindings';
import { areRowsKnown, foldScopes, type FoldedScope } from './foldScopes';
import { placeIn } from './relativePath';

export interface TextStyle {
  readonly colours: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Waits for connections that a line of a scope mentions. */
const TELLING_WAIT_MS = 10;
/** Scopes listed before the rest is summed up; the worst come first. */
const LISTED_SCOPES = 20;

type Paint = (text: string) => string;
interface Paints {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

/** The report for a terminal: numbers first, then what is wrong, then what to do. */
export function renderText(profile: QueryProfile, root: string, style: TextStyle, comparison: RunComparison | null = null): string {
  const paints = paintsFor(style.colours);
  const scopes = foldScopes(profile.scopes).filter(({ queryCount }) => queryCount > 0);
  if (scopes.length === 0) return `\n${paints.bold('Relation Lens')}  ${nothingSeen(profile)}\n`;
  const findings = foldFindings(profile.findings);
  const ofPackages = findings.filter(({ finding }) => finding.severity === 'info' && isOfPackage(finding));
  const others = findings.filter((finding) => !ofPackages.includes(finding));
  return [
    '',
    headline(profile, paints),
    '',
    ...scopeLines(scopes, paints),
    ...others.flatMap((finding) => ['', ...findingLines(finding, root, style.width, paints)]),
    '',
    ...packageLines(ofPackages, root, paints),
    ...(comparison === null ? [] : [...comparisonLines(comparison, paints), '']),
    verdict(findings, paints),
    ...suppressedLines(profile, root, paints),
    ...(profile.run.message === null ? [] : [profile.run.message]),
    ...(profile.dropped > 0 ? [paints.dim(`The details of ${profile.dropped} queries and operations were left out; all counts include them.`)] : []),
    '',
  ].join('\n');
}

/** What the user has said no to is counted, and named with the reason given. */
function suppressedLines({ suppressedFindings: suppressed = [] }: QueryProfile, root: string, { dim }: Paints): string[] {
  if (suppressed.length === 0) return [];
  const lines = suppressed.map(({ finding, by, reason }) => {
    const place = finding.parent?.site ?? finding.site;
    return `  ${findingTitles[finding.kind]} ${place ? `at ${placeIn(root, place)}` : `in ${finding.scopeName}`}: ${reason ?? `no reason given in the ${by}`}`;
  });
  return [`${plural(suppressed.length, 'finding', 'findings')} suppressed`, ...new Set(lines)].map(dim);
}

function nothingSeen({ run }: QueryProfile): string {
  if (run.message) return run.message;
  if (run.typeormVersions.length > 0) return `TypeORM ${run.typeormVersions.join(', ')} was loaded, but ran no query.`;
  return 'saw no TypeORM in this command. Is it a Node program that depends on typeorm?';
}

function headline({ run, scopes }: QueryProfile, { bold, dim }: Paints): string {
  const queries = scopes.reduce((sum, { queryCount }) => sum + queryCount, 0);
  const dbTimeMs = scopes.reduce((sum, scope) => sum + scope.dbTimeMs, 0);
  const about = [run.typeormVersions.length > 0 ? `TypeORM ${run.typeormVersions.join(', ')}` : '', run.drivers.join(', ')]
    .filter(Boolean)
    .join(' on ');
  return `${bold('Relation Lens')}  ${bold(plural(queries, 'query', 'queries'))}, ${milliseconds(dbTimeMs)} in the database ${dim(about && `· ${about}`)}`.trimEnd();
}

function scopeLines(scopes: readonly FoldedScope[], { bold, dim, red, yellow }: Paints): string[] {
  const listed = scopes.slice(0, LISTED_SCOPES);
  const tellsRows = areRowsKnown(scopes);
  const width = Math.max(...listed.map(({ queryCount }) => String(queryCount).length), 3);
  const lines = listed.map(({ name, times, queryCount, dbTimeMs, waitMs, rowCount, warnings, infos }) => {
    const number = String(queryCount).padStart(width + 2);
    const painted = warnings > 0 ? red(bold(number)) : infos > 0 ? yellow(number) : number;
    const details = [
      times > 1 ? `at most, in ${times} runs of it` : '',
      `${milliseconds(dbTimeMs)} db`,
      waitMs >= TELLING_WAIT_MS ? `${milliseconds(waitMs)} waiting for connections` : '',
      tellsRows ? plural(rowCount, 'row', 'rows') : '',
    ]
      .filter(Boolean)
      .join(' · ');
    return `${painted} ${queryCount === 1 ? 'query  ' : 'queries'}  ${bold(name)}  ${dim(details)}`;
  });
  const rest = scopes.length - listed.length;
  return rest > 0 ? [...lines, dim(`${' '.repeat(width + 3)}and ${rest} more with fewer`)] : lines;
}

/** Before → after by scope; those that did not change are one line. */
function comparisonLines({ earlier, scopes, solved, added }: RunComparison, { bold, dim, red, green }: Paints): string[] {
  const changed = scopes.filter(({ before, after }) => before !== null && after !== null && before.queryCount !== after.queryCount);
  const same = scopes.filter(({ before, after }) => before !== null && before.queryCount === after?.queryCount).length;
  const onlyNow = scopes.filter(({ before }) => before === null).length;
  const gone = scopes.filter(({ after }) => after === null).length;
  const rest = [
    same > 0 ? `${same} with as many queries as before` : '',
    onlyNow > 0 ? `${onlyNow} not in the earlier run` : '',
    gone > 0 ? `${gone} only in the earlier run` : '',
  ].filter(Boolean);
  return [
    `${bold('Compared with')} ${earlier.name} ${dim(`of ${new Date(earlier.startedAtMs).toISOString().slice(0, 16).replace('T', ' ')}`)}`,
    ...changed.slice(0, LISTED_SCOPES).map((change) => changeLine(change, { bold, dim, red, green })),
    ...(rest.length > 0 ? [dim(`  ${rest.join(', ')}`)] : []),
    ...solved.map(({ kind, entity, relation, scopeName }) => green(`  ✓ solved: ${titleOf(kind, entity, relation)} in ${scopeName}`)),
    ...added.map(({ kind, entity, relation, scopeName }) => red(`  ✗ new: ${titleOf(kind, entity, relation)} in ${scopeName}`)),
  ];
}

function changeLine(change: ScopeChange, { bold, dim, red, green }: Pick<Paints, 'bold' | 'dim' | 'red' | 'green'>): string {
  const { name, before, after, responseEqual } = change;
  const paint = isRegression(change) ? red : green;
  const times = `${milliseconds(before?.dbTimeMs ?? 0)} → ${milliseconds(after?.dbTimeMs ?? 0)} db`;
  const answer = responseEqual === null ? '' : responseEqual ? ' · response unchanged' : ' · the response changed';
  return `  ${paint(`${before?.queryCount} → ${after?.queryCount} queries`)}  ${bold(name)}  ${dim(times)}${responseEqual === false ? red(answer) : dim(answer)}`;
}

function titleOf(kind: Finding['kind'], entity: string | null, relation: string | null): string {
  const subject = [entity, relation].filter(Boolean).join('.');
  return `${findingTitles[kind]}${subject && ` ${subject}`}`;
}

function titleLine(finding: Finding, scopes: readonly string[], { bold, dim, red, yellow }: Paints): string {
  const badge = finding.severity === 'warning' ? red(bold(`${finding.count}×`)) : yellow(`${finding.count}×`);
  const subject = [finding.entity, finding.relation].filter(Boolean).join('.');
  const where = scopes.length > 2 ? `${scopes[0]} and ${scopes.length - 1} more` : scopes.join(', ');
  return `${badge} ${bold(findingTitles[finding.kind])}${subject ? `  ${bold(subject)}` : ''}  ${dim(where)}`;
}

function findingLines({ finding, scopes }: FoldedFinding, root: string, width: number, paints: Paints): string[] {
  const { dim, green, cyan } = paints;
  const lines = [`${titleLine(finding, scopes, paints)}${finding.severity === 'warning' ? '' : dim('  (info)')}`];
  lines.push(...indented(finding.message, width));
  if (finding.site) lines.push(`   ${cyan(placeIn(root, finding.site))}${dim(aroundPlace(finding.site))}`);
  lines.push(...indented(adviceText(finding, root), width, green('→ ')));
  return lines;
}

/** What packages do by themselves, each in two lines: there is nothing to change in the user's code. */
function packageLines(findings: readonly FoldedFinding[], root: string, paints: Paints): string[] {
  if (findings.length === 0) return [];
  const { bold, dim, cyan } = paints;
  const lines = findings.flatMap(({ finding, scopes }) => [
    `  ${titleLine(finding, scopes, paints)}`,
    `     ${finding.site ? cyan(placeIn(root, finding.site)) : ''}${dim(inFunction(finding.site))}`,
  ]);
  return [`${bold('In packages, not in your code')} ${dim('(--format json tells more of each)')}`, ...lines, ''];
}

function inFunction(site: Site | null): string {
  return site?.function ? `  in ${site.function}` : '';
}

function aroundPlace(site: Site): string {
  return inFunction(site) + (isInPackage(site) ? '  (a package, not your code)' : '');
}

function adviceText({ advice, parent }: Finding, root: string): string {
  const gain = gainOf(advice);
  if (advice.kind !== 'load-relations') return `${advice.reason ?? ''}${gain}`;
  const at = parent?.site ? ` at ${placeIn(root, parent.site)}` : '';
  const strategy = advice.strategy === 'query' ? ', with relationLoadStrategy: "query"' : '';
  return `Load ${advice.relations.map((relation) => `\`${relation}\``).join(', ')}${at}${strategy}${gain}. ${advice.reason ?? ''}`;
}

/** What becomes of the whole scope: ` (101 → 3 queries)`. */
function gainOf({ currentQueryCount, predictedQueryCount }: Advice): string {
  if (predictedQueryCount === null) return '';
  const after = plural(predictedQueryCount, 'query', 'queries');
  return currentQueryCount === undefined ? ` (${after} afterwards)` : ` (${currentQueryCount} → ${after})`;
}

function verdict(findings: readonly FoldedFinding[], { green, red, yellow, dim }: Paints): string {
  const warnings = findings.filter(({ finding }) => finding.severity === 'warning').length;
  const infos = findings.length - warnings;
  if (findings.length === 0) return green('✓ No loading mistakes found.');
  return [warnings > 0 ? red(plural(warnings, 'warning', 'warnings')) : green('no warnings'), infos > 0 ? yellow(plural(infos, 'note', 'notes')) : '']
    .filter(Boolean)
    .join(dim(', '));
}

/** Breaks a sentence at words; the first line takes the mark. */
function indented(text: string, width: number, mark = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 6 > Math.max(40, width)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((part, index) => `   ${mark === '' ? '' : index === 0 ? mark : '  '}${part}`);
}

function plural(count: number, one: string, many: string): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;
}

function paintsFor(colours: boolean): Paints {
  const paint =
    (open: number, close: number): Paint =>
    (text) =>
      colours && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39), green: paint(32, 39), cyan: paint(36, 39) };
}
