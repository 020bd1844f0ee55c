/** What a cursor in a string finds. `|` stands for the cursor. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parseSource } from '../../../../src/core/edits/sourceText';
import { candidatesAt, usageNameAt, usagesOf } from '../../../../src/core/usage/nameAt';
import { memoryProject } from '../typeorm/memoryProject';

const ENTITIES = `import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

export class Address {
  @Column()
  city!: string;

  @ManyToOne(() => Author)
  owner!: Author;
}

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column(() => Address)
  address!: Address;

  @OneToMany(() => Book, (book) => book.author)
  books!: Book[];
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @ManyToOne(() => Author, (author) => author.books)
  author!: Author;
}
`;

const { graph } = (() => {
  const { project } = memoryProject({ 'entities.ts': ENTITIES });
  return { graph: project.graph() };
})();

function at(code: string) {
  const text = `import { Repository } from 'typeorm';\nimport { Author, Book } from './entities';\n\ndeclare const authors: Repository<Author>;\n\n${code}\n`;
  const offset = text.indexOf('|');
  const source = parseSource(ts, '/work/use.ts', text.replace('|', ''), new Set(graph.entities.map(({ name }) => name)));
  return { source, offset };
}

function offered(code: string) {
  const { source, offset } = at(code);
  const found = candidatesAt(source, graph, offset);
  return found && { names: found.candidates.map(({ name }) => name), replaces: source.text.slice(found.start, found.end) };
}

const qb = "authors.createQueryBuilder('author')";

describe('what could be written', () => {
  test.each([
    ['relations of the alias in a join', `${qb}.leftJoin('author.|')`, ['books', 'address'], ''],
    ['what is written is replaced', `${qb}.leftJoin('author.bo|', 'b')`, ['books', 'address'], 'bo'],
    ['the whole name, also behind the cursor', `${qb}.leftJoin('author.bo|oks', 'b')`, ['books', 'address'], 'books'],
    ['within an embedded value', `${qb}.leftJoin('author.address.|', 'b')`, ['owner'], ''],
    ['columns too in SQL', `${qb}.where('author.|')`, ['books', 'address', 'id'], ''],
    ['of a joined alias', `${qb}.leftJoin('author.books', 'book').where('author.id = 1 AND book.|')`, ['author', 'id'], ''],
    ['aliases', `${qb}.leftJoin('author.books', 'book').where('|')`, ['author', 'book'], ''],
    ['in the condition of a join', `${qb}.leftJoin('author.books', 'book', 'book.|')`, ['author', 'id'], ''],
    ['lists of relations', "authors.find({ relations: ['|'] })", ['books', 'address'], ''],
    ['nested ones', "authors.find({ relations: ['books.au|'] })", ['author'], 'au'],
    ['lists of columns', "authors.find({ select: ['|'] })", ['books', 'address', 'id'], ''],
    ['a list of selected columns', `${qb}.select(['author.|'])`, ['books', 'address', 'id'], ''],
  ])('%s', (_what, code, names, replaces) => {
    expect(offered(code)).toEqual({ names, replaces });
  });

  test.each([
    ['a new alias', `${qb}.leftJoin('author.books', '|')`],
    ['a parameter', `${qb}.where('author.id = :|')`],
    ['a value of where', "authors.find({ where: { id: '|' as never } })"],
    ['a list of something else', "authors.find({ cache: ['|'] as never })"],
    ['another string', "console.log('|')"],
    ['outside of strings', `${qb}.|`],
    ['an alias that is not known', `${qb}.where('other.|')`],
  ])('nothing for %s', (_what, code) => {
    expect(offered(code)).toBeNull();
  });
});

describe('what is written', () => {
  const nameAt = (code: string) => {
    const { source, offset } = at(code);
    const name = usageNameAt(source, graph, offset);
    return name && { of: name.entity.name, path: name.path, kind: name.named.kind, text: source.text.slice(name.start, name.end) };
  };

  test('each part of a path is its own name', () => {
    expect(nameAt(`${qb}.leftJoin('author.bo|oks', 'b')`)).toEqual({ of: 'Author', path: 'books', kind: 'relation', text: 'books' });
    expect(nameAt("authors.find({ relations: ['books.auth|or'] })")).toEqual({ of: 'Book', path: 'author', kind: 'relation', text: 'author' });
    expect(nameAt(`${qb}.leftJoin('author.address.own|er', 'o')`)).toEqual({ of: 'Author', path: 'address.owner', kind: 'relation', text: 'owner' });
  });

  test('keys of objects are left to the compiler', () => {
    expect(nameAt('authors.find({ relations: { bo|oks: true } })')).toBeNull();
  });

  test('who names a relation, in strings', () => {
    const { source } = at(`${qb}.leftJoin('author.books', 'books').leftJoin('books.author', 'a').where('author.id = 1');|`);
    const author = graph.entities.find(({ name }) => name === 'Author');
    const places = usagesOf(source, graph, new Set([author?.id ?? '']), 'books').map(({ start, end }) => source.text.slice(start - 8, end));
    expect(places).toEqual(["'author.books"]);
  });
});
