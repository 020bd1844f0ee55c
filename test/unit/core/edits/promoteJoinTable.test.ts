/** A join table becomes an entity; the database that comes of it is compared with the one before in test/differential/promotedJoinTable.test.ts. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { promoteJoinTable } from '../../../../src/core/edits/promoteJoinTable';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import { memoryProject } from '../typeorm/memoryProject';
import type { Files } from '../rules/lint';

const author = `import { Column, Entity, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book.entity';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  name!: string;

  @ManyToMany(() => Book, (book) => book.authors)
  books!: Book[];
}
`;
const book = `import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './author.entity';

@Entity()
export class Book {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @ManyToMany(() => Author, (author) => author.books, { cascade: ['insert'] })
  @JoinTable({ name: 'authorship' })
  authors!: Author[];
}
`;
const files: Files = { 'author.entity.ts': author, 'book.entity.ts': book };

function promote(sources: Files, [entity, property]: readonly [string, string] = ['Book', 'authors']) {
  const { graph } = { graph: memoryProject(sources).project.graph() };
  const found = graph.entities.find(({ name }) => name === entity);
  const relation = found?.relations.find((each) => each.property === property);
  if (!found || !relation) throw new Error(`no ${entity}.${property}`);
  const readFile = (file: string): string | undefined => sources[file.replace('/work/', '')];
  return promoteJoinTable(
    { typescript: ts, graph, readFile, typeormMajor: 1 },
    found,
    relation,
    Object.keys(sources).map((name) => `/work/${name}`),
  );
}

function after(sources: Files, from?: readonly [string, string]): Files {
  const result = promote(sources, from);
  if (result.kind === 'declined') throw new Error(result.reason);
  const changed = Object.fromEntries(Object.entries(sources).map(([name, text]) => [name, applyEdits(ts, `/work/${name}`, text, result.edits)]));
  return { ...changed, [result.created.file.replace('/work/', '')]: result.created.text };
}

describe('promoting a join table', () => {
  test('in ECMAScript modules, and where types of relations are written so, the types are Relation<…>', () => {
    const plain = after(files)['book-author.entity.ts'] ?? '';
    expect(plain).toContain('  book!: Book;');
    expect(plain).toContain('  author!: Author;');
    const inModule = after({ ...files, 'package.json': '{ "type": "module" }' })['book-author.entity.ts'] ?? '';
    expect(inModule).toBe(
      plain
        .replace('book!: Book;', 'book!: Relation<Book>;')
        .replace('author!: Author;', 'author!: Relation<Author>;')
        .replace(" } from 'typeorm'", ", type Relation } from 'typeorm'"),
    );
    const wrapped = {
      ...files,
      'author.entity.ts': author.replace('Book[];', 'Relation<Book[]>;').replace('PrimaryGeneratedColumn }', 'PrimaryGeneratedColumn, Relation }'),
    };
    expect(after(wrapped)['book-author.entity.ts']).toBe(inModule);
  });

  test('writes the entity, and a one-to-many on both sides', () => {
    expect(after(files)).toEqual({
      'author.entity.ts': `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Book } from './book.entity';
import { BookAuthor } from './book-author.entity';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  name!: string;

  @OneToMany(() => BookAuthor, (bookAuthor) => bookAuthor.author)
  bookAuthors!: BookAuthor[];
}
`,
      'book.entity.ts': `import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Author } from './author.entity';
import { BookAuthor } from './book-author.entity';

@Entity()
export class Book {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @OneToMany(() => BookAuthor, (bookAuthor) => bookAuthor.book)
  bookAuthors!: BookAuthor[];
}
`,
      'book-author.entity.ts': `import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Book } from './book.entity';
import { Author } from './author.entity';

/** The link between Book and Author; what belongs to the pair goes here. */
@Entity('authorship')
export class BookAuthor {
  @PrimaryColumn('uuid')
  bookId!: string;

  @PrimaryColumn()
  authorId!: number;

