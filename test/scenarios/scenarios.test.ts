/**
 * The numbered cases on real TypeORM, 0.3 and 1.x, with better-sqlite3: what the profiler must say of each, and where it must be silent. The
 * programs are in scenarios/; a line marked `// A1 site` or `// A1 parent` is the one that must be named. With the address of an empty
 * database in SCENARIOS_POSTGRES the same cases run on PostgreSQL as well.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Site } from '../../src/core/profile/queryProfile';
import { buildTool, programEnvironment, type Tool } from '../cli/tool';

interface Expected {
  readonly kind: Finding['kind'];
  readonly severity?: Finding['severity'];
  /** `Author.books`, or `Author` where no relation is meant; null where nothing is. */
  readonly of: string | null;
  readonly count: number;
  /** False where no parent may be named. Default: the line marked so, proven. */
  readonly parent?: boolean | string;
  /** Mark of the line, where it is not the case's own. */
  readonly site?: string;
  readonly advice: Finding['advice']['kind'];
  readonly relations?: readonly string[];
  readonly strategy?: 'join' | 'query';
  readonly after?: number;
}

const lazy = (of: string, count: number, advice: Partial<Expected> = {}): Expected => ({
  kind: 'lazy-n-plus-one',
  of,
  count,
  advice: 'load-relations',
  ...advice,
});
const loop = (of: string, count: number, advice: Partial<Expected> = {}): Expected => ({
  kind: 'loop-n-plus-one',
  of,
  count,
  advice: 'load-relations',
  ...advice,
});
const write = (of: string, count: number, rest: Partial<Expected> = {}): Expected => ({
  kind: 'write-n-plus-one',
  of,
  count,
  parent: false,
  advice: 'bulk-write',
  ...rest,
});
const byQuery = (relation: string, after: number): Partial<Expected> => ({ relations: [relation], strategy: 'query', after });
const byJoin = (relation: string, after: number): Partial<Expected> => ({ relations: [relation], strategy: 'join', after });
const batched = (after: number): Partial<Expected> => ({ advice: 'batch-in', relations: [], after });

