import { describe, expect, test } from 'vitest';
import type { RelationGraph } from '../../../src/core/model/relationGraph';
import { codeLenses } from '../../../src/service/codeLens';
import { describeColumn, describeEntity } from '../../../src/service/entityHover';
import { indexOf } from '../../../src/service/graphIndex';
import { aColumn, aGraph, anEntity, anId, aRelation, aShop, joinedBy } from '../builders/graphBuilder';

function entityHover(graph: RelationGraph, name: string): string {
  const entity = graph.entities.find((candidate) => candidate.name === name);
  if (!entity) throw new Error(`no ${name}`);
  return withoutLinks(describeEntity(indexOf(graph), entity));
}

function columnHover(graph: RelationGraph, name: string, property: string): string {
  const entity = graph.entities.find((candidate) => candidate.name === name);
  const column = entity?.columns.find((candidate) => candidate.property === property);
  if (!entity || !column) throw new Error(`no ${name}.${property}`);
  return withoutLinks(describeColumn(indexOf(graph), entity, column, []));
}

const withoutLinks = (markdown: string): string => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');

describe('hover on an entity', () => {
  test('table, key, columns, relations, and who refers to it', () => {
    expect(entityHover(aShop(), 'Author')).toBe(
      [
        '**Author** · table `author`',
        '',
        '- **Key** `id` (integer, increment)',
        '- **Columns** 3',
        '- **Relations**',
        '  - `books` → many `Book`',
        '  - `awards` → many `Award`',
        '  - `address.city` → one `City`',
        '- **Referred to by** `Award.author`, `Book.author`',
      ].join('\n'),
    );
  });

  test('a view is read-only and has no key', () => {
    const hover = entityHover(aGraph(anEntity('Sales', { type: 'view', table: 'sales', columns: [aColumn('sum')] })), 'Sales');
    expect(hover).toContain('view `sales`, read-only');
    expect(hover).not.toContain('**Key**');
  });

  test('single-table inheritance: the child names its discriminator, the parent its children', () => {
    const kind = aColumn('kind', { kind: 'discriminator' });
    const parent = anEntity('Person', { discriminatorValue: 'Person', columns: [anId(), kind] });
    const child = anEntity('Student', {
      type: 'entity-child',
      table: 'person',
      parent: 'Person',
      parentId: parent.id,
      discriminatorValue: 'student',
      columns: [anId(), kind],
    });
    expect(entityHover(aGraph(parent, child), 'Student')).toContain('child of `Person` in table `person` where `kind = "student"`');
    expect(entityHover(aGraph(parent, child), 'Person')).toContain('table `person` · shared with `Student`');
  });

  test.each([
    ['closure-table', 'tree (closure table)'],
    ['materialized-path', 'tree (materialized path)'],
    ['nested-set', 'tree (nested set)'],
    ['adjacency-list', 'tree (adjacency list)'],
  ] as const)('a tree names its kind: %s', (tree, words) => {
    expect(entityHover(aGraph(anEntity('Category', { tree })), 'Category')).toContain(words);
  });

  test('a schema, a composite key, indices', () => {
    const room = anEntity('Room', {
      schema: 'school',
      columns: [aColumn('building', { primary: true, length: '20' }), aColumn('number', { primary: true, type: 'int' })],
      indices: [{ columns: ['number'], unique: false }],
    });
    expect(entityHover(aGraph(room), 'Room')).toContain(
      'table `school.room`\n\n- **Key** `building` (varchar(20)), `number` (int)\n- **Columns** 2 · 1 index',
    );
  });
});

describe('hover on a column', () => {
  test('the database’s name, type and nullability', () => {
    expect(columnHover(aShop(), 'Author', 'bio')).toBe('**Author.bio** · column `author.bio`\n\nvarchar, may be NULL');
  });

  test('a foreign key beside its relation is one column with two fields', () => {
    expect(columnHover(aShop(), 'Book', 'authorId')).toContain(
      'Foreign key of `author` → `author.id`. One column, two fields: set `author` or `authorId`, not both to different rows.',
    );
  });

  test('special columns say what they do', () => {
    expect(columnHover(aShop(), 'Tag', 'deletedAt')).toContain('soft delete: rows with a date are left out of finds');
  });
});

describe('lenses', () => {
  const lenses = (graph: RelationGraph, settings = { entities: true, relations: true }, loads = 0) =>
    codeLenses({
      index: indexOf(graph),
      file: '/app/entities.ts',
      settings,
      statsOf: (entity, relation) => ({
        entity,
        relation,
        loads,
        queries: loads,
        rows: loads,
        dbTimeMs: 46,
        worstScope: 'GET /authors',
        warning: false,
        sites: [],
      }),
    }).map(({ command }) => command?.title);

  const graph = aGraph(
    anEntity('Author', { relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author' })] }),
    anEntity('Book', {
      relations: [
        aRelation('many-to-one', 'author', 'Author', {
          ...joinedBy('authorId'),
          source: { file: '/app/entities.ts', line: 9, column: 3, endLine: 9, endColumn: 9 },
        }),
      ],
    }),
  );

  test('above an entity: table, relations, who refers to it, and the way to the diagram', () => {
    expect(lenses(graph)).toEqual([
      'table author · 1 relation · 1 references this',
      'Show in diagram',
      'Delete impact',
      'table book · 1 relation',
      'Show in diagram',
    ]);
  });

  test('above a relation that was loaded in the last run', () => {
    expect(lenses(graph, { entities: false, relations: true }, 100)).toEqual([
      'loaded 100 × · 46 ms in GET /authors',
      'loaded 100 × · 46 ms in GET /authors',
    ]);
    expect(lenses(graph, { entities: false, relations: true })).toEqual([]);
  });

  test('switched off they are gone', () => {
    expect(lenses(graph, { entities: false, relations: false }, 100)).toEqual([]);
  });
});
