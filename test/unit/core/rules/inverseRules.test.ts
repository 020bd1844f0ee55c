import { describe, expect, test } from 'vitest';
import { aClass, authorAndBook, imports, lint, type Files } from './lint';

const books = '@OneToMany(() => Book, (book) => book.author)\nbooks!: Book[];';
const author = '@Index()\n@ManyToOne(() => Author, (author) => author.books)\nauthor!: Author;';
const names = ['Index', 'ManyToOne', 'OneToMany'];
const correct = authorAndBook([books], [author], ...names);

test('two sides that name each other: no complaint of any rule', () => {
  expect(lint(correct).problems).toEqual([]);
});

describe('inverse-unknown-property', () => {
  const files = authorAndBook([books], [author.replace('author.books', 'author.boks')], ...names);

  test('says what is wrong, where, and what was meant', () => {
    expect(lint(files).of('inverse-unknown-property')).toMatchObject([
      {
        severity: 'error',
        message: "Book.author names Author.boks as its inverse, but Author has no such property. Did you mean 'books'?",
        source: { file: '/app/book.ts', line: 10, column: 47, endColumn: 51 },
        related: [{ source: { file: '/app/author.ts' } }],
      },
    ]);
  });

  test('the fix changes the name', () => {
    expect(lint(files).fix('inverse-unknown-property')).toEqual({ files: correct, left: [] });
  });

  test('a string names it as well', () => {
    const asString = authorAndBook([books], [author.replace('(author) => author.books', "'boks'")], ...names);
    expect(lint(asString).fix('inverse-unknown-property').files['book.ts']).toContain("@ManyToOne(() => Author, 'books')");
  });

  test('far from any name, the one relation that leads back is meant; with two, none is', () => {
    const far = authorAndBook([books], [author.replace('author.books', 'author.zzzzzz')], ...names);
    expect(lint(far).of('inverse-unknown-property')[0]?.message).toMatch(/Did you mean 'books'\?$/);
    const two = authorAndBook([books, books.replace('books!', 'drafts!')], [author.replace('author.books', 'author.zzzzzz')], ...names);
    expect(lint(two).of('inverse-unknown-property')[0]?.message).toMatch(/or name the relation that leads back to Book\.$/);
  });
});

test('members of an embedded value that are registered when the app starts are not called unknown', () => {
  const fields = '\nexport class Fields {}\n';
  const custom = authorAndBook(
    ['@Column(() => Fields)\ncustomFields!: Fields;', books],
    [author.replace('author.books', 'author.customFields.book')],
    ...names,
  );
  const files = { ...custom, 'author.ts': `${custom['author.ts'] ?? ''}${fields}` };
  expect(lint(files).of('inverse-unknown-property')).toEqual([]);
  const known = { ...files, 'author.ts': files['author.ts'].replace('Fields {}', 'Fields {\n  @Column()\n  note!: string;\n}') };
  expect(lint(known).of('inverse-unknown-property')).toHaveLength(1);
});

describe('inverse-not-a-relation', () => {
  const key = '@Column()\nauthorId!: number;';
  const files = authorAndBook([books.replace('book.author', 'book.authorId')], [key, author], ...names);

  test('a column is no relation; the relation over it is meant', () => {
    expect(lint(files).of('inverse-not-a-relation')).toMatchObject([
      { severity: 'error', message: "Author.books names Book.authorId as its inverse, but that is no relation. The relation is 'author'." },
    ]);
    expect(lint(files).fix('inverse-not-a-relation')).toEqual({ files: authorAndBook([books], [key, author], ...names), left: [] });
  });

  test('a warning only where this side has the foreign key, and works without an inverse', () => {
    const files = authorAndBook(['@Column()\nname!: string;'], [author.replace('author.books', 'author.name')], ...names);
    expect(lint(files).of('inverse-not-a-relation')).toMatchObject([
      { severity: 'warning', message: 'Book.author names Author.name as its inverse, but that is no relation. Take it out: this side needs none.' },
    ]);
    const mended = lint(files).fix('inverse-not-a-relation');
    expect(mended.files['book.ts']).toContain('@ManyToOne(() => Author)\n');
    expect(mended.left).not.toContain('inverse-not-a-relation');
  });

  test('options behind an inverse that is taken out stay', () => {
    const files = authorAndBook(['@Column()\nname!: string;'], [author.replace('author.books', 'author.name, { nullable: false }')], ...names);
    expect(lint(files).fix('inverse-not-a-relation').files['book.ts']).toContain('@ManyToOne(() => Author, { nullable: false })');
  });

  test('a plain property neither', () => {
    const plain = authorAndBook([books.replace('book.author', 'book.writer')], ['writer!: Author;', author], ...names);
    expect(lint(plain).of('inverse-not-a-relation')).toHaveLength(1);
    expect(lint(plain).of('inverse-unknown-property')).toEqual([]);
  });
});