/** Expectations by case; an empty list is a case that must stay silent. */
const cases: Readonly<Record<string, readonly Expected[]>> = {
  A1: [lazy('Author.books', 12, byQuery('books', 3))],
  A2: [lazy('Book.author', 36, byJoin('author', 1))],
  A3: [lazy('Author.profile', 12, byJoin('profile', 1))],
  A4: [lazy('Profile.author', 12, byJoin('author', 1))],
  A5: [lazy('Book.tags', 36, byJoin('tags', 1))],
  A6: [lazy('Tag.books', 5, byJoin('books', 1))],
  A7: [lazy('Author.books', 12, byQuery('books', 3))],
  A8: [],
  A9: [],
  A10: [],
  A11: [],
  A13: [
    lazy('Author.books', 12, { relations: ['books'] }),
    { kind: 'duplicate-query', severity: 'info', of: 'Author.books', count: 2, parent: 'any', advice: 'hoist' },
  ],
  A14: [lazy('Author.books', 13, { relations: ['books'] })],
  A15: [lazy('Author.books', 12, byQuery('books', 3))],
  A16: [lazy('Author.country', 3, { relations: ['country'], strategy: 'join' })],
  A17: [lazy('Author.books', 12, byQuery('books', 3))],
  A18: [],
  A19: [lazy('Comment.book', 2, { parent: 'any', advice: 'none' })],
  A20: [lazy('Book.comments', 3, { severity: 'info', parent: 'any', advice: 'none' })],
  D1: [
    lazy('Country.authors', 4, { relations: ['authors', 'authors.books'], after: 5 }),
    lazy('Author.books', 12, { relations: ['authors', 'authors.books'], after: 5 }),
  ],
  D2: [lazy('Author.books', 12, { relations: ['authors', 'authors.books'] })],
  D3: [],
  D4: [
    lazy('Book.author', 36, { relations: ['author', 'comments'], site: 'D4 first site' }),
    lazy('Book.comments', 36, { relations: ['author', 'comments'] }),
  ],
  D5: [lazy('Book.comments', 36, { relations: ['comments'] })],
  D9: [],
  E1: [lazy('Category.parent', 7, { parent: 'any', advice: 'none' })],
  B1: [loop('Order.customer', 12, byJoin('customer', 1))],
  'B1 inverse': [loop('Order.lines', 12, byQuery('lines', 3))],
  'B1 where relation': [loop('Order.lines', 12, byQuery('lines', 3))],
  B2: [loop('Customer', 12, batched(2))],
  B3: [loop('Order.customer', 24, { relations: ['customer'] })],
  B4: [loop('Book.comments', 36, batched(2))],
  B5: [loop('Book.comments', 36, batched(2))],
  B6: [loop('Book.comments', 36, batched(2))],
  B7: [loop('Book.comments', 72, { advice: 'batch-in', relations: [] })],
  B8: [loop('Book.comments', 36, batched(2))],
  B9: [loop('Book.comments', 36, batched(2))],
  B10: [loop('Order.customer', 12, batched(2))],
  B11: [loop('Order.customer', 12, batched(2))],
  B12: [loop('Order.customer', 12, byJoin('customer', 1))],
  B13: [],
  B14: [{ kind: 'duplicate-query', severity: 'info', of: 'Visit', count: 4, parent: 'any', advice: 'hoist' }],
  B15: [loop('Category', 7, { parent: false, advice: 'none' })],
  B16: [loop('Customer', 4, { parent: false, ...batched(1) })],
  B17: [],
  B18: [loop('Customer', 3, { severity: 'info', parent: false, ...batched(1) })],
  B19: [],
  C1: [loop('Order.customer', 12, byJoin('customer', 1))],
  C2: [loop('Order.customer', 12, byJoin('customer', 1))],
  C3: [loop('Order.customer', 12, byJoin('customer', 1))],
  C5: [loop('Order.customer', 12, byJoin('customer', 1))],
  C6: [loop('Order.customer', 12, byJoin('customer', 1))],
  C9: [],
  D6: [
    loop('Book.author', 36, { relations: ['author', 'comments'], site: 'D6 first site' }),
    loop('Book.comments', 36, { relations: ['author', 'comments'] }),
  ],
  D10: [
    loop('Author.books', 12, { ...byQuery('books', 39), site: 'D10 middle' }),
    loop('Book.comments', 36, { relations: ['comments'], parent: 'D10 middle' }),
  ],
  F1: [],
  F2: [],
  F3: [],
  F4: [],
  F5: [],
  F6: [],
  F7: [],
  F8: [],
  F9: [],
  F10: [],
  F11: [],
  F14: [],
  F15: [],
  F17: [],
  F20: [],
  F22: [],
  F23: [loop('Author.books', 6, { severity: 'info', parent: 'any', site: 'any', advice: 'none' })],
  G14: [],
  G13: [{ kind: 'row-multiplication', of: 'Book', count: 396, parent: false, advice: 'query-strategy', strategy: 'query' }],
  G20: [{ kind: 'unbounded-result', of: 'Visit', count: 1226, parent: false, advice: 'paginate' }],
  H1: [write('Visit', 5)],
  H2: [write('Visit', 5)],
  H3: [{ kind: 'orm-fan-out', of: 'Visit', count: 6, parent: false, advice: 'bulk-write' }],
  H4: [{ kind: 'orm-fan-out', of: 'Visit', count: 6, parent: false, advice: 'bulk-write' }],
  'H4 insert': [],
  H6: [],
  H7: [write('Visit', 4)],
  H8: [write('Visit', 5, { severity: 'info' })],
  H10: [write('Visit', 5)],
  H11: [write('Visit', 5)],
  H12: [write('Book.tags', 3)],
  H15: [],
  'two writes are no loop': [],
  I1: [{ kind: 'duplicate-query', of: 'Customer', count: 2, parent: 'any', site: 'I1 second', advice: 'hoist' }],
  I2: [{ kind: 'duplicate-query', of: 'Customer', count: 5, parent: 'any', advice: 'hoist' }],
  I3: [],
  I4: [{ kind: 'query-budget', severity: 'info', of: null, count: 14, parent: false, site: 'any', advice: 'none' }],
};

