import { describe, expect, test } from 'vitest';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, expectDeclined, expectEdit } from './loadEdits';

describe('find options', () => {
  test('K3: find() without options gets them', () => {
    expectEdit('const authors = await repo.|find();\n', {}, 'const authors = await repo.find({ relations: { books: true } });\n');
  });

  test('the query strategy is written where the advice says so', () => {
    expectEdit('await repo.|find();\n', { strategy: 'query' }, "await repo.find({ relations: { books: true }, relationLoadStrategy: 'query' });\n");
  });

  describe('a to-one join on PostgreSQL, which may hash the rows and so turn them around', () => {
    const onPostgres = { of: 'Book', load: ['author'], finding: { advice: anAdvice({ relations: ['author'], driver: 'postgres' }) } };

    test.each([
      ['rows without an order get that of their key', 'repo.|find()', "repo.find({ relations: { author: true }, order: { id: 'ASC' } })"],
      [
        'an order with ties gets the key behind it',
        "repo.|find({ order: { title: 'ASC' } })",
        "repo.find({ order: { title: 'ASC', id: 'ASC' }, relations: { author: true } })",
      ],
      ['an order by the key is enough', "repo.|find({ order: { id: 'DESC' } })", "repo.find({ order: { id: 'DESC' }, relations: { author: true } })"],
      ['a single row has none', 'repo.|findOne({ where: { id } })', 'repo.findOne({ where: { id }, relations: { author: true } })'],
    ])('%s', (_, before, after) => expectEdit(`await ${before};\n`, onPostgres, `await ${after};\n`));

    test.each([
      [
        "{ order: { title: 'ASC' } }",
        '{ ...base, take: 5 }',
        "{\n  ...base,\n  take: 5,\n  relations: { author: true },\n  order: { ...base.order, id: 'ASC' },\n}",
      ],
      ["{ order: { id: 'DESC' } }", '{ ...base, take: 5 }', '{ ...base, take: 5, relations: { author: true } }'],
      ['{ take: 5 }', '{ ...base }', "{ ...base, relations: { author: true }, order: { id: 'ASC' } }"],
      [
        "{ order: { title: 'ASC' } }",
        "{ ...base, order: { title: 'DESC' } }",
        "{ ...base, order: { title: 'DESC', id: 'ASC' }, relations: { author: true } }",
      ],
    ])('an order that the options spread from %s stays', (base, before, after) =>
      expectEdit(`const base = ${base};\nawait repo.|find(${before});\n`, onPostgres, `const base = ${base};\nawait repo.find(${after});\n`),
    );

    test.each([
      ['a function’s answer', '...page(1), relations: { publisher: true }'],
      ['a constant behind an order of their own', "order: { id: 'ASC' }, ...base"],
    ])('no order is written where they spread %s, which may hold one', (_, options) =>
      expectDeclined(
        `const base = { order: { title: 'ASC' } };\nawait repo.|find({ ${options} });\n`,
        onPostgres,
        /spread in the options may hold an order/,
      ),
    );

    test('SQLite keeps the order of the rows by itself', () => {
      const finding = { advice: anAdvice({ relations: ['author'], driver: 'better-sqlite3' }) };
      expectEdit('await repo.|find();\n', { ...onPostgres, finding }, 'await repo.find({ relations: { author: true } });\n');
    });
  });

  test('the file’s quotes are kept', () => {
    expectEdit(
      'import { repo } from "./repo";\nawait repo.|find();\n',
      { strategy: 'query' },
      'import { repo } from "./repo";\nawait repo.find({ relations: { books: true }, relationLoadStrategy: "query" });\n',
    );
  });

  test('K4: options that exist are kept, relations come behind them', () => {
    expectEdit(
      'await repo.|find({ where: { name: "A" }, take: 10 });\n',
      {},
      'await repo.find({ where: { name: "A" }, take: 10, relations: { books: true } });\n',
    );
  });

  test('K4: options over several lines keep indentation and trailing comma', () => {
    expectEdit(
      'await repo.|find({\n\twhere: { name: "A" }, // only A\n\ttake: 10,\n});\n',
      { strategy: 'query' },
      'await repo.find({\n\twhere: { name: "A" }, // only A\n\ttake: 10,\n\trelations: { books: true },\n\trelationLoadStrategy: "query",\n});\n',
    );
  });

  test('a file without trailing commas stays without, and comments stay with their property', () => {
    expectEdit(
      "await repo.|find({\n    where: { name: 'A' },\n    take: 10 // a page\n})\n",
      {},
      "await repo.find({\n    where: { name: 'A' },\n    take: 10, // a page\n    relations: { books: true }\n})\n",
    );
  });

  test('D1: nested relations become one nested object', () => {
    expectEdit(
      'await repo.|find();\n',
      { load: ['books', 'books.publisher', 'books.tags'] },
      'await repo.find({ relations: { books: { publisher: true, tags: true } } });\n',
    );
  });

  test('K4: nested relations are merged into what is there, sorted', () => {
    expectEdit(
      'await repo.|find({ relations: { awards: true, books: true } });\n',
      { load: ['address.city', 'books.publisher'] },
      'await repo.find({\n  relations: { address: { city: true }, awards: true, books: { publisher: true } },\n});\n',
    );
  });

  test('E8: a relation inside an embedded value is nested under it', () => {
    expectEdit('await repo.|find();\n', { load: ['address.city'] }, 'await repo.find({ relations: { address: { city: true } } });\n');
  });

  test('keys that were not sorted are left as they were', () => {
    expectEdit(
      'await repo.|find({ relations: { books: true, address: { city: true } } });\n',
      { load: ['awards'] },
      'await repo.find({ relations: { books: true, address: { city: true }, awards: true } });\n',
    );
  });

  test('relations over several lines get a line more', () => {
    expectEdit(
      'await repo.|find({\n  relations: {\n    books: true,\n  },\n});\n',
      { load: ['awards'] },
      'await repo.find({\n  relations: {\n    awards: true,\n    books: true,\n  },\n});\n',
    );
  });

  test('K4: the string arrays of 0.3 keep their style', () => {
    expectEdit(
      "await repo.|find({ relations: ['books'] });\n",
      { load: ['books.publisher', 'awards'] },
      "await repo.find({ relations: ['books', 'awards', 'books.publisher'] });\n",
    );
  });

  test('a relation that was switched off is switched on', () => {
    expectEdit('await repo.|find({ relations: { books: false } });\n', {}, 'await repo.find({ relations: { books: true } });\n');
  });

  test('a join strategy that is written is changed', () => {
    expectEdit(
      "await repo.|find({ relationLoadStrategy: 'join', relations: { awards: true } });\n",
      { strategy: 'query' },
      "await repo.find({ relationLoadStrategy: 'query', relations: { awards: true, books: true } });\n",
    );
  });

  test('A8: a query that loads the relation already is left alone', () => {
    expect(editOf('await repo.|find({ relations: { books: { publisher: true } } });\n').result).toEqual({ kind: 'mended' });
    expect(editOf("await repo.|find({ relations: ['books.publisher'] });\n").result).toEqual({ kind: 'mended' });
  });

  test('findOne and findAndCount take relations too', () => {
    expectEdit('await repo.|findOne({ where: { id } });\n', {}, 'await repo.findOne({ where: { id }, relations: { books: true } });\n');
    expectEdit('await repo.|findAndCount({ take: 5 });\n', {}, 'await repo.findAndCount({ take: 5, relations: { books: true } });\n');
  });

  test('long options are broken into lines', () => {
    expectEdit(
      'async function list() {\n  const everyAuthorOfTheWholeBookshopWithAVeryLongName = await authorRepository.|find();\n}\n',
      { strategy: 'query' },
      "async function list() {\n  const everyAuthorOfTheWholeBookshopWithAVeryLongName = await authorRepository.find({\n    relations: { books: true },\n    relationLoadStrategy: 'query',\n  });\n}\n",
    );
  });
});