describe('inverse-kind-mismatch', () => {
  test('one-to-many wants many-to-one', () => {
    const files = authorAndBook(
      [books],
      ['@OneToOne(() => Author, (author) => author.books)\n@JoinColumn()\nauthor!: Author;'],
      'JoinColumn',
      'OneToMany',
      'OneToOne',
    );
    expect(
      lint(files)
        .of('inverse-kind-mismatch')
        .map(({ message }) => message),
    ).toEqual([
      'Author.books is one-to-many, so its inverse must be many-to-one, but Book.author is one-to-one.',
      'Book.author is one-to-one, so its inverse must be one-to-one, but Author.books is one-to-many.',
    ]);
  });
});

describe('inverse-wrong-target', () => {
  const publisher: Files = {
    'publisher.ts': `${imports('OneToMany')}import { Book } from './book';\n\n${aClass('Publisher', '@OneToMany(() => Book, (book) => book.publisher)\nbooks!: Book[];')}`,
  };
  const both = [author, '@Index()\n@ManyToOne(() => Publisher, (publisher) => publisher.books)\npublisher!: Publisher;'];
  const right: Files = { ...authorAndBook([books], both, ...names), ...publisher };
  const files: Files = {
    ...right,
    'book.ts': right['book.ts']?.replace("'./author';", "'./author';\nimport { Publisher } from './publisher';") ?? '',
  };

  test('an inverse that leads to a third entity', () => {
    const wrong = { ...files, 'author.ts': files['author.ts']?.replace('book.author', 'book.publisher') ?? '' };
    expect(lint(wrong).of('inverse-wrong-target')).toMatchObject([
      {
        severity: 'error',
        message:
          "Author.books names Book.publisher as its inverse, but that leads to Publisher, not to Author: TypeORM would return rows of the wrong Author. Did you mean 'author'?",
        source: { file: '/app/author.ts' },
      },
    ]);
    expect(lint(wrong).fix('inverse-wrong-target').files).toEqual(files);
  });

  test('of a side that has a key of its own, which rows come is not in doubt', () => {
    const wrong = {
      'all.ts': `${imports('Index', 'ManyToOne', 'OneToMany')}
@Entity()
export class Publisher {
  @PrimaryGeneratedColumn() id!: number;
  @OneToMany(() => Magazine, (magazine) => magazine.publisher) magazines!: Magazine[];
}
@Entity()
export class Magazine {
  @PrimaryGeneratedColumn() id!: number;
  @Index() @ManyToOne(() => Publisher, (publisher) => publisher.magazines) publisher!: Publisher;
}
@Entity()
export class Book {
  @PrimaryGeneratedColumn() id!: number;
  @Index() @ManyToOne(() => Publisher, (publisher) => publisher.magazines) publisher!: Publisher;
}
`,
    };
    expect(lint(wrong).of('inverse-wrong-target')).toMatchObject([
      {
        severity: 'error',
        message:
          'Book.publisher names Publisher.magazines as its inverse, but that leads to Magazine, not to Book: the two are not the sides of one relation.',
      },
    ]);
  });

  test('silent where each leads back', () => {
    expect(lint(files).problems).toEqual([]);
  });

  test('silent within a family: the inverse of a child class leads to its base', () => {
    const family = {
      'all.ts': `${imports('ChildEntity', 'Index', 'ManyToOne', 'OneToMany', 'TableInheritance')}
@Entity()
@TableInheritance({ column: 'kind' })
export class Person {
  @PrimaryGeneratedColumn() id!: number;
  @OneToMany(() => Note, (note) => note.person) notes!: Note[];
}
@ChildEntity()
export class Student extends Person {}
@Entity()
export class Note {
  @PrimaryGeneratedColumn() id!: number;
  @Index() @ManyToOne(() => Person, (person) => person.notes) person!: Person;
}
`,
    };
    expect(lint(family).problems).toEqual([]);
  });
});

