import { describe, expect, it } from 'vitest';
import { entityTree, relationsOption, type EntityTreeNode } from '../../../src/extension/panels/entityTree';
import type { DiagramColumn, DiagramEdge } from '../../../src/protocol/diagramPanel';
import { aModel, aTable } from './builders';

const position = { file: '/shop/Author.ts', line: 5, column: 3 };
const id: DiagramColumn = {
  property: 'id',
  column: 'id',
  type: 'int',
  primary: true,
  foreign: false,
  unique: false,
  indexed: false,
  nullable: false,
  from: null,
  source: position,
};
const author = aTable('Author', {
  columns: [id, { ...id, property: 'name', column: 'full_name', type: 'varchar(100)', primary: false, unique: true, from: 'Person' }],
  relations: [{ property: 'books', target: 'Book', source: position }],
});
const edge: DiagramEdge = {
  id: 'Book.author',
  kind: 'many-to-one',
  from: { table: '/shop/Book.ts#Book', property: 'author', columns: ['authorId'], max: 'many', optional: true },
  to: { table: author.id, property: 'books', columns: ['id'], max: 'one', optional: false },
  joinTable: null,
  eager: false,
  lazy: true,
  description: 'An Author has many books.',
};

describe('entityTree', () => {
  it('shows the entities of one module without a level for it', () => {
    expect(outline(entityTree(aModel({ tables: [aTable('Book'), author] })))).toEqual([
      'Author (author)',
      '  id (int)',
      '  name (varchar(100))',
      '  books (→ Book)',
      'Book (book)',
    ]);
  });

  it('groups by module where there are several, without empty ones', () => {
    const modules = [
      { id: 'src/sales', name: 'sales' },
      { id: 'src/catalog', name: 'catalog' },
      { id: 'src/empty', name: 'empty' },
    ];
    const tree = entityTree(aModel({ modules, tables: [aTable('Order', { module: 'src/sales' }), aTable('Tag'), aTable('Book')] }));
    expect(outline(tree)).toEqual(['catalog (2 entities)', '  Book (book)', '  Tag (tag)', 'sales (1 entity)', '  Order (order)']);
  });

  it('tells what a relation does, from its edge', () => {
    const [root] = entityTree(aModel({ tables: [author], edges: [edge] }));
    const relation = root!.children.at(-1)!;
    expect(relation).toMatchObject({ description: '→ Book · lazy', tooltip: 'An Author has many books.', entity: author.id, property: 'books' });
  });

  it('tells what a column is', () => {
    const [root] = entityTree(aModel({ tables: [author] }));
    expect(root!.children.map(({ icon }) => icon)).toEqual(['key', 'symbol-field', 'references']);
    expect(root!.children[1]!.tooltip).toBe('Author.name: varchar(100)\n\nunique\n\ncolumn full_name\n\nfrom Person');
  });

  it('marks problems where they are, and the worst one on the way up', () => {
    const problems = [
      { table: author.id, property: 'books', severity: 'warning', message: 'No inverse side.' },
      { table: author.id, property: null, severity: 'error', message: 'No primary key.' },
    ] as const;
    const [root] = entityTree(aModel({ tables: [author], problems }));
    expect(root).toMatchObject({ problem: 'error', description: 'author · 2 problems' });
    expect(root!.tooltip).toContain('No primary key.');
    expect(root!.children.map(({ problem }) => problem)).toEqual([null, null, 'warning']);
  });

  it('gives every node an id of its own', () => {
    const all = (nodes: readonly EntityTreeNode[]): string[] => nodes.flatMap((node) => [node.id, ...all(node.children)]);
    const ids = all(entityTree(aModel({ tables: [author, aTable('Book')] })));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is empty without entities', () => {
    expect(entityTree(aModel())).toEqual([]);
  });
});

function outline(nodes: readonly EntityTreeNode[], indent = ''): string[] {
  return nodes.flatMap(({ label, description, children }) => [`${indent}${label} (${description})`, ...outline(children, `${indent}  `)]);
}

describe('relationsOption', () => {
  const relation = (property: string) => ({ property, target: 'Book', source: position });
  const nodeOf = (...properties: readonly string[]): EntityTreeNode =>
    entityTree(aModel({ tables: [aTable('Author', { columns: [id], relations: properties.map(relation) })] }))[0]!;

  it('loads all relations of an entity, those in embedded values as they are nested', () => {
    expect(relationsOption(nodeOf('books', 'address.country', 'address.city'))).toBe(
      'relations: { books: true, address: { country: true, city: true } }',
    );
  });

  it('loads one relation, and stands for nothing at columns and entities without any', () => {
    const [column, books] = nodeOf('books').children;
    expect([relationsOption(books!), relationsOption(column!), relationsOption(nodeOf())]).toEqual(['relations: { books: true }', null, null]);
  });
});
