/** Rules about find options and query builders: fixes, and correct code that only looks wrong. The plain cases are those of the pages (rulePages.ts). */
import { describe, expect, test } from 'vitest';
import { usageRules } from '../../../../src/core/usage/rules/checkUsages';
import { lint, type Files } from '../rules/lint';

const ENTITIES = `import { BaseEntity, Column, Entity, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

export class Address {
  @Column()
  city!: string;

  @ManyToOne(() => Author)
  owner!: Author;
}

@Entity()
export class Author extends BaseEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ name: 'full_name' })
  name!: string;

  @Column(() => Address)
  address!: Address;

  @OneToMany(() => Book, (book) => book.author)
  books!: Book[];
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('simple-json')
  data!: { stars: number };

  @Column()
  title!: string;

  @ManyToOne(() => Author, (author) => author.books)
  author!: Author;
}
`;

const use = (body: string, head = "import { Address, Author, Book } from './entities';\n"): Files => ({
  'entities.ts': ENTITIES,
  'use.ts': `import { DataSource, In, Repository } from 'typeorm';\n${head}\ndeclare const authors: Repository<Author>;\ndeclare const dataSource: DataSource;\n\n${body}\n`,
});
const ids = new Set(usageRules.map(({ id }) => id));
const found = (files: Files, typeormMajor: number | null = 1) => lint(files, { typeormMajor }).problems.filter(({ rule }) => ids.has(rule));
const said = (files: Files) => found(files).map(({ rule, message }) => `${rule}: ${message}`);

describe('names of find options', () => {
  test.each([
    ['relations', 'authors.find({ relations: { boks: true } })', "'boks' is no relation of Author. Is 'books' meant?"],
    [
      'a column among relations',
      'authors.find({ relations: { name: true } })',
      "'name' is a column of Author, and no relation. It has books, address.",
    ],
    ['nested', 'authors.find({ relations: { books: { autor: true } } })', "'autor' is no relation of Book. Is 'author' meant?"],
    [
      'within an embedded value',
      "authors.find({ where: { address: { town: 'Bath' } } })",
      "'address.town' is no column or relation of Author. It has owner, city.",
    ],
    ['order', "authors.find({ order: { nme: 'ASC' } })", "'nme' is no column or relation of Author. Is 'name' meant?"],
    ['where of findBy', "authors.findBy({ nam: 'Jane' })", "'nam' is no column or relation of Author. Is 'name' meant?"],
    ['a list of where', 'authors.find({ where: [{ id: 1 }, { ide: 2 }] })', "'ide' is no column or relation of Author. Is 'id' meant?"],
    ['a manager', 'dataSource.manager.find(Author, { relations: { boks: true } })', "'boks' is no relation of Author. Is 'books' meant?"],
    ['Active Record', 'Author.find({ relations: { boks: true } })', "'boks' is no relation of Author. Is 'books' meant?"],
  ])('%s', (_what, call, message) => {
    expect(said(use(`export const found = ${call};`))).toEqual([`unknown-relation-path: ${message}`]);
  });

  test('the fix writes the nearest name', () => {
    const { files, left } = lint(use('export const found = authors.find({ relations: { boks: true } });')).fix('unknown-relation-path');
    expect(files['use.ts']).toContain('relations: { books: true }');
    expect(left).not.toContain('unknown-relation-path');
  });

  test.each([
    [
      'operators and values',
      "authors.find({ where: { id: In([1, 2]), name: 'x', books: { title: 'Emma' } }, order: { name: { direction: 'ASC', nulls: 'LAST' } } })",
    ],
    ['a column that is JSON', 'dataSource.getRepository(Book).find({ where: { data: { stars: 5 } } })'],
    ['embedded values', "authors.find({ where: { address: { city: 'Bath' } }, relations: { address: { owner: { books: true } } } })"],
    ['select of relations', 'authors.find({ select: { id: true, books: { title: true } }, relations: { books: true } })'],
    ['computed keys and spreads', 'authors.find({ relations: { ...rest, [key]: true } })'],
    ['options from elsewhere', 'authors.find(options)'],
    ['an array', '[{ boks: 1 }].find((each) => each.boks === 1)'],
    ['a map of authors', 'new Map<string, Author>().entries().find(({ boks }) => boks)'],
  ])('silent: %s', (_what, call) => {
    expect(said(use(`declare const rest: object, key: string, options: object;\nexport const found = ${call};`))).toEqual([]);
  });

  test('silent: paths into the documents of MongoDB', () => {
    const account =
      "import { Column, Entity, ObjectIdColumn } from 'typeorm';\n\n@Entity()\nexport class Account {\n  @ObjectIdColumn()\n  id!: string;\n\n  @Column()\n  google!: object;\n}\n";
    const find =
      "export const found = dataSource.getMongoRepository(Account).findOne({ where: { 'google._id': '1', $or: [] }, relations: { boks: true } } as never);";
    const files: Files = { 'account.ts': account, 'use.ts': use(find, "import { Account } from './account';\n")['use.ts'] ?? '' };
    expect(said(files)).toEqual(["unknown-relation-path: 'boks' is no relation of Account. It has none."]);
  });

  test('silent: another class of that name', () => {
    expect(said(use("export const found = Author.find({ pseudonym: 'Bell' });", "import { Author } from './mongoose/models';\n"))).toEqual([]);
  });

  test('silent: an entity of which a base class could not be read', () => {
    const files: Files = {
      'entities.ts':
        "import { Entity, PrimaryGeneratedColumn } from 'typeorm';\nimport { Base } from './missing';\n\n@Entity()\nexport class Author extends Base {\n  @PrimaryGeneratedColumn()\n  id!: number;\n}\n",
      'use.ts': use('export const found = authors.find({ relations: { books: true } });', "import { Author } from './entities';\n")['use.ts'] ?? '',
    };
    expect(said(files)).toEqual([]);
  });
});