  @ManyToOne(() => Book, (book) => book.bookAuthors, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'bookId' })
  book!: Book;

  @Index()
  @ManyToOne(() => Author, (author) => author.bookAuthors, { onDelete: 'CASCADE', onUpdate: 'CASCADE' })
  @JoinColumn({ name: 'authorId' })
  author!: Author;
}
`,
    });
  });

  test('from either side it is the same', () => {
    expect(after(files, ['Author', 'books'])).toEqual(after(files));
  });

  test('the graph has the same table and columns as before', () => {
    const { entities, problems } = memoryProject(after(files)).project.graph();
    const link = entities.find(({ name }) => name === 'BookAuthor');
    expect(problems).toEqual([]);
    expect(link?.table).toBe('authorship');
    expect(link?.columns.filter(({ primary }) => primary).map(({ column }) => column)).toEqual(['bookId', 'authorId']);
    expect(link?.relations.map(({ property, inverse, joinColumns }) => [property, inverse, joinColumns])).toEqual([
      ['book', 'bookAuthors', [{ column: 'bookId', references: 'id' }]],
      ['author', 'bookAuthors', [{ column: 'authorId', references: 'id' }]],
    ]);
  });

  test('a side without inverse, the names and the style of its file', () => {
    const sources: Files = {
      'Author.ts': author
        .replace(/\n {2}@ManyToMany[^]*$/, '}\n')
        .replace('ManyToMany, ', '')
        .replace("import { Book } from './book.entity';\n", '')
        .replaceAll("'", '"'),
      'Book.ts': book.replace(', (author) => author.books', '').replace('./author.entity', './Author').replaceAll("'", '"').replaceAll(/;$/gm, ''),
    };
    const written = after(sources);
    expect(written['Author.ts']).toBe(sources['Author.ts']);
    expect(written['BookAuthor.ts']).toContain('@ManyToOne(() => Author, { onDelete: "CASCADE", onUpdate: "CASCADE" })\n');
    expect(written['BookAuthor.ts']).toContain('import { Author } from "./Author"\n');
    expect(memoryProject(written).project.graph().problems).toEqual([]);
  });

  test('other many-to-manys keep their imports', () => {
    const more = book.replace(
      '  authors!: Author[];\n',
      "  authors!: Author[];\n\n  @ManyToMany(() => Author)\n  @JoinTable({ name: 'editors' })\n  editors!: Author[];\n",
    );
    const written = after({ ...files, 'book.entity.ts': more });
    expect(written['book.entity.ts']).toContain("import { Entity, JoinTable, ManyToMany, OneToMany, PrimaryGeneratedColumn } from 'typeorm';");
    expect(written['book.entity.ts']).toContain('editors!: Author[];');
  });

  test('a child that inherits a side changes nothing', () => {
    const child =
      "import { ChildEntity } from 'typeorm';\nimport { Author } from './author.entity';\n\n@ChildEntity()\nexport class Poet extends Author {}\n";
    const base = author
      .replace('@Entity()', '@Entity()\n@TableInheritance()')
      .replace('PrimaryGeneratedColumn }', 'PrimaryGeneratedColumn, TableInheritance }');
    const written = after({ ...files, 'author.entity.ts': base, 'poet.entity.ts': child });
    expect(written['author.entity.ts']).toContain('bookAuthors!: BookAuthor[];');
  });

  test('the ids of another relation are of no matter', () => {
    const ids = '  @RelationId((book: Book) => book.coauthors)\n  coauthorIds!: number[];\n';
    const more = book.replace('JoinTable,', 'JoinTable, RelationId,').replace('  authors!: Author[];\n', `  authors!: Author[];\n\n${ids}`);
    expect(after({ ...files, 'book.entity.ts': more })['book.entity.ts']).toContain(ids);
  });

  test('a class that is the default of its file is imported as that', () => {
    const sources = {
      'author.entity.ts': author.replace('import { Book }', 'import Book').replace('export class', 'export default class'),
      'book.entity.ts': book.replace('import { Author }', 'import Author').replace('export class', 'export default class'),
    };
    expect(after(sources)['book-author.entity.ts']).toContain("import Book from './book.entity';\nimport Author from './author.entity';\n");
  });

  test('it is listed where the owner is', () => {
    const source = `import { DataSource } from 'typeorm';
import { Author } from './author.entity';
import { Book } from './book.entity';

