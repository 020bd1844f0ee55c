import { describe, expect, test } from 'vitest';
import { authorAndBook, lint, type Files } from './lint';

/** A true case with its message and, where one is offered, the text after the fix; and the silent twin. */
interface Case {
  readonly rule: string;
  readonly author: readonly string[];
  readonly book: readonly string[];
  readonly severity: string;
  readonly message: string;
  readonly fix?: { readonly title?: RegExp; readonly file: string; readonly has: string; readonly hasNot?: string };
  readonly silent: { readonly author: readonly string[]; readonly book: readonly string[] };
  readonly majors?: readonly [before: string, since: string];
}

const names = ['Index', 'JoinColumn', 'JoinTable', 'ManyToMany', 'ManyToOne', 'OneToMany', 'OneToOne'];
const files = ({ author, book }: Pick<Case, 'author' | 'book'>): Files => authorAndBook(author, book, ...names);

const books = (options = ''): string => `@OneToMany(() => Book, (book) => book.author${options})\nbooks!: Book[];`;
const author = (options = ''): string => `@Index()\n@ManyToOne(() => Author, (author) => author.books${options})\nauthor!: Author;`;
const oneBook = (before = '', options = ''): string => `${before}@OneToOne(() => Book, (book) => book.author${options})\nbook!: Book;`;
const oneAuthor = (before = '', options = ''): string => `${before}@OneToOne(() => Author, (author) => author.book${options})\nauthor!: Author;`;
const manyBooks = (before = '', options = ''): string => `${before}@ManyToMany(() => Book, (book) => book.authors${options})\nbooks!: Book[];`;
const manyAuthors = (before = '', options = ''): string =>
  `${before}@ManyToMany(() => Author, (author) => author.books${options})\nauthors!: Author[];`;
const family = { author: [books()], book: [author()] };
const pair = { author: [oneBook()], book: [oneAuthor('@JoinColumn()\n')] };
const shared = { author: [manyBooks()], book: [manyAuthors('@JoinTable()\n')] };

