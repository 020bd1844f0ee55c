/**
 * The same mistakes in files that are written in other ways: an edit must read as if the file's author had made it. Each app is formatted by Prettier,
 * mended, and Prettier must have nothing to say about the file then; it compiles, answers as before, and runs the predicted queries.
 */
import fs from 'node:fs';
import path from 'node:path';
import { format, type Options } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planFixes, type FixPlan } from '../../src/cli/planFixes';
import { buildTool, type Tool } from '../cli/tool';
import { apps as numberedApps } from './apps';
import { styleApps } from './styleApps';
import { fileName, moduleOf, openWorkshop, type App, type Profiled, type Workshop } from './workshop';

interface Format {
  readonly name: string;
  readonly options: Options;
  readonly ending?: string;
}

const usual: Options = { parser: 'typescript', printWidth: 400, singleQuote: true, trailingComma: 'all' };

/** What tells of trailing commas in a file that has nothing else over several lines. */
const LIST = "\nexport const words = [\n  'one',\n  // and\n  'two',\n];\n";

const formats: readonly Format[] = [
  { name: 'tabs', options: { useTabs: true } },
  { name: 'CRLF', options: { endOfLine: 'crlf' } },
  { name: 'no semicolons', options: { semi: false } },
  { name: 'double quotes', options: { singleQuote: false } },
  { name: 'no trailing commas', options: { trailingComma: 'none' } },
  { name: 'tight braces', options: { bracketSpacing: false } },
  { name: 'all of it', options: { useTabs: true, endOfLine: 'crlf', semi: false, singleQuote: false, trailingComma: 'none', bracketSpacing: false } },
  { name: 'mts', options: {}, ending: '.mts' },
  { name: 'cts', options: {}, ending: '.cts' },
];

/** One for each way in which an edit writes: options, conditions, chains, rows by key, bulk writes, parameters, things taken out. */
const CHOSEN = ['A1', 'A1 options', 'D1', 'K6', 'K8', 'K9', 'B1', 'B2', 'B4', 'H1', 'H7', 'G1', 'G6', 'place: helper method', 'loop: reduce'];

/** Where Prettier would break the lines elsewhere: `find({⏎…⏎}))⏎ out.push(…)`, and a chain that begins with its first call. */
const BROKEN_OTHERWISE = new Set(['K6', 'B4']);

interface Written extends App {
  readonly app: string;
  readonly format: Format;
}

const files: Written[] = [];
let tool: Tool;
let workshop: Workshop;
let before: Profiled;
let after: Profiled;
let plan: FixPlan;
let complaints: readonly [before: string[], after: string[]];

beforeAll(async () => {
  for (const each of formats) for (const id of CHOSEN) files.push(await write(id, each));
  tool = buildTool();
  workshop = openWorkshop(tool, 'typeorm', files);
  before = await workshop.profile('before');
  const asWritten = workshop.complaints();
  const findings = before.profile.findings.filter(
    ({ advice, kind }) => advice.kind !== 'none' && kind !== 'slow-query' && kind !== 'duplicate-query',
  );
  plan = planFixes(workshop.folder, findings);
  for (const { file, after: text } of plan.changes) fs.writeFileSync(file, text);
  complaints = [asWritten, workshop.complaints()];
  after = await workshop.profile('after');
}, 1_800_000);
afterAll(() => tool.remove());

async function write(id: string, each: Format): Promise<Written> {
  const app = [...numberedApps, ...styleApps].find((candidate) => candidate.id === id);
  if (!app) throw new Error(`There is no app ${id}.`);
  const { ending = '.ts' } = each;
  const module = ending === '.mts' ? moduleOf(app.source).replace("'./entities'", "'./entities.js'") : moduleOf(app.source);
  const text = await format(module + LIST, { ...usual, ...each.options });
  return { id: `${id} [${each.name}]`, source: app.source, text, ending, app: id, format: each };
}

test('they compile strictly, before and after', () => {
  expect(complaints).toEqual([[], []]);
});

describe.each(formats)('$name', (each) => {
  test.each(CHOSEN)('%s', async (id) => {
    const written = files.find(({ app, format: own }) => app === id && own === each);
    if (!written) throw new Error(`${id} was not written`);
    const text = fs.readFileSync(path.join(workshop.folder, 'src', `${fileName(written.id)}${written.ending ?? '.ts'}`), 'utf8');
    expect(text).not.toBe(written.text);
    const formatted = await format(text, { ...usual, ...each.options });
    const spaces = BROKEN_OTHERWISE.has(id) ? /\s+/g : /^$/;
    expect(text.replace(spaces, '')).toBe(formatted.replace(spaces, ''));
    expect(countOf(after, written.id)).toBeLessThanOrEqual(countOf(before, written.id));
    expect(answerOf(after, written.id)).toBe(answerOf(before, written.id));
    const own = plan.outcomes.filter(({ finding }) => finding.scopeName === written.id);
    expect(own.map(({ edit }) => edit.kind)).not.toContain('declined');
  });
});

function countOf({ profile }: Profiled, name: string): number {
  return profile.scopes.find((scope) => scope.name === name)?.queryCount ?? 0;
}

function answerOf({ answers }: Profiled, name: string): string {
  const answer = answers[name];
  expect(answer).not.toHaveProperty('error');
  return JSON.stringify(answer).replace(/\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?/g, 'then');
}
