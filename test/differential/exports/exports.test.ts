/** Every text format is read back by its own parser: it accepts what was written, and finds the entities and relations of the graph in it. */
import elkWorker from 'elkjs/lib/elk-worker.min.js';
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';
import { createElk } from '../../../src/core/diagram/elkArrange';
import { graphToDiagram } from '../../../src/core/diagram/graphToDiagram';
import { writeMermaid } from '../../../src/core/diagram/writeMermaid';
import { createPictureWriters } from '../../../src/core/diagram/writers';
import type { Entity, RelationGraph } from '../../../src/core/model/relationGraph';
import { createEntityProject } from '../../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../../src/disk/diskHost';
import { libraryGraph } from '../../unit/core/diagram/graphs';
import { awkwardGraph, awkwardNames } from './awkwardGraph';
import { readDbml, readDot, readMermaid, readPlantuml, readSvg } from './readBack';

const write = createPictureWriters(async () => createElk(elkWorker));
const folder = path.join(__dirname, '../../cases/graph');
const fixtures = fs.readdirSync(folder).map((name): [string, () => RelationGraph] => [name, () => readFolder(path.join(folder, name))]);
const graphs: [string, () => RelationGraph][] = [
  ...fixtures,
  ['the example app', () => readFolder(path.join(__dirname, '../../../examples/bookshop/src'))],
  ['a library', libraryGraph],
  ['awkward names and shapes', awkwardGraph],
];

function readFolder(root: string): RelationGraph {
  return createEntityProject(typescript, createDiskHost([root])).graph();
}

describe.each(graphs)('%s', (_, graphOf) => {
  const graph = graphOf();
  const model = graphToDiagram(graph);
  const indexOf = new Map(model.tables.map(({ id }, index) => [id, index]));
  const pairs = model.edges.map(({ from, to }) => unordered(indexOf.get(from.table) ?? -1, indexOf.get(to.table) ?? -1));

  /** Relations by the places of their ends in the list of entities: names may be altered, the places may not. */
  const placesIn = (entities: readonly string[], relations: readonly (readonly [string, string])[]): string[] =>
    relations.map(([from, to]) => unordered(entities.indexOf(from), entities.indexOf(to)));

  it('is Mermaid to Mermaid', async () => {
    const { entities, relations } = await readMermaid(writeMermaid(graph));
    expect(entities).toHaveLength(model.tables.length);
    expect(placesIn(entities, relations)).toEqual(pairs);
  });

  it('is DBML to dbdiagram.io', async () => {
    const { entities, relations } = readDbml(await write.dbml(graph));
    const tables = graph.entities.filter(({ type, columns }) => type === 'regular' && columns.length > 0);
    expect(entities.length - junctionTables(graph).size).toBe(tables.length);
    expect(relations).toHaveLength(foreignKeys(graph).size);
  });

  it('is DOT to Graphviz', async () => {
    const { entities, relations, clusters } = await readDot(await write.dot(graph));
    const inOrder = model.tables.map((_, index) => `t${index}`);
    expect([...entities].sort()).toEqual([...inOrder].sort());
    expect(clusters).toBe(model.modules.length);
    expect(placesIn(inOrder, relations).sort()).toEqual([...pairs].sort());
  });

  it('is PlantUML by its structure', async () => {
    const { entities, relations, packages } = readPlantuml(await write.plantuml(graph));
    const grouped = model.modules.flatMap(({ id }) => model.tables.filter(({ module }) => module === id)).map(({ id }) => indexOf.get(id) ?? -1);
    const placed = relations.map(([from, to]) => unordered(grouped[entities.indexOf(from)] ?? -1, grouped[entities.indexOf(to)] ?? -1));
    expect(new Set(entities).size).toBe(model.tables.length);
    expect(packages).toBe(model.modules.length);
    expect(placed).toEqual(pairs);
  });

  it('is well-formed SVG', async () => {
    const { groups, texts } = readSvg(await write.svg(graph));
    const pills = model.edges.filter(({ joinTable }) => joinTable !== null).length;
    expect(groups).toHaveLength(model.modules.length + model.edges.length + model.tables.length + pills);
    expect(texts.length).toBeGreaterThanOrEqual(model.tables.length);
  });
});

