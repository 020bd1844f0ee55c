import { describe, expect, test } from 'vitest';
import { aColumn, aGraph, anEntity, anId, aRelation } from '../../builders/graphBuilder';
import { anAdvice } from '../../builders/findingBuilder';
import { editOf, expectDeclined, expectEdit } from './loadEdits';

describe('query builders (K9)', () => {
  test('the relation is joined with an alias of its own', () => {
    expectEdit(
      "await repo.createQueryBuilder('a').|getMany();\n",
      {},
      "await repo.createQueryBuilder('a').leftJoinAndSelect('a.books', 'books').getMany();\n",
    );
  });

  test('on a line of its own where the chain has one call a line', () => {
    expectEdit(
      "const authors = await repo\n  .createQueryBuilder('author')\n  .where('author.id = :id', { id })\n  .|getMany();\n",
      { load: ['books', 'books.publisher'] },
      "const authors = await repo\n  .createQueryBuilder('author')\n  .where('author.id = :id', { id })\n  .leftJoinAndSelect('author.books', 'books')\n  .leftJoinAndSelect('books.publisher', 'publisher')\n  .getMany();\n",
    );
  });

  test('an alias that is taken gets another name', () => {
    expectEdit(
      "await repo.createQueryBuilder('books').leftJoin('books.tags', 'author').|getMany();\n",
      { of: 'Book', load: ['author'] },
      "await repo.createQueryBuilder('books').leftJoin('books.tags', 'author').leftJoinAndSelect('books.author', 'booksAuthor').getMany();\n",
    );
  });

  test('without an alias TypeORM uses the entity’s name', () => {
    expectEdit(
      'await repo.createQueryBuilder().|getMany();\n',
      {},
      "await repo.createQueryBuilder().leftJoinAndSelect('Author.books', 'books').getMany();\n",
    );
  });

  test('manager.createQueryBuilder and from()', () => {
    expectEdit(
      "await manager.createQueryBuilder(Author, 'a').|getMany();\n",
      {},
      "await manager.createQueryBuilder(Author, 'a').leftJoinAndSelect('a.books', 'books').getMany();\n",
    );
    expectEdit(
      "await ds.createQueryBuilder().select('a').from(Author, 'a').|getMany();\n",
      {},
      "await ds.createQueryBuilder().select('a').from(Author, 'a').leftJoinAndSelect('a.books', 'books').getMany();\n",
    );
  });

  test('a builder in a variable, joined in statements', () => {
    expectEdit(
      "async function list() {\n  const qb = repo.createQueryBuilder('a');\n  if (tag) qb.leftJoinAndSelect('a.books', 'b').orderBy('a.id');\n  return qb.|getMany();\n}\n",
      { load: ['books.publisher'] },
      "async function list() {\n  const qb = repo.createQueryBuilder('a');\n  if (tag) qb.leftJoinAndSelect('a.books', 'b').orderBy('a.id');\n  return qb.leftJoinAndSelect('b.publisher', 'publisher').getMany();\n}\n",
    );
  });

  test('a join that only filters by a to-one relation is selected too', () => {
    expectEdit(
      "await repo.createQueryBuilder('b').innerJoin('b.author', 'a').where('a.name = :n', { n }).|getMany();\n",
      { of: 'Book', load: ['author'] },
      "await repo.createQueryBuilder('b').innerJoinAndSelect('b.author', 'a').where('a.name = :n', { n }).getMany();\n",
    );
  });

  test('a filtered collection is not the whole collection', () => {
    expectDeclined("await repo.createQueryBuilder('a').leftJoin('a.books', 'b').where('b.title = :t', { t }).|getMany();\n", {}, /filters 'a.books'/);
    expectDeclined("await repo.createQueryBuilder('a').leftJoin('a.books', 'b', 'b.id > 3').|getMany();\n", {}, /filters 'a.books'/);
  });

  test('a builder that joins it already is left alone', () => {
    expect(editOf("await repo.createQueryBuilder('a').leftJoinAndSelect('a.books', 'b').|getMany();\n").result).toEqual({ kind: 'mended' });
  });

  test.each([
    ['limit', "await repo.createQueryBuilder('a').limit(3).|getMany();\n", /limit\(\)/],
    ['a lock', "await repo.createQueryBuilder('a').setLock('pessimistic_read').|getMany();\n", /lock/],
    ['groups', "await repo.createQueryBuilder('a').groupBy('a.id').|getMany();\n", /groups/],
    ['a builder made elsewhere', 'await paged(qb).|getMany();\n', /made elsewhere/],
    ['a builder handed in', 'function run(qb) { return qb.|getMany(); }\n', /made elsewhere/],
    ['a computed alias', 'await repo.createQueryBuilder(alias).|getMany();\n', /alias is computed/],
  ])('declined with %s', (_, source, reason) => expectDeclined(source, {}, reason));

  test.each([
    [
      'rows without an order',
      "repo.createQueryBuilder('b').|getMany()",
      "repo.createQueryBuilder('b').leftJoinAndSelect('b.author', 'author').orderBy('b.id').getMany()",
    ],
    [
      'an order with ties',
      "repo.createQueryBuilder('b').orderBy('b.title').|getMany()",
      "repo.createQueryBuilder('b').orderBy('b.title').leftJoinAndSelect('b.author', 'author').addOrderBy('b.id').getMany()",
    ],
    [
      'an order by the key, which is enough',
      "repo.createQueryBuilder('b').orderBy('b.id', 'DESC').|getMany()",
      "repo.createQueryBuilder('b').orderBy('b.id', 'DESC').leftJoinAndSelect('b.author', 'author').getMany()",
    ],
    ['a single row', "repo.createQueryBuilder('b').|getOne()", "repo.createQueryBuilder('b').leftJoinAndSelect('b.author', 'author').getOne()"],
  ])('a to-one join on PostgreSQL: %s', (_, before, after) => {
    const finding = { advice: anAdvice({ relations: ['author'], driver: 'postgres' }) };
    expectEdit(`await ${before};\n`, { of: 'Book', load: ['author'], finding }, `await ${after};\n`);
  });

  test('limit() does not hinder a to-one relation', () => {
    expectEdit(
      "await repo.createQueryBuilder('b').limit(3).|getMany();\n",
      { of: 'Book', load: ['author'] },
      "await repo.createQueryBuilder('b').limit(3).leftJoinAndSelect('b.author', 'author').getMany();\n",
    );
  });

  test('E15: eager relations of the target would be missing', () => {
    const graph = aGraph(
      anEntity('Author', { columns: [anId()], relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author' })] }),
      anEntity('Book', { columns: [anId(), aColumn('authorId')], relations: [aRelation('many-to-one', 'cover', 'Book', { eager: true })] }),
    );
    expectDeclined("await repo.createQueryBuilder('a').|getMany();\n", { graph }, /Book has eager relations/);
  });
});
