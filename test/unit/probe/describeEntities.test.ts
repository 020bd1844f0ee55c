import { describe, expect, it } from 'vitest';
import { describeEntities } from '../../../src/probe/describeEntities';
import type { ColumnMetadataLike, EntityMetadataLike } from '../../../src/probe/typeormShapes';

const aColumn = (name: string, overrides: Partial<ColumnMetadataLike> = {}): ColumnMetadataLike => ({
  propertyPath: name,
  databaseName: name,
  isPrimary: false,
  isGenerated: false,
  isNullable: false,
  type: 'varchar',
  length: '',
  getEntityValue: () => undefined,
  ...overrides,
});
const anEntity = (name: string, overrides: Partial<EntityMetadataLike> = {}): EntityMetadataLike => ({
  name,
  tableName: name.toLowerCase(),
  tableType: 'regular',
  target: name,
  columns: [aColumn('title')],
  relations: [],
  primaryColumns: [],
  indices: [],
  uniques: [],
  ...overrides,
});

describe('what the probe tells of entities', () => {
  it("leaves out what is TypeORM's default", () => {
    expect(describeEntities([anEntity('Book')])).toEqual([
      {
        name: 'Book',
        table: 'book',
        schema: null,
        type: 'regular',
        parent: null,
        columns: [{ property: 'title', column: 'title', primary: false, generated: false, nullable: false, type: 'varchar' }],
        relations: [],
      },
    ]);
  });

  it('tells the details that are there', () => {
    const id = aColumn('id', { isPrimary: true, isGenerated: true, generationStrategy: 'increment', type: Number });
    const made = Object.assign(aColumn('made', { isArray: true, length: '10' }), { isCreateDate: true });
    const [book] = describeEntities([
      anEntity('Book', {
        columns: [id, made],
        indices: [{ columns: [made], isUnique: true }],
        uniques: [{ columns: [id] }],
        treeType: 'closure-table',
      }),
    ]);
    expect(book).toMatchObject({
      tree: 'closure-table',
      indices: [{ columns: ['made'], unique: true }],
      uniques: [['id']],
      columns: [
        { strategy: 'increment', constructed: true, type: 'number' },
        { flag: 'isCreateDate', array: true, length: '10' },
      ],
    });
  });

  it('names the nearest base class that is an entity, of a child alone', () => {
    class Content {}
    class Media extends Content {}
    class Photo extends Media {}
    const child = (name: string, target: unknown) => anEntity(name, { target, tableType: 'entity-child' });
    const described = describeEntities([anEntity('Content', { target: Content }), child('Media', Media), child('Photo', Photo)]);
    expect(described.map(({ base }) => base)).toEqual([undefined, 'Content', 'Media']);
  });

  it('stays a message of a few megabytes for a thousand entities', () => {
    const columns = Array.from({ length: 20 }, (_, index) => aColumn(`column${index}`));
    const entities = Array.from({ length: 1_000 }, (_, index) => anEntity(`Entity${index}`, { columns }));
    expect(JSON.stringify(describeEntities(entities)).length).toBeLessThan(4_000_000);
  });
});