describe('names in a query builder', () => {
  const builder = "authors.createQueryBuilder('author')";

  test.each([
    ['a join', `${builder}.leftJoinAndSelect('author.boks', 'book').getMany()`, "'boks' is no relation of Author. Is 'books' meant?"],
    [
      'an alias',
      `${builder}.leftJoin('autor.books', 'book').getMany()`,
      "There is no alias 'autor' in this query; it has author. Is 'author' meant?",
    ],
    ['SQL', `${builder}.where('author.nam = :name', { name: 'x' }).getMany()`, "'nam' is no column or relation of Author. Is 'name' meant?"],
    [
      'SQL on a joined alias',
      `${builder}.leftJoin('author.books', 'b').orderBy('b.titel').getMany()`,
      "'titel' is no column or relation of Book. Is 'title' meant?",
    ],
    [
      'the condition of a join',
      `${builder}.leftJoin('author.books', 'b', 'b.titel = :t').getMany()`,
      "'titel' is no column or relation of Book. Is 'title' meant?",
    ],
    [
      'an alias without argument',
      'authors.createQueryBuilder().where("Author.nam = 1").getMany()',
      "'nam' is no column or relation of Author. Is 'name' meant?",
    ],
    ['a list of columns', `${builder}.select(['author.id', 'author.nam']).getMany()`, "'nam' is no column or relation of Author. Is 'name' meant?"],
    [
      'from a DataSource',
      "dataSource.createQueryBuilder(Author, 'a').orderBy('a.nam').getMany()",
      "'nam' is no column or relation of Author. Is 'name' meant?",
    ],
    [
      'select … from',
      "dataSource.createQueryBuilder().select('a').from(Author, 'a').where('a.nam = 1').getMany()",
      "'nam' is no column or relation of Author. Is 'name' meant?",
    ],
  ])('%s', (_what, call, message) => {
    expect(said(use(`export const found = ${call};`))).toEqual([`qb-unknown-path: ${message}`]);
  });

  test('statements on the variable that holds it, in branches too', () => {
    const body = `export function list(all: boolean) {
  const qb = authors.createQueryBuilder('author');
  if (all) qb.leftJoin('author.books', 'book');
  qb.andWhere('book.titel = 1');
  return qb.getMany();
}`;
    expect(said(use(body))).toEqual(["qb-unknown-path: 'titel' is no column or relation of Book. Is 'title' meant?"]);
  });

  test.each([
    ['columns by their names in the database', `${builder}.where('author.full_name = 1').orderBy('author.name').getMany()`],
    ['a column that only the table has', `${builder}.where("author.search_vector @@ plainto_tsquery(:search)").getMany()`],
    [
      'a foreign key by its relation and its column',
      "dataSource.getRepository(Book).createQueryBuilder('b').where('b.author = 1').andWhere('b.authorId = 1').getMany()",
    ],
    ['embedded values', `${builder}.leftJoin('author.address.owner', 'o').where("author.address.city = 'Bath'").getMany()`],
    ['quoted text and parameters', `${builder}.where("author.name = 'author.nam'").andWhere('author.id = :author.nam').getMany()`],
    ['aliases that are not known', `${builder}.addSelect('other.thing').getMany()`],
    ['a subquery', `${builder}.where('author.id IN (SELECT author.made FROM things author)').getMany()`],
    ['a joined entity', `${builder}.leftJoin(Book, 'b', 'b.authorId = author.id').where('b.title = 1').getMany()`],
    ['a template', `${builder}.where(\`author.\${key} = 1\`).getMany()`],
  ])('silent: %s', (_what, call) => {
    expect(said(use(`declare const key: string;\nexport const found = ${call};`))).toEqual([]);
  });

  test('silent: a builder that others add to', () => {
    const body = `export function list(add: (qb: unknown) => void) {
  const qb = authors.createQueryBuilder('author');
  add(qb);
  return qb.leftJoin('review.book', 'book').getMany();
}`;
    expect(said(use(body))).toEqual([]);
  });
});

