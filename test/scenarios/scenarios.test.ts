/**
 * The numbered cases on real TypeORM, 0.3 and 1.x: what the profiler must say of each, and where it must be silent. The programs are in programs/;
 * a line marked `// A1 site` or `// A1 parent` is the one that must be named. With the address of an empty database in SCENARIOS_POSTGRES
 * (`npm run test:scenarios` starts one) they run on PostgreSQL as well. What they say is written down in docs/scenarios.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool, programEnvironment, type Tool } from '../cli/tool';
import { runEnvironment } from './environments';
import { environmentCases, liveCases, togetherCases } from './expected/environmentCases';
import { adversarialCases } from './expected/adversarialCases';
import type { Case, Expected } from './expected/expected';
import { lazyCases } from './expected/lazyCases';
import { loopCases } from './expected/loopCases';
import { mappingCases } from './expected/mappingCases';
import { silentCases } from './expected/silentCases';
import { wasteCases } from './expected/wasteCases';
import { writeCases } from './expected/writeCases';
import { describeExpected, describeFound, type Found, verdictOf } from './judge';
import { runDebugged, runNeverEnding } from './liveEnvironments';
import { scoreOf, type Setup, toMarkdown, type Verdict } from './table';

const groups = [
  { title: 'A, D, E1: lazy relations, nested and several', cases: lazyCases },
  { title: 'B, C: explicit queries in loops, asynchronous shapes', cases: loopCases },
  { title: 'E: kinds of relations and mappings', cases: mappingCases },
  { title: 'F: correct code', cases: silentCases },
  { title: 'G: loaded for nothing', cases: wasteCases },
  { title: 'H, I: writes, duplicates, budgets', cases: writeCases },
  { title: 'X: what a sceptic would try', cases: adversarialCases },
] as const;
const cases: readonly Case[] = groups.flatMap((group) => group.cases);

const postgresUrl = process.env['SCENARIOS_POSTGRES'];
const given = { postgres: postgresUrl, redis: process.env['SCENARIOS_REDIS'] };
const setups = (['better-sqlite3', 'postgres'] as const).flatMap((database) =>
  (['typeorm', 'typeorm-0.3'] as const).map((typeorm) => ({
    database,
    typeorm,
    title: `${typeorm === 'typeorm' ? '1.x' : '0.3'}, ${database === 'postgres' ? 'PostgreSQL' : 'SQLite'}`,
  })),
);
/** Setup → case → its findings in words. */
const said = new Map<string, Map<string, unknown>>(setups.map(({ title }) => [title, new Map()]));
const verdicts = new Map<string, Map<string, Verdict>>(setups.map(({ title }) => [title, new Map()]));

interface Report {
  readonly scopes: readonly { readonly id: number; readonly name: string }[];
  readonly findings: readonly Found[];
}

let tool: Tool;
beforeAll(() => {
  tool = buildTool();
});
afterAll(() => tool.remove());