const cases: readonly Case[] = [
  {
    rule: 'o2o-no-joincolumn',
    author: [oneBook()],
    book: [oneAuthor()],
    severity: 'error',
    message: 'Neither Author.book nor Book.author has a @JoinColumn, so no table holds the foreign key.',
    fix: { title: /Book\.author/, file: 'book.ts', has: '  @JoinColumn()\n  @OneToOne(' },
    silent: pair,
  },
  {
    rule: 'o2o-joincolumn-both',
    author: [oneBook('@JoinColumn()\n')],
    book: [oneAuthor('@JoinColumn()\n')],
    severity: 'error',
    message: 'both have @JoinColumn: two foreign keys',
    fix: { title: /from Author\.book$/, file: 'author.ts', has: '  @OneToOne(() => Book, (book) => book.author)\n', hasNot: '@JoinColumn()' },
    silent: pair,
  },
  {
    rule: 'm2m-no-jointable',
    author: [manyBooks()],
    book: [manyAuthors()],
    severity: 'error',
    message: 'Neither Author.books nor Book.authors has a @JoinTable, so there is no junction table.',
    fix: { title: /Author\.books/, file: 'author.ts', has: '  @JoinTable()\n  @ManyToMany(' },
    silent: shared,
  },
  {
    rule: 'm2m-jointable-both',
    author: [manyBooks('@JoinTable()\n')],
    book: [manyAuthors('@JoinTable()\n')],
    severity: 'error',
    message: 'both have @JoinTable',
    fix: { title: /from Book\.authors$/, file: 'book.ts', has: '  @ManyToMany(', hasNot: '@JoinTable()' },
    silent: shared,
  },
  {
    rule: 'joincolumn-on-m2m',
    author: [manyBooks()],
    book: [manyAuthors("@JoinTable()\n@JoinColumn({ name: 'x' })\n")],
    severity: 'error',
    message: '@JoinColumn does nothing on Book.authors',
    fix: { file: 'book.ts', has: '  @JoinTable()\n  @ManyToMany(', hasNot: '@JoinColumn(' },
    silent: shared,
  },
  {
    rule: 'jointable-on-non-m2m',
    author: [books()],
    book: [`@JoinTable()\n${author()}`],
    severity: 'error',
    message: '@JoinTable does nothing on Book.author: a many-to-one has no junction table. Use @JoinColumn',
    fix: { file: 'book.ts', has: '  @Index()\n  @ManyToOne(', hasNot: '@JoinTable()' },
    silent: family,
  },
  {
    rule: 'joincolumn-on-o2m',
    author: [`@JoinColumn({ name: 'writer_id' })\n${books()}`],
    book: [author()],
    severity: 'warning',
    message: '@JoinColumn is ignored on Author.books: the foreign key stands on the other side. Write it on Book.author.',
    fix: { file: 'author.ts', has: '  @OneToMany(', hasNot: '@JoinColumn' },
    silent: family,
  },
  {
    rule: 'column-and-relation',
    author: [books()],
    book: [`@Column()\n${author()}`],
    severity: 'error',
    message: "Book.author is a relation and a column at once: TypeORM adds a column 'author' beside the foreign key 'authorId'.",
    fix: { file: 'book.ts', has: '  @Index()\n  @ManyToOne(', hasNot: '@Column()' },
    silent: { author: [books()], book: ['@Column()\nauthorId!: number;', author()] },
  },
  {
    rule: 'column-and-relation',
    author: [books()],
    book: [`@Column()\n@JoinColumn({ name: 'author' })\n${author()}`],
    severity: 'warning',
    message: 'Book.author is a relation and a column at once: it holds the key, or an Author wherever the relation is loaded.',
    silent: { author: [books()], book: ['@Column()\nauthorId!: number;', author()] },
  },
  {
    rule: 'column-and-relation',
    author: [],
    book: ['@Column()\n@OneToOne(() => Author)\nauthor!: number;'],
    severity: 'error',
    message: 'Book.author is a relation and a column at once: only the column is there, since the relation has no foreign key on this side.',
    silent: { author: [], book: ['@Column()\nauthorId!: number;', '@OneToOne(() => Author)\n@JoinColumn()\nauthor!: Author;'] },
  },
  {
    rule: 'array-initializer',
    author: [books().replace('books!: Book[]', 'books: Book[] = []')],
    book: [author()],
    severity: 'error',
    message: 'Author.books is initialised with an array; TypeORM refuses to start',
    fix: { file: 'author.ts', has: '  books!: Book[];\n', hasNot: '= []' },
    silent: family,
  },
  {
    rule: 'array-initializer',
    author: [books(), 'constructor() {\n  this.books = [];\n}'],
    book: [author()],
    severity: 'error',
    message: 'Author.books is initialised with an array; TypeORM refuses to start',
    silent: {
      author: [books(), 'constructor(books?: Book[]) {\n  if (books) this.books = [];\n}', 'empty(): void {\n  this.books = [];\n}'],
      book: [author()],
    },
  },
  {
    rule: 'fk-no-index',
    author: [books()],
    book: [author().replace('@Index()\n', '')],
    severity: 'warning',
    message: 'The foreign key of Book.author (book.authorId) has no index',
    fix: { file: 'book.ts', has: '  @Index()\n  @ManyToOne(' },
    silent: family,
  },
  {
    rule: 'ondelete-on-inverse',
    author: [books(", { onDelete: 'CASCADE' }")],
    book: [author()],
    severity: 'error',
    message: "onDelete: 'CASCADE' is ignored on Author.books: the foreign key stands on the other side. Write it on Book.author.",
    fix: { file: 'book.ts', has: "author.books, { onDelete: 'CASCADE' })" },
    silent: { author: [books()], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  {
    rule: 'setnull-not-null',
    author: [books()],
    book: [author(", { onDelete: 'SET NULL', nullable: false }")],
    severity: 'error',
    message: 'Book.author says ON DELETE SET NULL, but book.authorId may not be NULL',
    fix: { title: /CASCADE/, file: 'book.ts', has: "{ onDelete: 'CASCADE', nullable: false }" },
    silent: { author: [books()], book: [author(", { onDelete: 'SET NULL' }")] },
  },
  {
    rule: 'cascade-remove-both',
    author: [books(", { cascade: ['remove'] }")],
    book: [author(", { cascade: ['remove'], onDelete: 'CASCADE' }")],
    severity: 'error',
    message: 'Author.books and Book.author both cascade removal to each other',
    fix: { file: 'author.ts', has: '{ cascade: [] }' },
    silent: { author: [books(", { cascade: ['remove'] }")], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  {
    rule: 'm2m-cascade-remove',
    author: [manyBooks()],
    book: [manyAuthors('@JoinTable()\n', ', { cascade: true }')],
    severity: 'error',
    message: 'Removing Book removes every Author in its authors, although other rows share them',
    fix: { file: 'book.ts', has: "{ cascade: ['insert', 'update'] }" },
    silent: { author: [manyBooks()], book: [manyAuthors('@JoinTable()\n', ", { cascade: ['insert'] }")] },
    majors: ['warning', 'error'],
  },
  {
    rule: 'cascade-remove-on-m2o',
    author: [books()],
    book: [author(', { cascade: true }')],
    severity: 'warning',
    message: 'Removing one Book also removes its Author through Book.author',
    fix: { file: 'book.ts', has: "{ cascade: ['insert', 'update'] }" },
    silent: { author: [books()], book: [author(", { cascade: ['insert'] }")] },
  },
  {
    rule: 'cascade-remove-without-ondelete',
    author: [books(", { cascade: ['remove'] }")],
    book: [author()],
    severity: 'warning',
    message: 'delete(), and rows not loaded, meet the foreign key of Book.author, which has no onDelete',
    fix: { file: 'book.ts', has: "author.books, { onDelete: 'CASCADE' })" },
    silent: { author: [books(", { cascade: ['remove'] }")], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  {
    rule: 'cascade-invalid-value',
    author: [books(", { cascade: ['delete', 'insert'] }")],
    book: [author()],
    severity: 'error',
    message: "'delete' is no cascade that TypeORM knows, so Author.books silently does not cascade.",
    fix: { file: 'author.ts', has: "{ cascade: ['remove', 'insert'] }" },
    silent: { author: [books(", { cascade: ['insert', 'update'] }")], book: [author()] },
  },
  {
    rule: 'cascade-invalid-value',
    author: [books(", { cascade: 'insert' }")],
    book: [author()],
    severity: 'error',
    message: "cascade must be an array or true: with the string 'insert', Author.books silently does not cascade.",
    fix: { file: 'author.ts', has: "{ cascade: ['insert'] }" },
    silent: { author: [books(', { cascade: false }')], book: [author()] },
  },
  {
    rule: 'orphan-on-wrong-side',
    author: [books(", { orphanedRowAction: 'delete' }")],
    book: [author()],
    severity: 'error',
    message: "orphanedRowAction: 'delete' is ignored on Author.books: TypeORM reads it from the many-to-one side only. Write it on Book.author.",
    fix: { file: 'book.ts', has: "{ orphanedRowAction: 'delete' }" },
    silent: { author: [books()], book: [author(", { orphanedRowAction: 'delete' }")] },
  },
  {
    rule: 'orphan-nullify-not-null',
    author: [books(", { cascade: ['insert'] }")],
    book: [author(', { nullable: false }')],
    severity: 'warning',
    message: 'cannot be un-linked, because book.authorId may not be NULL: TypeORM deletes it (0.3 failed)',
    silent: { author: [books(", { cascade: ['insert'] }")], book: [author(", { nullable: false, orphanedRowAction: 'delete' }")] },
    majors: ['error', 'warning'],
  },
  {
    rule: 'eager-to-many',
    author: [books(', { eager: true }')],
    book: [author()],
    severity: 'warning',
    message: 'Author.books is an eager collection: every find of Author loads it, wanted or not.',
    fix: { file: 'author.ts', has: '@OneToMany(() => Book, (book) => book.author)\n' },
    silent: { author: [books()], book: [author(', { eager: true }')] },
  },
  {
    rule: 'eager-and-lazy',
    author: [books()],
    book: [author(', { eager: true, lazy: true }')],
    severity: 'warning',
    message: 'Book.author is eager and lazy at once',
    silent: { author: [books()], book: [author(', { lazy: true }')] },
  },
  {
    rule: 'eager-cycle',
    author: [books(', { eager: true }')],
    book: [author(', { eager: true }')],
    severity: 'error',
    message: 'Author.books → Book.author → Author is a cycle of eager relations: loading any of them never ends.',
    fix: { file: 'author.ts', has: '@OneToMany(() => Book, (book) => book.author)\n' },
    silent: { author: [books()], book: [author(', { eager: true }')] },
  },
];

describe.each(cases)('$rule', ({ rule, severity, message, silent, ...source }) => {
  test('tells what is wrong, with names', () => {
    const problems = lint(files(source)).of(rule);
    expect(problems[0]).toMatchObject({ severity });
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
  });

  test('is silent where all is well', () => {
    expect(lint(files(silent)).of(rule)).toEqual([]);
  });
});

const fixable = cases.flatMap(({ fix, ...each }) => (fix ? [{ ...each, fix }] : []));

test.each(fixable)('$rule is mended by its fix', ({ rule, fix, ...source }) => {
  const { files: after, left } = lint(files(source)).fix(rule, fix.title);
  expect(after[fix.file]).toContain(fix.has);
  const classText = after[fix.file]?.split('\n').slice(3).join('\n');
  if (fix.hasNot) expect(classText).not.toContain(fix.hasNot);
  expect(left).not.toContain(rule);
});

const versioned = cases.flatMap(({ majors, ...each }) => (majors ? [{ ...each, majors }] : []));

test.each(versioned)('$rule depends on TypeORM’s version', ({ rule, majors, ...source }) => {
  expect([0, 1].map((typeormMajor) => lint(files(source), { typeormMajor }).of(rule)[0]?.severity)).toEqual(majors);
});

describe('what is ignored and says nothing new asks for less', () => {
  test('@JoinColumn() without options on a one-to-many', () => {
    const twice = files({ author: [`@JoinColumn()\n${books()}`], book: [author()] });
    expect(lint(twice).of('joincolumn-on-o2m')).toMatchObject([
      {
        severity: 'warning',
        message: '@JoinColumn is ignored on Author.books: the foreign key stands on the other side, and Book.author needs none for it.',
      },
    ]);
    const mended = lint(twice).fix('joincolumn-on-o2m');
    expect(mended.left).toEqual([]);
    expect(mended.files['author.ts'], 'the import goes with its last use').not.toContain('JoinColumn');
    expect(mended.files['book.ts']).toBe(twice['book.ts']);
  });

  test('onDelete that the other side says as well', () => {
    const source = { author: [books(", { onDelete: 'CASCADE' }")], book: [author(", { onDelete: 'CASCADE' }")] };
    expect(lint(files(source)).of('ondelete-on-inverse')).toMatchObject([
      {
        severity: 'hint',
        message: "onDelete: 'CASCADE' is ignored on Author.books: Book.author, which holds the foreign key, says it already. Take it away here.",
      },
    ]);
    expect(lint(files(source)).fix('ondelete-on-inverse')).toEqual({ files: files({ ...source, author: [books()] }), left: [] });
  });

  test('not where the other side says something else', () => {
    const source = { author: [books(", { onDelete: 'SET NULL' }")], book: [author(", { onDelete: 'CASCADE' }")] };
    expect(lint(files(source)).of('ondelete-on-inverse')).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringContaining("Book.author, which holds the foreign key, says 'CASCADE', and that is what happens."),
      },
    ]);
  });
});

test('an orphanedRowAction on the wrong side is told once, and its fix settles the un-linking too', () => {
  const source = { author: [books(", { cascade: true, orphanedRowAction: 'delete' }")], book: [author(', { nullable: false }')] };
  const found = lint(files(source));
  expect([found.of('orphan-on-wrong-side').length, found.of('orphan-nullify-not-null').length]).toEqual([1, 0]);
  const { left, files: mended } = found.fix('orphan-on-wrong-side');
  expect(left).not.toContain('orphan-on-wrong-side');
  expect(lint(mended).of('orphan-nullify-not-null')).toEqual([]);
  expect(mended['book.ts']).toContain("orphanedRowAction: 'delete'");
});

describe('fk-no-index', () => {
  const bare = author().replace('@Index()\n', '');
  test('MySQL makes the index by itself', () => {
    expect(lint(files({ author: [books()], book: [bare] }), { indexesForeignKeys: true }).problems).toEqual([]);
  });

  test.each([
    ['an index on the declared column', ['@Index()\n@Column()\nauthorId!: number;', bare]],
    ['a unique column', ['@Column({ unique: true })\nauthorId!: number;', bare]],
    ['a one-to-one, which is unique', [bare.replace('ManyToOne', 'OneToOne').replace('@OneToOne', '@JoinColumn()\n@OneToOne')]],
  ])('silent with %s', (_, book) => {
    expect(lint(files({ author: [books()], book })).of('fk-no-index')).toEqual([]);
  });
});

test('cascade-remove-without-ondelete is but an info where the cascade is simply true', () => {
  expect(lint(files({ author: [books(', { cascade: true }')], book: [author()] })).of('cascade-remove-without-ondelete')).toMatchObject([
    { severity: 'info' },
  ]);
});

test('array-initializer is silent where TypeORM calls no constructors', () => {
  const source = files({ author: [books().replace('books!: Book[]', 'books: Book[] = []')], book: [author()] });
  const dataSource = (skips: boolean): string =>
    `import { DataSource } from 'typeorm';\nnew DataSource({ type: 'postgres', url: '', entitySkipConstructor: ${skips} });`;
  expect(lint({ ...source, 'data-source.ts': dataSource(true) }).of('array-initializer')).toEqual([]);
  expect(lint({ ...source, 'data-source.ts': dataSource(false) }).of('array-initializer')).toHaveLength(1);
});

describe('eager-cycle', () => {
  test('an entity that is eager for itself never ends either', () => {
    const self = { author: ['@Index()\n@ManyToOne(() => Author, { eager: true })\nmentor!: Author;', books()], book: [author()] };
    expect(lint(files(self)).of('eager-cycle')).toMatchObject([{ message: expect.stringContaining('Author.mentor → Author is a cycle') }]);
  });
});

describe('comments and settings', () => {
  const bare = author().replace('@Index()\n', '');

  test('a comment above the line silences one rule, and is counted', () => {
    const silenced = bare.replace('\nauthor!', '\n// relation-lens-ignore-next-line fk-no-index: ten rows\nauthor!');
    expect(lint(files({ author: [books()], book: [silenced] }))).toMatchObject({ problems: [], suppressed: 1 });
  });

  test('a comment for another rule does not', () => {
    const other = bare.replace('\nauthor!', '\n// relation-lens-ignore-next-line eager-to-many: no\nauthor!');
    expect(lint(files({ author: [books()], book: [other] })).problems).toHaveLength(1);
  });

  test('a whole file', () => {
    const source = files({ author: [books()], book: [bare] });
    expect(lint({ ...source, 'book.ts': `// relation-lens-ignore-file fk-no-index: a small table\n${source['book.ts'] ?? ''}` }).problems).toEqual(
      [],
    );
  });

  test('settings change a severity or switch a rule off', () => {
    const source = files({ author: [books()], book: [bare] });
    expect(lint(source, { severities: { 'fk-no-index': 'hint' } }).problems).toMatchObject([{ severity: 'hint' }]);
    expect(lint(source, { severities: { 'fk-no-index': 'off' } }).problems).toEqual([]);
  });
});

test('what the graph could not resolve is a problem under the catalogue’s name', () => {
  const source = files({ author: [books()], book: [author().replace('() => Author', '() => Ghost')] });
  expect(lint(source).of('target-not-entity').length).toBeGreaterThan(0);
});

test('of two sides with @JoinTable, one that does not name the other keeps it', () => {
  const unnamed = manyAuthors('@JoinTable()\n').replace(', (author) => author.books', '');
  const problems = lint(files({ author: [manyBooks('@JoinTable()\n')], book: [unnamed] })).of('m2m-jointable-both');
  expect(problems.flatMap((problem) => problem.fixes()).map(({ title }) => title)).toEqual(['Remove @JoinTable from Author.books']);
});