describe('inverse-asymmetric and inverse-shared', () => {
  const drafts = '@OneToMany(() => Book, (book) => book.author)\ndrafts!: Book[];';

  test('two collections over one foreign key', () => {
    const files = authorAndBook([books, drafts], [author], ...names);
    expect(lint(files).of('inverse-asymmetric')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('Author.drafts names Book.author as its inverse, but that one names Author.books') },
    ]);
    expect(lint(files).of('inverse-shared')).toMatchObject([
      { severity: 'error', message: expect.stringContaining('Author.drafts and Author.books both name Book.author') },
    ]);
  });

  test('the fix makes the other side name this one', () => {
    const files = authorAndBook([books, drafts], [author], ...names);
    expect(lint(files).fix('inverse-asymmetric').files['book.ts']).toContain('(author) => author.drafts');
  });

  test('not where a third one names this one already, which would share it then', () => {
    const editor = '@ManyToOne(() => Author, (author) => author.drafts)\neditor!: Author;';
    const problems = lint(authorAndBook([books, drafts], [author, editor], ...names)).of('inverse-asymmetric');
    const drafted = problems.filter(({ message }) => message.startsWith('Author.drafts names Book.author'));
    expect(drafted.map((problem) => problem.fixes())).toEqual([[]]);
  });
});

describe('o2m-without-inverse', () => {
  test('the many-to-one that is there is named', () => {
    const files = authorAndBook(['@OneToMany(() => Book)\nbooks!: Book[];'], [author.replace(', (author) => author.books', '')], ...names);
    expect(lint(files).of('o2m-without-inverse')).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/names no inverse side.* Name 'author'\.$/) },
    ]);
    expect(lint(files).fix('o2m-without-inverse').files['author.ts']).toContain('@OneToMany(() => Book, (book) => book.author)');
  });

  test('or written, with its import, where there is none', () => {
    const files = {
      'author.ts': `${imports('OneToMany')}import { Book } from './book';\n\n${aClass('Author', '@OneToMany(() => Book)\nbooks!: Book[];')}`,
      'book.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n\n${aClass('Book', '@Column()\ntitle!: string;')}`,
    };
    const { files: after, left } = lint(files).fix('o2m-without-inverse');
    expect(after['author.ts']).toContain('@OneToMany(() => Book, (book) => book.author)\n');
    expect(after['book.ts']).toBe(
      `import { Column, Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\nimport { Author } from './author';\n\n${aClass('Book', '@Column()\ntitle!: string;', '@ManyToOne(() => Author, (author) => author.books)\nauthor!: Author;')}`,
    );
    expect(left).toEqual(['fk-no-index']);
  });

  test('silent for trees', () => {
    const tree = {
      'category.ts': `${imports('Tree', 'TreeChildren', 'TreeParent')}\n${aClass('Category', '@TreeChildren()\nchildren!: Category[];', '@TreeParent()\nparent!: Category;').replace('@Entity()', "@Entity()\n@Tree('closure-table')")}`,
    };
    expect(lint(tree).of('o2m-without-inverse')).toEqual([]);
  });
});

describe('many-to-many and one-to-one sides that do not name each other', () => {
  const tags = '@ManyToMany(() => Author, (author) => author.books)\n@JoinTable()\nauthors!: Author[];';
  const back = '@ManyToMany(() => Book, (book) => book.authors)\nbooks!: Book[];';
  const right = authorAndBook([back], [tags], 'JoinTable', 'ManyToMany');

  test('inverse-one-sided: the owner does not name the side that names it', () => {
    const files = authorAndBook([back], [tags.replace(', (author) => author.books', '')], 'JoinTable', 'ManyToMany');
    expect(lint(files).of('inverse-one-sided')).toMatchObject([
      { severity: 'error', message: expect.stringContaining('every query from Author would fail') },
    ]);
    expect(lint(files).fix('inverse-one-sided')).toEqual({ files: right, left: [] });
  });

  test('non-owner-without-inverse: the other side does not name the owner', () => {
    const files = authorAndBook([back.replace(', (book) => book.authors', '')], [tags], 'JoinTable', 'ManyToMany');
    expect(lint(files).of('non-owner-without-inverse')).toMatchObject([
      { severity: 'error', message: 'Author.books does not own the relation, so it must name the side that does: Book.authors.' },
    ]);
    expect(lint(files).fix('non-owner-without-inverse')).toEqual({ files: right, left: [] });
  });

  test('silent where both do', () => {
    expect(lint(right).problems).toEqual([]);
  });

  test('silent where a decorator of the project’s own passes the inverse on', () => {
    const own = `import { ManyToMany } from 'typeorm';\n\nexport function Shared(target: any, inverse?: any): PropertyDecorator {\n  return (object, key) => ManyToMany(target, inverse)(object, key as string);\n}\n`;
    const import_ = "import { Shared } from './shared';\n";
    const files = authorAndBook([back.replace('ManyToMany', 'Shared')], [tags.replace('ManyToMany', 'Shared')], 'JoinTable');
    const shared = { 'author.ts': import_ + (files['author.ts'] ?? ''), 'book.ts': import_ + (files['book.ts'] ?? ''), 'shared.ts': own };
    expect(lint(shared).problems).toEqual([]);
  });
});