describe('names that a format cannot hold as they are', () => {
  const readable = awkwardNames.filter((name) => !/[\s\p{Cc}]/u.test(name));

  it('come out of Mermaid as they went in', async () => {
    const { entities } = await readMermaid(writeMermaid(awkwardGraph()));
    expect(entities).toEqual(expect.arrayContaining(readable));
  });

  it('come out of DBML as they went in, columns too', async () => {
    const { columns } = readDbml(await write.dbml(awkwardGraph()));
    for (const name of readable) expect(columns.get(name) ?? columns.get(`a "schema".${name}`)).toContain(name);
  });
});

describe('the checks', () => {
  it('refuse what is not of the grammar', async () => {
    await expect(readMermaid('erDiagram\n  A {\n    int\n')).rejects.toThrow('Parse error');
    await expect(readDot('digraph { a [label=<<b>] }')).rejects.toThrow();
    expect(() => readDbml('Table a {')).toThrow();
    expect(() => readSvg('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>')).toThrow();
    expect(() => readPlantuml('@startuml\nentity A {\n@enduml')).toThrow('Not understood');
  });
});

function unordered(a: number, b: number): string {
  return a < b ? `${a}–${b}` : `${b}–${a}`;
}

/** By schema and table: junction tables that no entity is mapped to. */
function junctionTables(graph: RelationGraph): Set<string> {
  const own = new Set(graph.entities.filter(({ type }) => type === 'regular').map(({ schema, table }) => `${schema} ${table}`));
  const names = owningRelations(graph).flatMap(({ entity, relation }) =>
    relation.joinTable ? [`${entity.schema} ${relation.joinTable.table}`] : [],
  );
  return new Set(names.filter((name) => !own.has(name)));
}

/** Foreign keys whose columns exist, each once: what a relation of DBML is. */
function foreignKeys(graph: RelationGraph): Set<string> {
  const byId = new Map(graph.entities.map((entity) => [entity.id, entity]));
  const rootOf = (entity: Entity): Entity => (entity.type === 'entity-child' ? (byId.get(entity.parentId ?? '') ?? entity) : entity);
  const keys = new Set<string>();
  const add = (fromTable: string, from: readonly string[], target: Entity, to: readonly string[]): void => {
    // A view is no table that a key could refer to.
    const known = rootOf(target).type === 'view' ? [] : rootOf(target).columns.map(({ column }) => column);
    // DBML knows an end by its columns, in whatever order.
    const ends = [`${fromTable}(${from.toSorted().join()})`, `${rootOf(target).id}(${to.toSorted().join()})`].sort();
    if (to.length > 0 && to.every((column) => known.includes(column)) && ends[0] !== ends[1]) keys.add(ends.join(' '));
  };
  for (const { entity, relation, target } of owningRelations(graph)) {
    const known = rootOf(entity).columns.map(({ column }) => column);
    const columns = relation.joinColumns.map(({ column }) => column);
    const references = relation.joinColumns.map((join) => join.references);
    if (rootOf(entity).type === 'regular' && columns.every((column) => known.includes(column))) add(rootOf(entity).id, columns, target, references);
    if (!relation.joinTable) continue;
    const { table, joinColumns, inverseJoinColumns } = relation.joinTable;
    const mapped = graph.entities.find((other) => other.table === table && other.schema === entity.schema && other.type === 'regular');
    const keyOf = (of: Entity): string[] => of.columns.filter(({ primary }) => primary).map(({ column }) => column);
    const sides = [
      [joinColumns, entity],
      [inverseJoinColumns, target],
    ] as const;
    // A junction table that does not refer to the whole key refers to a column that the graph does not name.
    for (const [own, side] of sides) if (own.length === keyOf(side).length) add(mapped?.id ?? `${entity.schema} ${table}`, own, side, keyOf(side));
  }
  return keys;
}

function owningRelations(graph: RelationGraph): { entity: Entity; relation: Entity['relations'][number]; target: Entity }[] {
  const byId = new Map(graph.entities.map((entity) => [entity.id, entity]));
  return graph.entities.flatMap((entity) =>
    entity.relations.flatMap((relation) => {
      const target = byId.get(relation.targetId ?? '');
      return relation.owner && target ? [{ entity, relation, target }] : [];
    }),
  );
}