describe('who is asked', () => {
  test('EntityManager: options stand behind the entity', () => {
    expectEdit(
      'await dataSource.manager.|find(Author);\n',
      { api: 'EntityManager.find' },
      'await dataSource.manager.find(Author, { relations: { books: true } });\n',
    );
    expectEdit(
      'await em.|find(Author, { take: 3 });\n',
      { api: 'EntityManager.find' },
      'await em.find(Author, { take: 3, relations: { books: true } });\n',
    );
    expectEdit(
      "await manager.|findOneBy('Author', { id });\n",
      { api: 'EntityManager.findOneBy' },
      "await manager.findOne('Author', { where: { id }, relations: { books: true } });\n",
    );
  });

  test('Active Record', () => {
    expectEdit('await Author.|find();\n', { api: 'BaseEntity.find' }, 'await Author.find({ relations: { books: true } });\n');
  });

  test('a service with an injected repository', () => {
    expectEdit(
      'class Authors {\n  constructor(@InjectRepository(Author) private readonly repo: Repository<Author>) {}\n  list() {\n    return this.repo.|find();\n  }\n}\n',
      { function: 'Authors.list' },
      'class Authors {\n  constructor(@InjectRepository(Author) private readonly repo: Repository<Author>) {}\n  list() {\n    return this.repo.find({ relations: { books: true } });\n  }\n}\n',
    );
  });
});

describe('findBy and its kin (K6)', () => {
  test('the conditions move into where', () => {
    expectEdit('await repo.|findBy({ name: "A" });\n', {}, 'await repo.find({ where: { name: "A" }, relations: { books: true } });\n');
    expectEdit('await repo.|findOneBy({ id });\n', {}, 'await repo.findOne({ where: { id }, relations: { books: true } });\n');
    expectEdit('await repo.|findOneByOrFail({ id });\n', {}, 'await repo.findOneOrFail({ where: { id }, relations: { books: true } });\n');
    expectEdit('await repo.|findBy(where);\n', {}, 'await repo.find({ where, relations: { books: true } });\n');
    expectEdit(
      'await repo.|findBy([{ id: 1 }, { id: 2 }]);\n',
      {},
      'await repo.find({ where: [{ id: 1 }, { id: 2 }], relations: { books: true } });\n',
    );
  });

  test('conditions over several lines are indented', () => {
    expectEdit(
      'await repo.|findBy({\n  name: "A",\n  bio: IsNull(),\n});\n',
      {},
      'await repo.find({\n  where: {\n    name: "A",\n    bio: IsNull(),\n  },\n  relations: { books: true },\n});\n',
    );
  });
});