describe('the other side of a class that is', () => {
  const oneSided = (start: string, end = ''): Files => ({
    'author.ts': `${imports()}\n${aClass('Author')}`,
    'book.ts': `${imports('Index', 'ManyToOne')}import { Author } from './author';\n\n${aClass('Book', author.replace(', (author) => author.books', '')).replace('export class', start)}${end}`,
  });

  test.each([
    ['the default of its file', oneSided('export default class')],
    ['made the default later', oneSided('class', '\nexport default Book;\n')],
  ])('%s is imported as that', (_, files) => {
    const after = lint(files).fix('missing-inverse').files['author.ts'];
    expect(after).toContain("\nimport Book from './book';\n");
    expect(after).toContain('@OneToMany(() => Book, (book) => book.author)');
  });

  test('not exported cannot be written', () => {
    const files = oneSided('class', '\nexport { Author };\n');
    expect(
      lint(files)
        .of('missing-inverse')
        .flatMap((problem) => problem.fixes()),
    ).toEqual([]);
    expect(lint(oneSided('class', '\nexport { Book };\n')).fix('missing-inverse').files['author.ts']).toContain("import { Book } from './book';");
  });
});

describe('missing-inverse', () => {
  const files = {
    'author.ts': `${imports()}\n${aClass('Author')}`,
    'book.ts': `${imports('Index', 'ManyToOne')}import { Author } from './author';\n\n${aClass('Book', '@Index()\n@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;')}`,
  };

  test('is a hint, for one side is legal', () => {
    expect(lint(files).problems).toMatchObject([
      { rule: 'missing-inverse', severity: 'hint', message: 'Book.author is defined on one side only: nothing in Author leads back to Book.' },
    ]);
  });

  test('the fix writes the other side with its import and names it here', () => {
    const { files: after, left } = lint(files).fix('missing-inverse');
    expect(after['book.ts']).toContain('@ManyToOne(() => Author, (author) => author.books, { nullable: false })');
    expect(after['author.ts']).toBe(
      `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';\nimport { Book } from './book';\n\n${aClass('Author', '@OneToMany(() => Book, (book) => book.author)\nbooks!: Book[];')}`,
    );
    expect(left).toEqual([]);
  });

  const oneFile = (...classes: string[]): Files => ({ 'library.ts': `${imports('JoinColumn', 'OneToOne')}\n${classes.join('\n')}` });
  const owner = aClass('Book', '@OneToOne(() => Author)\n@JoinColumn()\nauthor!: Author;');

  test('the fix types a class that stands further down so that nothing reads it too early', () => {
    const { files: after, left } = lint(oneFile(aClass('Author'), owner)).fix('missing-inverse');
    expect(after['library.ts']).toContain('  @OneToOne(() => Book, (book) => book.author)\n  book!: Relation<Book>;\n');
    expect(after['library.ts']).toMatch(/^import \{.*\btype Relation\b.*\} from 'typeorm';/m);
    expect(left).toEqual([]);
    const { files: first } = lint(oneFile(owner, aClass('Author'))).fix('missing-inverse');
    expect(first['library.ts']).toContain('  book!: Book;\n');
    expect(first['library.ts']).not.toContain('Relation<');
  });

  test('the fix types it as a relation in ECMAScript modules', () => {
    const isEcmaScriptModule = (): boolean => true;
    expect(lint(files, { isEcmaScriptModule }).fix('missing-inverse').files['author.ts']).toContain('books!: Relation<Book[]>;');
  });

  test('a class that a function makes anew is not written to, nor is one led to from there', () => {
    const within = (text: string): string => `export function make() {\n${text.replace('export class', 'class')}}\n`;
    for (const classes of [[within(aClass('Author') + owner)], [aClass('Author'), within(owner)]])
      expect(
        lint(oneFile(...classes))
          .of('missing-inverse')
          .flatMap((problem) => problem.fixes()),
      ).toEqual([]);
  });

  test('silent where a collection leads back, named or not', () => {
    expect(lint(correct).of('missing-inverse')).toEqual([]);
  });
});
