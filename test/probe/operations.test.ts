/** Every entry point of TypeORM is one operation, with all of its queries, whatever it calls inside. */
import { describe, expect, it } from 'vitest';
import { bothVersions, eventsOf, runApp } from './app';
import { libraryApp } from './library';

/** Call → the operation it must be, and how many queries it runs (transaction control left out). */
const calls: readonly (readonly [call: string, api: string, queries: number, only?: 'typeorm' | 'typeorm-0.3'])[] = [
  ['authors.find()', 'Repository.find', 1],
  ['authors.findBy({ id: 1 })', 'Repository.findBy', 1],
  ['authors.findAndCount({ take: 1 })', 'Repository.findAndCount', 2],
  ['authors.findAndCountBy({ name: "Ann" })', 'Repository.findAndCountBy', 1],
  ['authors.findOne({ where: { id: 1 } })', 'Repository.findOne', 1],
  ['authors.findOne({ where: { id: 1 }, relations: { books: true } })', 'Repository.findOne', 2],
  ['authors.findOneBy({ id: 1 })', 'Repository.findOneBy', 1],
  ['authors.findOneOrFail({ where: { id: 1 } })', 'Repository.findOneOrFail', 1],
  ['authors.findOneByOrFail({ id: 1 })', 'Repository.findOneByOrFail', 1],
  ['authors.findOneById(1)', 'Repository.findOneById', 1, 'typeorm-0.3'],
  ['authors.findByIds([1, 2])', 'Repository.findByIds', 1, 'typeorm-0.3'],
  ['authors.find({ relations: { books: true }, relationLoadStrategy: "query" })', 'Repository.find', 3],
  ['authors.find({ relations: { books: true }, take: 2 })', 'Repository.find', 2],
  ['authors.count()', 'Repository.count', 1],
  ['authors.countBy({ name: "Ann" })', 'Repository.countBy', 1],
  ['authors.exists({ where: { id: 1 } })', 'Repository.exists', 1],
  ['authors.existsBy({ id: 1 })', 'Repository.existsBy', 1],
  ['authors.sum("id")', 'Repository.sum', 1],
  ['authors.average("id")', 'Repository.average', 1],
  ['authors.minimum("id")', 'Repository.minimum', 1],
  ['authors.maximum("id")', 'Repository.maximum', 1],
  ['authors.query("SELECT 1")', 'Repository.query', 1],
  ['authors.preload({ id: 1, name: "New" })', 'Repository.preload', 1],
  ['authors.save({ name: "Dan" })', 'Repository.save', 1],
  ['authors.save([{ name: "Eve" }, { name: "Fay" }])', 'Repository.save', 2],
  ['authors.insert({ name: "Gil" })', 'Repository.insert', 1],
  ['authors.update({ name: "Gil" }, { name: "Gus" })', 'Repository.update', 1],
  ['authors.upsert({ id: 1, name: "Ann" }, ["id"])', 'Repository.upsert', 1],
  ['authors.delete({ name: "Gus" })', 'Repository.delete', 1],
  ['authors.increment({ name: "none" }, "id", 1)', 'Repository.increment', 1],
  ['authors.decrement({ name: "none" }, "id", 1)', 'Repository.decrement', 1],
  ['ds.manager.find(Author)', 'EntityManager.find', 1],
  ['ds.manager.save(Author, { name: "Hal" })', 'EntityManager.save', 1],
  ['ds.manager.query("SELECT 1")', 'EntityManager.query', 1],
  ['ds.query("SELECT 1")', 'DataSource.query', 1],
  ['ds.sql`SELECT ${1}`', 'DataSource.sql', 1],
  ['authors.createQueryBuilder("a").getMany()', 'SelectQueryBuilder.getMany', 1],
  ['authors.createQueryBuilder("a").leftJoinAndSelect("a.books", "b").getMany()', 'SelectQueryBuilder.getMany', 1],
  ['authors.createQueryBuilder("a").getOne()', 'SelectQueryBuilder.getOne', 1],
  ['authors.createQueryBuilder("a").getOneOrFail()', 'SelectQueryBuilder.getOneOrFail', 1],
  ['authors.createQueryBuilder("a").getCount()', 'SelectQueryBuilder.getCount', 1],
  ['authors.createQueryBuilder("a").getExists()', 'SelectQueryBuilder.getExists', 1],
  ['authors.createQueryBuilder("a").take(1).getManyAndCount()', 'SelectQueryBuilder.getManyAndCount', 2],
  ['authors.createQueryBuilder("a").getRawMany()', 'SelectQueryBuilder.getRawMany', 1],
  ['authors.createQueryBuilder("a").getRawOne()', 'SelectQueryBuilder.getRawOne', 1],
  ['authors.createQueryBuilder("a").getRawAndEntities()', 'SelectQueryBuilder.getRawAndEntities', 1],
  ['authors.createQueryBuilder("a").execute()', 'SelectQueryBuilder.execute', 1],
  ['authors.createQueryBuilder().insert().values({ name: "Ida" }).execute()', 'InsertQueryBuilder.execute', 1],
  ['authors.createQueryBuilder().update().set({ name: "Jan" }).where("id = 99").execute()', 'UpdateQueryBuilder.execute', 1],
  ['authors.createQueryBuilder().delete().where("id = 99").execute()', 'DeleteQueryBuilder.execute', 1],
  ['books.createQueryBuilder().relation("tags").of(11).loadMany()', 'RelationQueryBuilder.loadMany', 1],
  ['books.createQueryBuilder().relation("author").of(11).loadOne()', 'RelationQueryBuilder.loadOne', 1],
  ['books.createQueryBuilder().relation("tags").of(12).add(22)', 'RelationQueryBuilder.add', 1],
  ['books.createQueryBuilder().relation("tags").of(12).remove(22)', 'RelationQueryBuilder.remove', 1],
  ['books.createQueryBuilder().relation("author").of(12).set(2)', 'RelationQueryBuilder.set', 1],
  ['ds.createQueryRunner().query("SELECT 1")', 'QueryRunner.query', 1],
  ['ds.synchronize()', 'DataSource.synchronize', -1],
  ['ds.runMigrations()', 'DataSource.runMigrations', -1],
];