describe('how the calls go together', () => {
  const builder = "authors.createQueryBuilder('author')";

  test.each([
    ['limit over a to-one', "dataSource.getRepository(Book).createQueryBuilder('b').leftJoinAndSelect('b.author', 'a').limit(2).getMany()"],
    ['limit over raw rows', `${builder}.leftJoin('author.books', 'b').select('b.id').limit(2).getRawMany()`],
    ['take over a collection', `${builder}.leftJoinAndSelect('author.books', 'b').take(2).getMany()`],
    ['one where and more', `${builder}.where('author.id > 1').andWhere('author.id < 9').getMany()`],
    ['a page with an order', `${builder}.orderBy('author.id').skip(5).take(5).getMany()`],
    ['take alone', `${builder}.take(5).getMany()`],
  ])('silent: %s', (_what, call) => {
    expect(said(use(`export const found = ${call};`))).toEqual([]);
  });

  test('silent: two wheres in two branches', () => {
    const body = `export function list(all: boolean) {
  const qb = authors.createQueryBuilder('author');
  if (all) qb.where('author.id > 1');
  else qb.where('author.id < 1');
  return qb.getMany();
}`;
    expect(said(use(body))).toEqual([]);
  });

  test.each([
    ['limit-with-join', `${builder}.leftJoinAndSelect('author.books', 'b').limit(2).offset(4).orderBy('author.id').getMany()`, '.take(2)'],
    ['where-overwrites', `${builder}.where('author.id > 1').where('author.id < 9').getMany()`, ".andWhere('author.id < 9')"],
    ['page-without-order', `${builder}.skip(5).take(5).getMany()`, ".orderBy('author.id').skip(5)"],
  ])('the fix of %s', (rule, call, has) => {
    expect(lint(use(`export const found = ${call};`)).fix(rule).files['use.ts']).toContain(has);
  });
});

describe('lists of strings', () => {
  const call = "export const found = authors.find({ relations: ['books', 'books.author'], select: ['id'] });";

  test('are refused since 1.0, and become objects', () => {
    expect(said(use(call)).map((text) => text.split(':')[0])).toEqual(['v1-string-relations', 'v1-string-relations']);
    const { files } = lint(use(call)).fix('v1-string-relations');
    expect(files['use.ts']).toContain('relations: { books: { author: true } }, select:');
  });

  test('silent with 0.3, and where the version is not known; a misspelt one is found', () => {
    expect(found(use(call), 0)).toEqual([]);
    expect(found(use(call), null)).toEqual([]);
    expect(found(use(call.replace('books.author', 'books.autor')), 0).map(({ message }) => message)).toEqual([
      "'autor' is no relation of Book. Is 'author' meant?",
    ]);
  });
});

describe('transactions', () => {
  const service = (body: string): Files =>
    use(`export class Shop {
  constructor(private readonly dataSource: DataSource, private readonly books: Repository<Book>) {}

  sell(book: Book) {
    return this.dataSource.transaction(async (manager) => {
${body.replace(/^/gm, '      ')}
    });
  }
}`);

  test.each([
    ['a write, which stays', 'await this.books.save(book);', 'error', 'what it writes stays when the transaction is rolled back'],
    ['a read, which sees too little', 'await this.books.find();', 'warning', 'it does not see what the transaction has written'],
    ['a query of any kind', "await this.books.query('SELECT 1');", 'error', 'on another connection. Use'],
  ])('%s', (_what, body, severity, message) => {
    expect(lint(service(body)).of('transaction-escapes')).toMatchObject([{ severity, message: expect.stringContaining(message) }]);
  });

  test('the fix asks the manager', () => {
    const { files, left } = lint(service('await this.books.save(book);')).fix('transaction-escapes');
    expect(files['use.ts']).toContain('await manager.getRepository(Book).save(book);');
    expect(left).not.toContain('transaction-escapes');
  });

  test.each([
    ['the manager', 'await manager.save(book);'],
    ['its repository', 'const books = manager.getRepository(Book);\nawait books.save(book);'],
    ['withRepository', 'await manager.withRepository(this.books).save(book);'],
    ['a service that is handed the manager', 'await this.books.save(book, manager as never);'],
  ])('silent: %s', (_what, body) => {
    expect(said(service(body))).toEqual([]);
  });

  test('silent: before and behind it', () => {
    const body = `export class Shop {
  constructor(private readonly dataSource: DataSource, private readonly books: Repository<Book>) {}

  async sell(id: number) {
    const book = await this.books.findOneByOrFail({ id });
    await this.dataSource.transaction(async (manager) => void (await manager.remove(book)));
    return this.books.count();
  }
}`;
    expect(said(use(body))).toEqual([]);
  });
});