describe('options in a variable (K8)', () => {
  test('are edited where they are written', () => {
    expectEdit(
      "async function list() {\n  const options: FindManyOptions<Author> = { where: { name: 'A' } };\n  options.take = 3;\n  return repo.|find(options);\n}\n",
      {},
      "async function list() {\n  const options: FindManyOptions<Author> = { where: { name: 'A' }, relations: { books: true } };\n  options.take = 3;\n  return repo.find(options);\n}\n",
    );
  });

  test.each([
    ['the caller', 'function list(options) {\n  return repo.|find(options);\n}\n', /come from the caller/],
    [
      'outside, with relations of their own',
      'export const options = { relations: { tags: true } };\nfunction list() {\n  return repo.|find(options);\n}\n',
      /outside of this function/,
    ],
    [
      'outside, where they change',
      'const options = {};\noptions.take = 3;\nconst list = () => repo.|find(options);\nrepo2.find(options);\n',
      /outside/,
    ],
    ['outside, in a variable', 'export let options = {};\nconst list = () => repo.|find(options);\n', /outside of this function/],
    [
      'a field that others see',
      'class A {\n  options = {};\n  list() {\n    return repo.|find(this.options);\n  }\n}\n',
      /field that other queries may share/,
    ],
    ['two queries', 'function list() {\n  const options = {};\n  repo.count(options);\n  return repo.|find(options);\n}\n', /more than one place/],
    ['a function', 'repo.|find(paged(3));\n', /built by paged\(\)/],
    ['a spread', 'repo.|find({ ...paged, take: 3 });\n', /spread/],
    ['a variable for relations', 'repo.|find({ relations: RELATIONS });\n', /come from a variable/],
    ['a write afterwards', 'function list() {\n  const options = {};\n  options.relations = x;\n  return repo.|find(options);\n}\n', /set after/],
  ])('declined when they come from %s', (_, source, reason) => expectDeclined(source, {}, reason));

  test.each([
    ['exported', 'export const options = {};\nfunction list() {\n  return repo.|find(options);\n}\n'],
    ['shared', 'const options = {};\nconst list = () => repo.|find(options);\nrepo2.find(options);\n'],
  ])('a constant that is %s stays as it is, and the query says more', (_, source) => {
    expectEdit(source, {}, source.replace('|find(options)', 'find({ ...options, relations: { books: true } })'));
  });
});

describe('what would change the result is declined or done otherwise', () => {
  test('B8: where on the collection: the query strategy loads all of it, as before', () => {
    expectEdit(
      "await repo.|find({ where: { books: { title: 'X' } } });\n",
      {},
      "await repo.find({\n  where: { books: { title: 'X' } },\n  relations: { books: true },\n  relationLoadStrategy: 'query',\n});\n",
    );
  });

  test('a to-one relation in where joins as ever', () => {
    expectEdit(
      "await repo.|find({ where: { author: { name: 'X' } } });\n",
      { of: 'Book', load: ['author'] },
      "await repo.find({ where: { author: { name: 'X' } }, relations: { author: true } });\n",
    );
  });

  test('E11: soft-deleted rows stay out', () => {
    expectDeclined('await repo.|find({ withDeleted: true });\n', { of: 'Book', load: ['tags'] }, /withDeleted/);
    expectEdit(
      'await repo.|find({ withDeleted: true });\n',
      { of: 'Book', load: ['publisher'] },
      'await repo.find({ withDeleted: true, relations: { publisher: true } });\n',
    );
  });

  test('locks', () => expectDeclined("await repo.|find({ lock: { mode: 'pessimistic_write' } });\n", {}, /lock/));

  test('K7: a select keeps what it selects; the relation is loaded whole', () => {
    expectEdit(
      'await repo.|find({ select: { id: true, name: true } });\n',
      { strategy: 'query' },
      "await repo.find({\n  select: { id: true, name: true },\n  relations: { books: true },\n  relationLoadStrategy: 'query',\n});\n",
    );
    expectDeclined('await repo.|find({ select: { name: true } });\n', { strategy: 'query' }, /primary key/);
    expectDeclined('await repo.|find({ select: { id: true, books: { title: true } } });\n', {}, /narrows Author.books/);
  });

  test('E6: a relation of a subclass cannot be loaded through the base', () => {
    expectDeclined('await repo.|find();\n', { of: 'Author', load: ['nothing'] }, /no relation 'nothing'/);
    expectDeclined('await repo.|find();\n', { of: 'Ghost' }, /not among the entities/);
  });

  test('methods without relations', () => expectDeclined('await repo.|findByIds([1]);\n', {}, /takes no relations/));
});
