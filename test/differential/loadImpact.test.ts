/** What a `find` loads, as both lines of TypeORM do it on a real database, beside what is predicted from the sources. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadImpact, type WantedRelations } from '../../src/core/model/loadImpact';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../src/disk/diskHost';

const file = path.join(__dirname, '../cases/load/library.ts');
const casesFile = path.join(os.tmpdir(), `relation-lens-loads-${process.pid}.json`);

const cases: readonly { readonly name: string; readonly root: string; readonly relations: WantedRelations }[] = [
  { name: 'nothing asked for', root: 'Author', relations: {} },
  { name: 'eager relations of eager relations', root: 'Book', relations: {} },
  { name: 'a collection, with what its entities load eagerly', root: 'Author', relations: { books: {} } },
  { name: 'two collections beside each other', root: 'Author', relations: { books: {}, awards: {} } },
  { name: 'a collection in a collection', root: 'Author', relations: { books: { tags: {} } } },
  { name: 'collections beside and in each other', root: 'Author', relations: { books: { tags: {} }, awards: {} } },
  { name: 'both sides of a one-to-one', root: 'Portrait', relations: { author: { portrait: {} } } },
  { name: 'a relation of an embedded value', root: 'Author', relations: { address: { city: {} } } },
  { name: 'the other side of a many-to-many', root: 'Tag', relations: { books: { author: {} } } },
  { name: 'an eager relation that is asked for', root: 'Book', relations: { publisher: { city: {} } } },
];

interface Outcome {
  readonly rows: number;
  readonly entities: number;
  readonly join: { readonly queries: number; readonly columns: number };
  readonly query: { readonly queries: number; readonly columns: number };
}

/** As the data has it: what the profiler would have measured. */
const fanOuts: Readonly<Record<string, number>> = { 'Author.books': 3, 'Author.awards': 4, 'Book.tags': 2, 'Tag.books': 6 };

beforeAll(() =>
  fs.writeFileSync(
    casesFile,
    JSON.stringify({
      file,
      cases: cases.map((each) => ({ ...each, relations: Object.keys(each.relations).length === 0 ? {} : toOption(each.relations) })),
    }),
  ),
);
afterAll(() => fs.rmSync(casesFile, { force: true }));

describe.each([
  { line: '1.x', packageName: 'typeorm', typeormMajor: 1 },
  { line: '0.3', packageName: 'typeorm-0.3', typeormMajor: 0 },
])('loading with TypeORM $line does what is predicted', ({ packageName, typeormMajor }) => {
  const graph = createEntityProject(typescript, createDiskHost([file])).graph();
  let outcomes: Record<string, Outcome> = {};

  beforeAll(() => {
    const output = execFileSync(process.execPath, [path.join(__dirname, 'loads.cjs'), packageName, casesFile], { encoding: 'utf8' });
    outcomes = JSON.parse(output) as typeof outcomes;
  });

  describe.each(cases)('$name', ({ name, root, relations }) => {
    const question = { relations, typeormMajor, fanOut: (entity: string, relation: string) => fanOuts[`${entity}.${relation}`] ?? null };

    it('in one join', () => {
      const impact = loadImpact(graph, root, { ...question, strategy: 'join' });
      const { rows, entities, join } = outcomes[name] as Outcome;
      expect({ queries: impact?.queries, columns: impact?.columns, rows: (impact?.rows.perEntity ?? 0) * entities }).toEqual({ ...join, rows });
    });

    it('in a query each', () => {
      const impact = loadImpact(graph, root, { ...question, strategy: 'query' });
      expect(impact?.queries).toBe(outcomes[name]?.query.queries);
    });
  });
});

function toOption(relations: WantedRelations): unknown {
  const entries = Object.entries(relations);
  return entries.length === 0 ? true : Object.fromEntries(entries.map(([key, nested]) => [key, toOption(nested)]));
}