describe('nullish-where', () => {
  const only = (body: string, typeormMajor: number | null = 0) => lint(use(body), { typeormMajor }).of('nullish-where');

  test('0.3 leaves the condition out: any row answers', () => {
    expect(only('authors.findOneBy({ name: null });')).toMatchObject([
      {
        severity: 'error',
        message: 'TypeORM 0.3 leaves this condition out: rows answer whatever their name is. IsNull() asks for rows without one.',
      },
    ]);
  });

  test.each([
    ['within a relation', 'authors.find({ where: { books: { title: null } } });'],
    ['within an embedded value', 'authors.find({ where: { address: { city: undefined } } });'],
    ['one of several', 'authors.find({ where: [{ id: 1 }, { name: null as never }] });'],
    ['a quoted name', "authors.find({ where: { 'name': null } });"],
  ])('%s', (_what, body) => {
    expect(only(body)).toHaveLength(1);
  });

  test('since 1.0 it throws, which is found soon enough', () => {
    expect(only('authors.findOneBy({ name: undefined });', 1)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/^TypeORM throws here since 1\.0, .* Leave the key out, or give a value\.$/) },
    ]);
  });

  test('the fix asks for NULL, and imports what it needs', () => {
    const mended = lint(use('authors.findOneBy({ name: null });')).fix('nullish-where');
    expect(mended.files['use.ts']).toContain('authors.findOneBy({ name: IsNull() });');
    expect(mended.files['use.ts']).toMatch(/import \{.*\bIsNull\b.*\} from 'typeorm';/);
    expect(mended.left).not.toContain('nullish-where');
  });

  test.each([
    ['IsNull()', 'authors.find({ where: { name: IsNull() } });'],
    ['an order', 'authors.find({ order: { name: undefined } });'],
    ['a value of JSON that is not the column itself', 'export const nothing = { name: null };'],
    ['a variable', 'export const by = (name: string | null) => authors.findOneBy({ name: name as never });'],
    ['what is saved', 'authors.save({ name: null as never });'],
  ])('silent: %s', (_what, body) => {
    expect(only(body)).toEqual([]);
  });
});

describe('parameter-reuse', () => {
  const query = (rest: string): string => `export const q = (from: number, to: number) => authors.createQueryBuilder('author')${rest};`;
  const only = (body: string) => lint(use(body)).of('parameter-reuse');

  test('says which value both get, and where the other stands', () => {
    expect(only(query(".where('author.id > :id', { id: from }).andWhere('author.id < :id', { id: to }).getMany()"))).toMatchObject([
      {
        severity: 'error',
        message: ":id has the value from already, and a statement's parameters have one value: both conditions get to. Name one of them otherwise.",
        related: [{ message: ':id is from here' }],
      },
    ]);
  });

  test('a join has parameters as well', () => {
    const joined = ".leftJoin('author.books', 'book', 'book.id > :id', { id: from }).where('author.id = :id', { id: to }).getMany()";
    expect(only(query(joined))).toHaveLength(1);
  });

  test('statements on one variable', () => {
    const body = "const q = authors.createQueryBuilder('author');\nq.where('author.id > :id', { id: 1 });\nq.andWhere('author.id < :id', { id: 9 });";
    expect(only(body)).toHaveLength(1);
  });

  test('the fix names the second otherwise, in its condition too', () => {
    const mended = lint(use(query(".where('author.id > :from', { from }).andWhere('author.id < :from', { from: to }).getMany()"))).fix(
      'parameter-reuse',
    );
    expect(mended.files['use.ts']).toContain(".andWhere('author.id < :from2', { from2: to })");
    expect(mended.left).not.toContain('parameter-reuse');
  });

  test.each([
    ['the same value', ".where('author.id > :id', { id: from }).andWhere('author.id <> :id', { id: from }).getMany()"],
    ['two names', ".where('author.id > :from', { from }).andWhere('author.id < :to', { to }).getMany()"],
    ['a condition that is replaced', ".where('author.id > :id', { id: from }).where('author.id < :id', { id: to }).getMany()"],
    ['a clone', ".where('author.id > :id', { id: from }).clone().andWhere('author.id < :id', { id: to }).getMany()"],
  ])('silent: %s', (_what, rest) => {
    expect(only(query(rest))).toEqual([]);
  });

  test('silent: two branches', () => {
    const body =
      "export function q(low: boolean) {\n  const q = authors.createQueryBuilder('author');\n  if (low) q.where('author.id < :id', { id: 1 });\n  else q.andWhere('author.id > :id', { id: 9 });\n  return q.getMany();\n}";
    expect(only(body)).toEqual([]);
  });
});
