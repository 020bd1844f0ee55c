/**
 * Apps with a loading mistake each: profiled, mended by what was found, type-checked strictly, and profiled again, on TypeORM 0.3 and 1.x, on SQLite and
 * on the PostgreSQL that the environment names (`npm run test:mend` starts one). An edit must compile, keep the answer and the rows, and run the
 * predicted number of queries. What came of it is docs/edits.md; `UPDATE_GOLDEN=1` writes it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planFixes, type FixPlan } from '../../src/cli/planFixes';
import type { TextEdit } from '../../src/core/edits/textEdit';
import { buildTool, type Tool } from '../cli/tool';
import { apps as numberedApps, DATABASES, declinedOn, type Database, type MendApp } from './apps';
import { styleApps } from './styleApps';
import { serviceApps } from './serviceApps';
import { movingApps } from './movingApps';
import { hardApps } from './hardApps';
import { oddApps } from './oddApps';
import { placedApps } from './placedApps';
import { builderApps } from './builderApps';
import { calledApps } from './calledApps';
import { countedApps } from './countedApps';
import { rawApps } from './rawApps';
import { requestApps } from './requestApps';
import { rowsOfOthersApps } from './rowsOfOthersApps';
import { teamApps } from './teamApps';
import { unseenApps } from './unseenApps';
import { editsPage, type EditRow } from './editsPage';
import { numberedCases } from './numberedCases';
import { openWorkshop, type Profiled } from './workshop';

const apps = [
  ...numberedApps,
  ...styleApps,
  ...unseenApps,
  ...serviceApps,
  ...movingApps,
  ...teamApps,
  ...hardApps,
  ...oddApps,
  ...placedApps,
  ...requestApps,
  ...calledApps,
  ...builderApps,
  ...rawApps,
  ...rowsOfOthersApps,
  ...countedApps,
];
const POSTGRES = process.env['SCENARIOS_POSTGRES'];
const setups: readonly Setup[] = DATABASES.flatMap((database) =>
  (['typeorm', 'typeorm-0.3'] as const).map((version) => ({ title: `${version === 'typeorm' ? '1.x' : '0.3'}, ${database}`, version, database })),
);
const PAGE = path.resolve(__dirname, '../../docs/edits.md');

interface Setup {
  readonly title: string;
  readonly version: string;
  readonly database: Database;
}

interface Outcome {
  readonly before: Profiled;
  readonly after: Profiled;
  readonly plan: FixPlan;
  readonly again: FixPlan;
  readonly complaints: readonly [before: string[], after: string[]];
}

let tool: Tool;
const outcomes = new Map<Setup, Outcome>();

beforeAll(() => {
  tool = buildTool();
});
afterAll(() => tool.remove());

async function mend(setup: Setup): Promise<Outcome> {
  const workshop = openWorkshop(tool, setup.version, appsOf(setup), setup.database === 'PostgreSQL' ? POSTGRES : undefined);
  const before = await workshop.profile('before');
  const asWritten = workshop.complaints();
  const findings = before.profile.findings.filter(
    ({ scopeName, advice, kind }) =>
      appsOf(setup).some(({ id }) => id === scopeName) &&
      advice.kind !== 'none' &&
      !/^(slow-query|unloaded-relation-read|duplicate-query)$/.test(kind),
  );
  const plan = planFixes(workshop.folder, findings);
  for (const { file, after } of plan.changes) fs.writeFileSync(file, after);
  const complaints = [asWritten, workshop.complaints()] as const;
  const after = await workshop.profile('after');
  return { before, after, plan, again: planFixes(workshop.folder, findings), complaints };
}

for (const setup of setups) {
  // Without its server the cases of PostgreSQL are skipped, which `npm test` counts as not passed.
  describe.skipIf(setup.database === 'PostgreSQL' && POSTGRES === undefined)(`on TypeORM ${setup.title}`, () => {
    beforeAll(async () => void outcomes.set(setup, await mend(setup)), 1_800_000);

    test('the apps compile strictly, before and after', () => {
      expect(outcomeOf(setup).complaints).toEqual([[], []]);
    });

    test.each(appsOf(setup))('$id: $what', (app) => {
      const row = rowOf(app, setup);
      const declined = declinedOn(app, setup.database);
      if (declined) {
        expect(row.reason).toMatch(declined);
        expect(row.after).toBe(row.before);
      } else {
        expect(row.reason).toBeNull();
        expect(row.after).toBe(row.predicted);
        if (!/relationLoadStrategy|Do not load|without its columns|columns that are read/.test(row.title ?? ''))
          expect(row.after).toBeLessThan(row.before);
      }
      // An app that says no order has none to keep on PostgreSQL: where nothing was edited for that, its answer is a set, in either run.
      const compared = SAYS_NO_ORDER.test(row.reason ?? '') ? unordered : (answer: unknown): unknown => answer;
      expect(compared(answerOf(app, setup, 'after'))).toEqual(compared(answerOf(app, setup, 'before')));
    });

    test('the edits of a finding are one step, to be taken back as one', () => {
      const edits = outcomeOf(setup).plan.outcomes.flatMap(({ edit }) => (edit.kind === 'edit' ? [edit.edits] : []));
      expect(edits.length).toBeGreaterThan(50);
      // One undo step: the edits of a finding do not overlap, so an editor applies, and takes back, all of them as one.
      for (const together of edits) expect(overlapping(together)).toEqual([]);
      for (const { before, after } of outcomeOf(setup).plan.changes) expect(after).not.toBe(before);
    });

    test('a second time there is nothing to do', () => {
      expect(outcomeOf(setup).again.changes).toEqual([]);
    });
  });
}

test.each(numberedCases)('$id is shown by tests that there are: $what', ({ apps: shown = [], tests = [] }) => {
  expect(shown.length + tests.length).toBeGreaterThan(0);
  expect(shown.filter((id) => !apps.some((app) => app.id === id))).toEqual([]);
  expect(tests.filter(({ file, title }) => !fs.readFileSync(path.resolve(__dirname, '../..', file), 'utf8').includes(`'${title}'`))).toEqual([]);
});

test('the numbered cases are all there', () => {
  expect(numberedCases.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, i) => `K${i + 1}`));
});

test.skipIf(POSTGRES === undefined)('docs/edits.md says what came of it', () => {
  const rows = apps.map((app) => ({
    app,
    rows: setups.filter((setup) => appsOf(setup).includes(app)).map((setup) => ({ ...rowOf(app, setup), database: setup.database })),
  }));
  const page = editsPage(rows);
  if (process.env['UPDATE_GOLDEN']) fs.writeFileSync(PAGE, page);
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(page);
});

const SAYS_NO_ORDER = /comes? as the database joins them/;

/** Lists sorted by what they hold, inside out. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unordered(each)]));
}

function overlapping(edits: readonly TextEdit[]): TextEdit[] {
  const isBefore = (a: TextEdit, b: TextEdit): boolean => a.endLine < b.line || (a.endLine === b.line && a.endColumn <= b.column);
  return edits.filter((edit, i) => edits.some((other, j) => j > i && edit.file === other.file && !isBefore(edit, other) && !isBefore(other, edit)));
}

function appsOf({ version }: Setup): MendApp[] {
  return apps.filter(({ versions }) => versions?.includes(version) ?? true);
}

function outcomeOf(setup: Setup): Outcome {
  const outcome = outcomes.get(setup);
  if (!outcome) throw new Error(`TypeORM ${setup.title} was not run`);
  return outcome;
}

function rowOf(app: MendApp, setup: Setup): EditRow {
  const outcome = outcomeOf(setup);
  const own = outcome.plan.outcomes.filter(({ finding }) => finding.scopeName === app.id);
  const edits = own.flatMap(({ edit }) => (edit.kind === 'edit' ? [edit] : []));
  const reasons = own.flatMap(({ edit }) => (edit.kind === 'declined' ? [edit.reason] : edit.kind === 'gone' ? ['gone'] : []));
  const compared = SAYS_NO_ORDER.test(reasons[0] ?? '') ? unordered : (answer: unknown): unknown => answer;
  const before = countOf(outcome.before, app.id);
  // Findings that share their change (siblings, nested relations) predict the same; each change counts once.
  const predictions = new Map(
    own
      .map(({ finding, edit }) => [
        finding.advice.relations.join() || `${finding.kind} ${finding.site?.line ?? 0}`,
        edit.kind === 'edit' ? edit.predicted : null,
      ])
      .filter(([, count]) => count !== null) as [string, number][],
  );
  const saved = [...predictions.values()].reduce((sum, predicted) => sum + before - predicted, 0);
  return {
    title: edits[0]?.title ?? null,
    reason: edits.length > 0 && reasons.length === 0 ? null : (reasons[0] ?? 'nothing was found'),
    before,
    predicted: edits.length > 0 ? before - saved : null,
    after: countOf(outcome.after, app.id),
    equal: JSON.stringify(compared(answerOf(app, setup, 'before'))) === JSON.stringify(compared(answerOf(app, setup, 'after'))),
  };
}

function countOf({ profile }: Profiled, name: string): number {
  return profile.scopes.find((scope) => scope.name === name)?.queryCount ?? 0;
}

function answerOf({ id }: MendApp, setup: Setup, when: 'before' | 'after'): unknown {
  const answer = outcomeOf(setup)[when].answers[id];
  // The clock has moved between the two runs.
  return JSON.parse(JSON.stringify(answer ?? null).replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?/g, 'then'));
}