for (const { database, typeorm, title } of setups) {
  // Without its server the cases of PostgreSQL are skipped, which `npm test` counts as not passed.
  describe.skipIf(database === 'postgres' && postgresUrl === undefined)(`on TypeORM ${title}`, () => {
    let report: Report;
    let stderr: string;

    beforeAll(async () => {
      const app = tool.build(path.join(__dirname, 'programs/app.ts'), typeorm);
      const budgets = ['--budget', 'I5=2', '--budget', 'I5 exceeded=1'];
      // A pause that no busy machine makes by itself again and again.
      const thresholds = ['--threshold', 'pollingMs=200'];
      const { SCENARIOS_POSTGRES: _, ...env } = programEnvironment();
      const outcome = await tool.run(['profile', '--watch-reads', ...budgets, ...thresholds, '--format', 'json', '--', process.execPath, app], {
        cwd: __dirname,
        env: database === 'postgres' ? { ...env, SCENARIOS_POSTGRES: postgresUrl } : env,
      });
      stderr = outcome.stderr;
      report = JSON.parse(outcome.stdout) as Report;
    }, 600_000);

    it('runs them all', () => {
      expect(stderr).not.toContain(' failed: ');
      const names = report.scopes.map(({ name }) => name);
      expect(cases.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
    });

    it.each(cases.map((one) => [`${one.name} ${one.what}`, one] as const))('%s', (_title, one) => {
      const expected = expectedOn(database, one);
      const found = findingsOf(report, one, expected);
      const loose = one.looseCounts === true;
      verdicts.get(title)?.set(one.name, verdictOf(one.name, found, expected, loose));
      const words = found.map((finding, index) => describeFound(finding, expected[index], loose));
      said.get(title)?.set(one.name, words);
      expect(words).toEqual(expected.map((each) => describeExpected(one.name, each, loose)));
    });
  });
}

const environmentVerdicts = { typeorm: new Map<string, boolean>(), 'typeorm-0.3': new Map<string, boolean>() };

for (const typeorm of ['typeorm', 'typeorm-0.3'] as const) {
  describe(`scopes and environments on TypeORM ${typeorm === 'typeorm' ? '1.x' : '0.3'}`, () => {
    for (const one of environmentCases) {
      it.skipIf(one.needs !== undefined && given[one.needs] === undefined)(`${one.name} ${one.what}`, async () => {
        const { status, stderr, says } = await runEnvironment(tool, one, typeorm);
        environmentVerdicts[typeorm].set(one.name, isEqual(says, one.says));
        expect({ status, says }, stderr).toEqual({ status: one.status ?? 0, says: one.says });
      });
    }
    for (const one of liveCases) {
      it(`${one.name} ${one.what}`, async () => {
        const says = await (one.run === 'debugged' ? runDebugged : runNeverEnding)(tool, typeorm);
        environmentVerdicts[typeorm].set(one.name, isEqual(says, one.says));
        expect(says).toEqual(one.says);
      });
    }
  });
}

describe('all cases together', () => {
  const ran = (): Setup[] =>
    setups.map(({ title }) => ({ title, verdicts: verdicts.get(title) ?? new Map() })).filter((setup) => setup.verdicts.size > 0);

  it('are found where there is something to find, and nowhere else', () => {
    for (const { verdicts: all } of ran()) {
      const score = scoreOf(all.values());
      expect(score.recall).toBeGreaterThanOrEqual(0.98);
      expect(score.precision).toBeGreaterThanOrEqual(0.98);
      expect(score.parentsNamed).toBeGreaterThanOrEqual(0.95);
      expect(score.wrongParents).toBe(0);
    }
  });

  const saidOn = (title: string, which: readonly Case[]) => which.map(({ name }) => ({ name, words: said.get(title)?.get(name) }));

  it(`J16 ${togetherCases.J16}: the same findings`, () => {
    for (const database of postgresUrl === undefined ? ['SQLite'] : ['SQLite', 'PostgreSQL']) {
      expect(saidOn(`0.3, ${database}`, cases)).toEqual(saidOn(`1.x, ${database}`, cases));
    }
    for (const line of ['typeorm', 'typeorm-0.3'] as const) environmentVerdicts[line].set('J16', true);
  });

  it.skipIf(postgresUrl === undefined)(`J11 ${togetherCases.J11}: the same findings`, () => {
    const alike = cases.filter(({ onPostgres }) => onPostgres === undefined);
    for (const line of ['0.3', '1.x']) expect(saidOn(`${line}, PostgreSQL`, alike)).toEqual(saidOn(`${line}, SQLite`, alike));
    for (const line of ['typeorm', 'typeorm-0.3'] as const) environmentVerdicts[line].set('J11', true);
  });

  it.skipIf(postgresUrl === undefined)('are what docs/scenarios.md says', () => {
    const file = path.join(__dirname, '../../docs/scenarios.md');
    const text = toMarkdown(groups, ran(), environmentVerdicts);
    if (process.env['UPDATE_GOLDEN']) fs.writeFileSync(file, text);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  });
});

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}

function expectedOn(database: 'better-sqlite3' | 'postgres', one: Case): readonly Expected[] {
  return database === 'postgres' ? (one.onPostgres ?? one.expected) : one.expected;
}

/** Findings of the last scope of that name: some cases need several runs. */
function findingsOf(report: Report, one: Case, expected: readonly Expected[]): Found[] {
  const scope = report.scopes.filter(({ name }) => name === one.name).at(-1);
  return report.findings.filter((finding) => finding.scope === scope?.id && !isOfMachine(finding.kind, one, expected));
}

/** How long statements take on a busy machine is no matter of the cases that are about something else. */
function isOfMachine(kind: Found['kind'], { isAboutSequence }: Case, expected: readonly Expected[]): boolean {
  if (expected.some((one) => one.kind === kind)) return false;
  return kind === 'slow-query' || (kind === 'sequential-queries' && isAboutSequence !== true);
}
