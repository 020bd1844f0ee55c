/** What deleting a row takes with it, as both lines of TypeORM and a real database do it, beside what is predicted from the sources. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteImpact, type DeleteImpact, type DeleteQuestion, type DeleteWay } from '../../src/core/model/deleteImpact';
import type { RelationGraph } from '../../src/core/model/relationGraph';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../src/disk/diskHost';

const folder = path.join(__dirname, '../cases/delete');

/** What is loaded with the row that goes, where everything that cascades is loaded. */
const cases = [
  { name: 'foreign-keys', root: 'Author', relations: {} },
  { name: 'restrict', root: 'Author', relations: {} },
  { name: 'no-action-diamond', root: 'Author', relations: {} },
  { name: 'set-null-not-null', root: 'Author', relations: {} },
  { name: 'set-default', root: 'Author', relations: {} },
  { name: 'cascade-remove', root: 'Author', relations: { books: { chapters: true } } },
  { name: 'cascade-remove-eager', root: 'Author', relations: { books: true } },
  { name: 'cascade-to-parent', root: 'Book', relations: { author: true } },
  { name: 'many-to-many', root: 'Book', relations: { tags: true, shelves: true } },
  { name: 'many-to-many', root: 'Tag', relations: { books: true } },
  { name: 'many-to-many', root: 'Shelf', relations: {} },
  { name: 'many-to-many-cascade', root: 'Book', relations: { tags: true } },
  { name: 'many-to-many-restrict', root: 'Book', relations: { tags: true } },
  { name: 'many-to-many-restrict', root: 'Tag', relations: {} },
  { name: 'followers', root: 'User', relations: { following: true, followers: true } },
  { name: 'self', root: 'Category', relations: { children: true } },
  { name: 'self-refused', root: 'Category', relations: { children: true } },
  { name: 'soft-remove', root: 'Author', relations: { books: true, awards: true } },
  { name: 'soft-remove-behind-insert', root: 'Author', relations: { books: { chapters: true } } },
  { name: 'soft-remove-without-column', root: 'Author', relations: { books: true } },
  { name: 'orphaned-rows', root: 'Author', relations: { books: true, awards: true } },
  { name: 'single-table', root: 'Photo', relations: {} },
  { name: 'single-table', root: 'Content', relations: {} },
  { name: 'closure', root: 'Category', relations: { children: true } },
].map((each) => ({ ...each, file: path.join(folder, `${each.name}.ts`), name: `${each.name}: ${each.root}` }));

interface Outcome {
  readonly error: string | null;
  readonly gone: readonly string[];
  readonly changed: readonly string[];
}

const ways: readonly DeleteWay[] = ['remove', 'softRemove', 'delete', 'softDelete'];
const casesFile = path.join(os.tmpdir(), `relation-lens-deletions-${process.pid}.json`);

beforeAll(() => fs.writeFileSync(casesFile, JSON.stringify(cases)));
afterAll(() => fs.rmSync(casesFile, { force: true }));

describe.each([
  { line: '1.x', packageName: 'typeorm', typeormMajor: 1 },
  { line: '0.3', packageName: 'typeorm-0.3', typeormMajor: 0 },
])('deleting with TypeORM $line does what is predicted', ({ packageName, typeormMajor }) => {
  let outcomes: Record<string, Record<string, Outcome>> = {};

  beforeAll(() => {
    const output = execFileSync(process.execPath, [path.join(__dirname, 'deletions.cjs'), packageName, casesFile], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    outcomes = JSON.parse(output) as typeof outcomes;
  });

  describe.each(cases)('$name', ({ name, file, root }) => {
    const graph = createEntityProject(typescript, createDiskHost([file])).graph();
    it.each(ways.flatMap((way) => (['all', 'eager'] as const).map((loaded) => ({ way, loaded }))))('$way, $loaded loaded', ({ way, loaded }) => {
      const outcome = outcomes[name]?.[`${way} ${loaded}`];
      const predicted = predict(graph, root, { way, loaded, typeormMajor });
      expect({ ...outcome, error: outcome?.error === null ? null : 'refused' }, outcome?.error ?? 'it succeeds').toEqual(predicted);
    });
  });
});

/** The prediction in the terms of what can be seen in the database: every table has one row that hangs on the one that goes. */
function predict(graph: RelationGraph, root: string, question: DeleteQuestion): Outcome {
  const impact = deleteImpact(graph, root, question);
  if (!impact) throw new Error(`There is no ${root}.`);
  if (impact.impossible !== null || impact.steps.some(({ effect, certain }) => effect === 'refused' && certain))
    return { error: 'refused', gone: [], changed: [] };
  const gone = new Set(tablesOf(impact, ['removed', 'unpaired']));
  const soft = new Set(tablesOf(impact, ['soft-removed']));
  const own = graph.entities.find(({ name }) => name === root)?.table ?? '';
  (question.way === 'softRemove' || question.way === 'softDelete' ? soft : gone).add(own);
  const set = impact.steps.filter(({ effect, table }) => (effect === 'set-null' || effect === 'set-default') && !gone.has(table));
  const changed = [
    ...[...soft].map((table) => `${table}.deletedAt`),
    ...set.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)),
  ];
  return { error: null, gone: [...gone].sort(), changed: [...new Set(changed)].sort() };
}

function tablesOf({ steps }: DeleteImpact, effects: readonly string[]): string[] {
  return steps.filter(({ effect }) => effects.includes(effect)).map(({ table }) => table);
}