/** Where PostgreSQL differs: its RETURNING lets TypeORM save many new rows with one statement. */
const onPostgres: typeof cases = {
  ...cases,
  H4: [],
  G20: [{ kind: 'unbounded-result', of: 'Visit', count: 1231, parent: false, advice: 'paginate' }],
};

const postgresUrl = process.env['SCENARIOS_POSTGRES'];
const databases = [
  { database: 'better-sqlite3', env: {}, expectations: cases },
  ...(postgresUrl === undefined ? [] : [{ database: 'postgres', env: { SCENARIOS_POSTGRES: postgresUrl }, expectations: onPostgres }]),
];
const setups = databases.flatMap((database) => (['typeorm', 'typeorm-0.3'] as const).map((typeorm) => ({ ...database, typeorm })));

interface Report {
  readonly scopes: readonly { readonly id: number; readonly name: string }[];
  readonly findings: readonly (Omit<Finding, 'parent'> & { readonly parent: { readonly site: Site | null; readonly proven: boolean } | null })[];
}

let tool: Tool;
beforeAll(() => {
  tool = buildTool();
});
afterAll(() => tool.remove());

describe.each(setups)('the numbered cases with $typeorm on $database', ({ typeorm, env, expectations }) => {
  let report: Report;
  let stderr: string;

  beforeAll(async () => {
    const app = tool.build(path.join(__dirname, 'programs/app.ts'), typeorm);
    const outcome = await tool.run(['profile', '--watch-reads', '--format', 'json', '--', process.execPath, app], {
      cwd: __dirname,
      env: { ...withoutPostgres(programEnvironment()), ...env },
    });
    stderr = outcome.stderr;
    report = JSON.parse(outcome.stdout) as Report;
  });

  it('runs them all', () => {
    expect(stderr).not.toContain(' failed: ');
    const names = report.scopes.map(({ name }) => name);
    expect(Object.keys(cases).filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(Object.entries(expectations))('%s', (name, expected) => {
    const scope = report.scopes.find((candidate) => candidate.name === name);
    // How long a statement takes on a busy machine is no matter of these cases.
    const found = report.findings.filter((finding) => finding.scope === scope?.id && finding.kind !== 'slow-query');
    expect(found.map(({ kind, severity, entity, relation, count }) => [kind, severity, of(entity, relation), count])).toEqual(
      expected.map(({ kind, severity, of: subject, count }) => [kind, severity ?? 'warning', subject, count]),
    );
    for (const [index, finding] of found.entries()) checkFinding(name, finding, expected[index] as Expected);
  });
});

function withoutPostgres({ SCENARIOS_POSTGRES: _, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

function checkFinding(name: string, finding: Report['findings'][number], expected: Expected): void {
  const { advice } = finding;
  expect(advice.kind).toBe(expected.advice);
  if (expected.relations) expect(advice.relations).toEqual(expected.relations);
  if (expected.strategy) expect(advice.strategy).toBe(expected.strategy);
  if (expected.after !== undefined) expect(advice.predictedQueryCount).toBe(expected.after);
  if (expected.site !== 'any') expect(markAt(finding.site)).toBe(expected.site ?? `${name} site`);
  if (expected.parent === false) expect(finding.parent).toBeNull();
  else if (expected.parent !== 'any') {
    expect(markAt(finding.parent?.site ?? null)).toBe(expected.parent ?? `${name} parent`);
    expect(finding.parent?.proven).toBe(true);
  }
}

function of(entity: string | null, relation: string | null): string | null {
  return relation === null ? entity : `${entity}.${relation}`;
}

const sources = new Map<string, readonly string[]>();

/** The mark of a site's line; files are named from the folder the tool was started in. */
function markAt(site: Site | null): string | null {
  if (site === null) return null;
  const file = path.resolve(__dirname, site.file);
  const lines = sources.get(file) ?? fs.readFileSync(file, 'utf8').split('\n');
  sources.set(file, lines);
  return /\/\/ (.+)$/.exec(lines[site.line - 1] ?? '')?.[1]?.trim() ?? null;
}
