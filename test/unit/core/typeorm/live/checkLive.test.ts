import { describe, expect, it } from 'vitest';
import type { Entity, RelationGraph } from '../../../../../src/core/model/relationGraph';
import { checkLive, type LiveCheck } from '../../../../../src/core/typeorm/live/checkLive';
import type { MetaColumn, MetadataEvent, MetaEntity, MetaRelation } from '../../../../../src/protocol/probe';
import { aColumn, aGraph, anEntity, anId, aRelation, joinedBy, nowhere } from '../../../builders/graphBuilder';

const id: MetaColumn = {
  property: 'id',
  column: 'id',
  primary: true,
  generated: true,
  strategy: 'increment',
  nullable: false,
  type: 'number',
  constructed: true,
};
const title: MetaColumn = { property: 'title', column: 'title', primary: false, generated: false, nullable: false, type: 'varchar' };
const author: MetaRelation = {
  property: 'author',
  kind: 'many-to-one',
  target: 'Author',
  inverse: null,
  owner: true,
  lazy: false,
  eager: false,
  nullable: true,
  joinColumns: [{ column: 'authorId', references: 'id' }],
  joinTable: null,
};
const book = (overrides: Partial<MetaEntity> = {}): MetaEntity => ({
  name: 'Book',
  table: 'book',
  schema: null,
  type: 'regular',
  parent: null,
  columns: [id, title],
  relations: [],
  ...overrides,
});
const sourceBook = (overrides: Partial<Entity> = {}): Entity =>
  anEntity('Book', {
    columns: [anId(), aColumn('title', { source: { ...nowhere, line: 7 } })].map((column) => (column.primary ? { ...column, type: 'int' } : column)),
    ...overrides,
  });

describe('the live check', () => {
  it('finds equal what is equal, and counts it', () => {
    expect(check(aGraph(sourceBook()), [book()])).toEqual({
      dataSource: 'default (postgres)',
      entities: 1,
      relations: 0,
      columns: 2,
      equal: 1,
      differences: [],
    });
  });

  it('names what differs, with both values and the place in the sources', () => {
    const { differences, equal } = check(aGraph(sourceBook()), [book({ columns: [id, { ...title, column: 'book_title' }] })]);
    expect(differences).toEqual([
      {
        kind: 'column',
        entity: 'Book',
        property: 'title',
        field: 'column',
        sources: 'title',
        app: 'book_title',
        message: 'Book.title: column is "title" in the sources, "book_title" in the app',
        source: { ...nowhere, line: 7 },
      },
    ]);
    expect(equal).toBe(0);
  });

  it('writes join columns and empty lists as one would', () => {
    const sources = aGraph(sourceBook({ relations: [aRelation('many-to-one', 'author', 'Author', { ...joinedBy('author_id') })] }));
    expect(messages(check(sources, [book({ relations: [{ ...author, cascade: ['insert', 'update'] }] })]))).toEqual([
      'Book.author: joinColumns is author_id → id in the sources, authorId → id in the app',
      'Book.author: cascade is none in the sources, insert, update in the app',
    ]);
  });

  it('names parts that only one side has', () => {
    const sources = aGraph(sourceBook({ columns: [aColumn('id', { primary: true, generated: 'increment', type: 'int' })], uniques: [['id']] }));
    expect(messages(check(sources, [book({ indices: [{ columns: ['title'], unique: false }] })]))).toEqual([
      'Book.title is in the app, and not in the sources',
      'Book, index on title is in the app, and not in the sources',
      'Book, unique constraint on id is in the sources, and not in the app',
    ]);
  });

  it('does not miss entities that a DataSource has not loaded', () => {
    expect(check(aGraph(sourceBook(), anEntity('Review')), [book()]).differences).toEqual([]);
  });

  it('names an entity that no source declares', () => {
    expect(messages(check(aGraph(), [book()]))).toEqual(['Book is loaded by the app, and the sources that were read do not declare it']);
  });

  it('leaves junction and closure tables to their relations', () => {
    const tables = ['junction', 'closure-junction'].map((type) => book({ name: '', table: type, type }));
    expect(check(aGraph(sourceBook()), [book(), ...tables])).toMatchObject({ entities: 1, differences: [] });
  });

  it('takes, of entities with one name, the one with the same table, and of these the nearest', () => {
    const at = (file: string, table: string): Entity => sourceBook({ id: `${file}#Book`, table, source: { ...nowhere, file } });
    const sources = aGraph(
      at('/work/apps/shop/book.ts', 'book'),
      at('/work/apps/library/book.ts', 'book'),
      at('/work/apps/library/old.ts', 'volume'),
    );
    const live = [book({ columns: [id] })];
    expect(check(sources, live, { cwd: '/work/apps/library' }).differences[0]?.source?.file).toBe('/app/entities.ts');
    const differently = [book({ schema: 'x' })];
    expect(check(sources, differently, { cwd: '/work/apps/library' }).differences[0]?.source?.file).toBe('/work/apps/library/book.ts');
    expect(check(sources, differently, { cwd: '/work/apps/shop' }).differences[0]?.source?.file).toBe('/work/apps/shop/book.ts');
    expect(check(sources, [book({ table: 'volume' })]).differences).toEqual([]);
  });

  it.each(['mysql', 'mariadb', 'aurora-mysql'])('knows that %s keeps unique constraints as indices', (driver) => {
    const live = [book({ indices: [{ columns: ['title'], unique: true }] })];
    expect(check(aGraph(sourceBook({ uniques: [['title']] })), live, { driver }).differences).toEqual([]);
    expect(check(aGraph(sourceBook()), live, { driver }).differences).toHaveLength(1);
  });

  it('knows that CockroachDB keeps unique indices as constraints', () => {
    const sources = aGraph(
      sourceBook({
        indices: [
          { columns: ['title'], unique: true },
          { columns: ['id'], unique: false },
        ],
      }),
    );
    const live = [book({ indices: [{ columns: ['id'], unique: false }], uniques: [['title']] })];
    expect(check(sources, live, { driver: 'cockroachdb' }).differences).toEqual([]);
  });

  it("does not take a driver's own type of dates for a difference", () => {
    const sources = aGraph(sourceBook({ columns: [aColumn('at', { kind: 'create-date', type: 'timestamp' })] }));
    const live = [book({ columns: [{ ...title, property: 'at', column: 'at', type: 'datetime', flag: 'isCreateDate' }] })];
    expect(check(sources, live).differences).toEqual([]);
  });

  it('says nothing of what an older probe told', () => {
    const { detailed: _, ...older } = event([book()], 'postgres');
    expect(checkLive(aGraph(sourceBook()), { metadata: older, cwd: '/' })).toBeNull();
  });
});

function check(sources: RelationGraph, entities: readonly MetaEntity[], { driver = 'postgres', cwd = '/app' } = {}): LiveCheck {
  return checkLive(sources, { metadata: event(entities, driver), cwd }) as LiveCheck;
}

function event(entities: readonly MetaEntity[], driver: string): MetadataEvent {
  return { e: 'metadata', source: 1, driver, detailed: true, entities };
}

function messages({ differences }: LiveCheck): string[] {
  return differences.map(({ message }) => message);
}