export const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:', entities: [Author, Book] });
`;
    const written = after({ ...files, 'data-source.ts': source });
    expect(written['data-source.ts']).toContain('entities: [Author, Book, BookAuthor] });');
    expect(written['data-source.ts']).toContain("import { BookAuthor } from './book-author.entity';");
  });

  test.each<[string, Files, readonly [string, string], RegExp]>([
    [
      'no many-to-many',
      {
        ...files,
        'book.entity.ts':
          "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\nimport { Author } from './author.entity';\n\n@Entity()\nexport class Book {\n  @PrimaryGeneratedColumn()\n  id!: number;\n\n  @ManyToOne(() => Author)\n  author!: Author;\n}\n",
      },
      ['Book', 'author'],
      /Only a many-to-many/,
    ],
    [
      'no join table',
      { ...files, 'book.entity.ts': book.replace("  @JoinTable({ name: 'authorship' })\n", '') },
      ['Book', 'authors'],
      /no join table/,
    ],
    ['a file of that name', { ...files, 'book-author.entity.ts': 'export {};\n' }, ['Book', 'authors'], /There is a file/],
    [
      'an entity related to itself',
      {
        'user.ts':
          "import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';\n\n@Entity()\nexport class User {\n  @PrimaryGeneratedColumn()\n  id!: number;\n\n  @ManyToMany(() => User)\n  @JoinTable()\n  friends!: User[];\n}\n",
      },
      ['User', 'friends'],
      /which end is which/,
    ],
    [
      'an entity of the table',
      {
        ...files,
        'authorship.entity.ts':
          "import { Entity, PrimaryColumn } from 'typeorm';\n\n@Entity('authorship')\nexport class Authorship {\n  @PrimaryColumn()\n  bookId!: string;\n\n  @PrimaryColumn()\n  authorId!: number;\n}\n",
      },
      ['Book', 'authors'],
      /Authorship is an entity of the table authorship already/,
    ],
    [
      'two join tables',
      { ...files, 'author.entity.ts': author.replace('@ManyToMany', '@JoinTable()\n  @ManyToMany').replace('ManyToMany,', 'JoinTable, ManyToMany,') },
      ['Book', 'authors'],
      /Both sides have a @JoinTable/,
    ],
    [
      'another relation that names it',
      {
        ...files,
        'author.entity.ts': author.replace('@ManyToMany', '@JoinTable()\n  @ManyToMany').replace('ManyToMany,', 'JoinTable, ManyToMany,'),
        'book.entity.ts': book.replace(', (author) => author.books', ''),
      },
      ['Book', 'authors'],
      /Author\.books names Book\.authors as its inverse, which does not name it back/,
    ],
    [
      'a class that is not exported',
      {
        'shop.ts': `${book.replace(/import \{ Author.*\n/, '')}${author.replace(/import \{ Book.*\n/, '').replace('export class', 'class')}`,
      },
      ['Book', 'authors'],
      /Author is not exported from \/work\/shop\.ts/,
    ],
    [
      'its ids in a field',
      {
        ...files,
        'book.entity.ts': book
          .replace('JoinTable,', 'JoinTable, RelationId,')
          .replace('  authors!: Author[];\n', '  authors!: Author[];\n\n  @RelationId((book: Book) => book.authors)\n  authorIds!: number[];\n'),
      },
      ['Book', 'authors'],
      /A @RelationId tells the ids of Book\.authors \(line 13\)/,
    ],
    [
      'a relation that a decorator makes',
      {
        ...files,
        'book.entity.ts': book
          .replace(/ {2}@ManyToMany[^]*Author\[\];\n/, '')
          .replace('@Entity()', '@Written()\n@Entity()')
          .replace(
            '\n@Written',
            '\nconst Written = (): ClassDecorator => (target) => {\n  ManyToMany(() => Author, "books")(target.prototype, "authors");\n  JoinTable()(target.prototype, "authors");\n};\n@Written',
          ),
      },
      ['Book', 'authors'],
      /Book\.authors is made by a decorator of the project's own/,
    ],
  ])('declined: %s', (_what, sources, from, reason) => {
    const result = promote(sources, from);
    expect(result.kind === 'declined' ? result.reason : 'written').toMatch(reason);
  });
});