describe.each(bothVersions)('operations on %s', (typeorm) => {
  it('makes one operation of each call, with its entity and its queries', async () => {
    const own = calls.filter(([, , , only]) => only === undefined || only === typeorm);
    const { operations, stderr, status } = await runApp({
      ...libraryApp(own.map(([call], index) => `  await ${call}; // @call${index}`).join('\n')),
      typeorm,
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const seen = own.map(([call, , wanted], index) => {
      const found = operations.filter(({ at }) => at === `call${index}`);
      const queries = found.flatMap((operation) => operation.queries).filter(({ text }) => !/^(BEGIN|COMMIT)/.test(text));
      return [call, found.map(({ api }) => api).join(), wanted < 0 ? Math.sign(-queries.length) : queries.length];
    });
    expect(seen).toEqual(own.map(([call, api, queries]) => [call, api, queries]));
    expect(operations.every(({ ended, error }) => ended && error === null)).toBe(true);
    expect(operations.filter(({ at }) => at?.startsWith('call')).every(({ parent }) => parent === null)).toBe(true);
  });

  it('says which entity, how many rows, and how many entities', async () => {
    const { operations } = await runApp({
      ...libraryApp(`
  await books.find({ relations: { tags: true } }); // @join
  await ds.createQueryBuilder(Author, 'a').getMany(); // @builder
  await ds.manager.save(ds.manager.create(Tag, { label: 'n' })); // @save
  await ds.getRepository('Author').findOneBy({ id: 2 }); // @name
  await ds.getRepository(TagSchema).find(); // @schema
  await ds.query('UPDATE author SET name = name'); // @raw`),
      typeorm,
    });
    const at = (mark: string) => {
      const found = operations.find((operation) => operation.at === mark);
      return [found?.entity, found?.roots, found?.entities, found?.queries.map(({ rows }) => rows)];
    };
    expect(at('join')).toEqual(['Book', 4, 7, [5]]);
    expect(at('builder')).toEqual(['Author', 3, 3, [3]]);
    expect(at('save').slice(0, 1)).toEqual(['Tag']);
    expect(at('name')).toEqual(['Author', 1, 1, [1]]);
    expect(at('schema')).toEqual(['Tag', 3, 3, [3]]);
    expect(at('raw').slice(0, 1)).toEqual([null]);
  });

  it('carries key-like values of results, and no others', async () => {
    const { operations } = await runApp({
      ...libraryApp(`
  await books.find(); // @find
  await ds.query('SELECT id AS bookId, title, 1.5 AS price FROM book'); // @raw`),
      typeorm,
    });
    const valuesAt = (mark: string) => operations.find((operation) => operation.at === mark)?.queries[0]?.values;
    expect(valuesAt('find')).toEqual({ Book_id: [11, 12, 13, 14], Book_authorId: [1, 1, 2, 3] });
    expect(valuesAt('raw')).toEqual({ bookId: [11, 12, 13, 14] });
  });

  it('tells the metadata before the first query, and memoised query runners are counted once', async () => {
    const { events } = await runApp({
      ...libraryApp(`
  for (let i = 0; i < 5; i++) await ds.createQueryRunner().query('SELECT 7');
  await ds.destroy();
  await ds.initialize();
  await ds.query('SELECT 8');`),
      typeorm,
    });
    const metadata = eventsOf(events, 'metadata');
    expect(metadata.map(({ source, driver }) => [source, driver])).toEqual([
      [1, 'better-sqlite3'],
      [1, 'better-sqlite3'],
    ]);
    expect(events.findIndex(({ e }) => e === 'metadata')).toBeLessThan(events.findIndex(({ e }) => e === 'query'));
    const author = metadata[0]?.entities.find(({ name }) => name === 'Author');
    expect(author).toMatchObject({ table: 'author', type: 'regular', parent: null });
    expect(author?.columns).toContainEqual({
      property: 'id',
      column: 'id',
      primary: true,
      generated: true,
      nullable: false,
      type: 'number',
      constructed: true,
      strategy: 'increment',
    });
    expect(metadata[0]?.entities.find(({ name }) => name === 'Book')?.relations).toMatchObject([
      {
        property: 'author',
        kind: 'many-to-one',
        target: 'Author',
        inverse: 'books',
        owner: true,
        lazy: true,
        joinColumns: [{ column: 'authorId', references: 'id' }],
      },
      {
        property: 'tags',
        kind: 'many-to-many',
        joinTable: 'book_tags_tag',
        joinColumns: [{ column: 'bookId', references: 'id' }],
        inverseJoinColumns: [{ column: 'tagId', references: 'id' }],
      },
    ]);
    const sqls = new Map(eventsOf(events, 'sql').map(({ id, text }) => [id, text]));
    const texts = eventsOf(events, 'query').map(({ sql }) => sqls.get(Number(sql)));
    expect(texts.filter((text) => text === 'SELECT 7')).toHaveLength(5);
    expect(texts.filter((text) => text === 'SELECT 8')).toHaveLength(1);
  });

  it('knows trees, active records, streams, migrations and transactions by hand', async () => {
    const { operations, stderr } = await runApp({
      typeorm,
      source: `
const { DataSource, EntitySchema, BaseEntity } = require('TYPEORM');
class Node {}
class User extends BaseEntity {}
const id = { type: Number, primary: true, generated: true };
const NodeSchema = new EntitySchema({ name: 'Node', target: Node, trees: [{ type: 'closure-table' }], columns: { id },
  relations: { parent: { type: 'many-to-one', treeParent: true, target: 'Node' }, children: { type: 'one-to-many', treeChildren: true, target: 'Node', cascade: true } } });
const UserSchema = new EntitySchema({ name: 'User', target: User, columns: { id, name: { type: String } } });
(async () => {
  const ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [NodeSchema, UserSchema] });
  await ds.initialize();
  const nodes = ds.getTreeRepository(Node);
  const root = await nodes.save(nodes.create({}));
  await nodes.save(nodes.create({ parent: root }));
  await nodes.findTrees(); // @trees
  await nodes.findDescendants(root); // @descendants
  User.useDataSource(ds);
  await User.find(); // @static
  await User.create({ name: 'u' }).save(); // @active
  const runner = ds.createQueryRunner();
  await runner.startTransaction(); // @begin
  await runner.manager.find(User); // @inside
  await runner.rollbackTransaction(); // @rollback
})();
`,
    });
    expect(stderr).toBe('');
    const at = Object.fromEntries(operations.map((operation) => [operation.at, `${operation.api} ${operation.entity} ${operation.queries.length}`]));
    expect(at).toMatchObject({
      trees: 'TreeRepository.findTrees Node 2',
      descendants: 'TreeRepository.findDescendants Node 1',
      static: 'Repository.find User 1',
      begin: 'QueryRunner.startTransaction null 1',
      inside: 'EntityManager.find User 1',
      rollback: 'QueryRunner.rollbackTransaction null 1',
    });
    expect(at['active']).toMatch(/^Repository\.save User/);
  });
});
