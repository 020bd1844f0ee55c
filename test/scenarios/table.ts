/** docs/scenarios.md: every case with its verdict on every setup, as the run found it, and what that adds up to. */
import { environmentCases, liveCases, togetherCases } from './expected/environmentCases';
import type { Case, Expected } from './expected/expected';

export interface Verdict {
  /** All findings were those expected, with severity, subject, count, lines, parent and advice. */
  readonly right: boolean;
  readonly expectedWarnings: number;
  /** Expected warnings that came. */
  readonly found: number;
  /** Warnings that came and were not expected. */
  readonly falseAlarms: number;
  readonly expectedParents: number;
  readonly rightParents: number;
  /** Parents called proven that are not the ones. */
  readonly wrongParents: number;
}

export interface Setup {
  readonly title: string;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

export interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly wrongParents: number;
  readonly parentsNamed: number;
}

export function scoreOf(verdicts: Iterable<Verdict>): Score {
  const all = [...verdicts];
  const sum = (of: (verdict: Verdict) => number) => all.reduce((total, verdict) => total + of(verdict), 0);
  const found = sum((verdict) => verdict.found);
  return {
    recall:
      found /
      Math.max(
        1,
        sum((verdict) => verdict.expectedWarnings),
      ),
    precision: found / Math.max(1, found + sum((verdict) => verdict.falseAlarms)),
    wrongParents: sum((verdict) => verdict.wrongParents),
    parentsNamed:
      sum((verdict) => verdict.rightParents) /
      Math.max(
        1,
        sum((verdict) => verdict.expectedParents),
      ),
  };
}

interface Group {
  readonly title: string;
  readonly cases: readonly Case[];
}

/** Name of the TypeORM package → cases of J by name: whether the run said exactly what was expected. */
type EnvironmentVerdicts = Readonly<Record<'typeorm' | 'typeorm-0.3', ReadonlyMap<string, boolean>>>;

export function toMarkdown(groups: readonly Group[], setups: readonly Setup[], environments: EnvironmentVerdicts): string {
  const scores = setups.map(({ title, verdicts }) => ({ title, ...scoreOf(verdicts.values()) }));
  return [
    '# What the profiler says, case by case',
    '',
    'Written by `npm run test:scenarios` from what it measured (`UPDATE_GOLDEN=1` writes it anew); a test fails where this file is not what the run says. Each case is a',
    'small program in `test/scenarios/programs`, run with real TypeORM on a real database. ✔ means: exactly the expected findings came, on the',
    'right line, with the right count, severity, advice and parent, and no other finding.',
    '',
    'Besides these, `test/scenarios/randomRequests.ts` throws dice for requests: loops over the rows of a query and their correct twins, in some thousand combinations of',
    'query, way of the rows, loop and read, one part after the other or all at once, four requests at a time. What must be said of each is known from how it was made. `npm test` tries',
    'three programs of 60 requests on both lines of TypeORM, the same each time; `RANDOM_REQUESTS=5000:20` tries 20 others. While it was written, 44 programs (2,640 requests) were',
    'tried; what was wrong (the other part of a request was named as the parent, a function that calls itself was told where it is first called) is X39 and X40 now.',
    '',
    '| | ' + scores.map(({ title }) => title).join(' | ') + ' |',
    '|---|' + scores.map(() => '---|').join(''),
    row(
      'expected warnings that came (recall)',
      scores.map(({ recall }) => percent(recall)),
    ),
    row(
      'warnings that were right (precision)',
      scores.map(({ precision }) => percent(precision)),
    ),
    row(
      'parents named and proven, of those that exist',
      scores.map(({ parentsNamed }) => percent(parentsNamed)),
    ),
    row(
      'wrong parents',
      scores.map(({ wrongParents }) => String(wrongParents)),
    ),
    '',
    ...groups.flatMap((group) => groupTable(group, setups)),
    ...environmentTable(environments),
  ].join('\n');
}

function groupTable({ title, cases }: Group, setups: readonly Setup[]): string[] {
  return [
    `## ${title}`,
    '',
    `| case | what the program does | what must be said | ${setups.map((setup) => setup.title).join(' | ')} |`,
    `|---|---|---|${setups.map(() => '---|').join('')}`,
    ...cases.map((one) => row(one.name, [one.what, saying(one), ...setups.map(({ verdicts }) => mark(verdicts.get(one.name)))])),
    '',
  ];
}

function environmentTable(verdicts: EnvironmentVerdicts): string[] {
  const cell = (right: boolean | undefined) => (right === undefined ? 'not run' : right ? '✔' : '✘');
  return [
    '## I7, J: earlier runs, scopes and environments',
    '',
    'Small apps in `test/scenarios/environments`, each started with `relation-lens profile`. A line for each scope: its kind and name, its queries, its warnings',
    'with the marks of the lines that they named (`J1 parent` is the line that fed the loop).',
    '',
    '| case | what runs | what the profiler said | 1.x | 0.3 |',
    '|---|---|---|---|---|',
    ...environmentRows().map(({ name, what, says }) =>
      row(name, [what, says.join('<br>'), cell(verdicts.typeorm.get(name)), cell(verdicts['typeorm-0.3'].get(name))]),
    ),
    '',
  ];
}

/** In the order of their numbers. */
function environmentRows(): readonly { readonly name: string; readonly what: string; readonly says: readonly string[] }[] {
  const together = Object.entries(togetherCases).map(([name, what]) => ({ name, what, says: ['the same findings'] }));
  const number = ({ name }: { readonly name: string }) => `${name[0]}${(/\d+/.exec(name)?.[0] ?? '99').padStart(2, '0')}`;
  return [...environmentCases, ...liveCases, ...together].sort((a, b) => number(a).localeCompare(number(b)));
}

function saying({ expected, onPostgres, only }: Case): string {
  if (only === 'postgres') return `${list(onPostgres ?? expected)} (PostgreSQL)`;
  return onPostgres === undefined ? list(expected) : `${list(expected)}; on PostgreSQL ${list(onPostgres)}`;
}

function list(expected: readonly Expected[]): string {
  if (expected.length === 0) return 'nothing';
  return expected
    .map(({ kind, of, severity }) => [`\`${kind}\``, of, severity === 'info' ? '(information)' : ''].filter(Boolean).join(' '))
    .join(', ');
}

function mark(verdict: Verdict | undefined): string {
  return verdict === undefined ? 'not run' : verdict.right ? '✔' : '✘';
}

function row(head: string, cells: readonly string[]): string {
  return `| ${[head, ...cells].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
