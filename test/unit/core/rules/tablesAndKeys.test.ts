/** Rules on tables, columns, keys and types: their fixes, and the code that only looks wrong. Each rule's plain cases are those of its page (rulePages.ts). */
import { describe, expect, test } from 'vitest';
import { lint, type Files } from './lint';

const HEAD =
  "import { BaseEntity, ChildEntity, Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, Relation, TableInheritance, Unique, ViewEntity } from 'typeorm';\n\n";
const ID = '  @PrimaryGeneratedColumn()\n  id!: number;\n';
const AUTHOR = `@Entity()\nexport class Author {\n${ID}\n  @Column({ unique: true })\n  code!: string;\n}\n\n`;
const book = (...members: readonly string[]): string =>
  `@Entity()\nexport class Book {\n${ID}${members.map((text) => `\n${text.replace(/^/gm, '  ')}\n`).join('')}}\n`;
const one = (...parts: readonly string[]): Files => ({ 'entities.ts': HEAD + parts.join('') });

interface Fixed {
  readonly rule: string;
  readonly members: readonly string[];
  readonly title: RegExp;
  readonly has: string;
}

const fixes: readonly Fixed[] = [
  {
    rule: 'fk-duplicate-column',
    members: ['@Column()\nauthorId!: number;', "@ManyToOne(() => Author)\n@JoinColumn({ name: 'author_id' })\nauthor!: Author;"],
    title: /use the column authorId/,
    has: "@JoinColumn({ name: 'authorId' })\n  author!: Author;",
  },
  {
    rule: 'fk-duplicate-column',
    members: ["@Column({ name: 'writtenBy' })\nauthorId!: number;", '@ManyToOne(() => Author)\nauthor!: Author;'],
    title: /use the column writtenBy/,
    has: "  @JoinColumn({ name: 'writtenBy' })\n  @ManyToOne(() => Author)\n  author!: Author;",
  },
  {
    rule: 'fk-nullable-mismatch',
    members: ['@Column({ nullable: true })\nauthorId!: number | null;', '@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;'],
    title: /Let Book\.author be null/,
    has: '@ManyToOne(() => Author, { nullable: true })',
  },
  {
    rule: 'relation-ts-type-mismatch',
    members: ['@ManyToOne(() => Author)\nauthor!: Relation<Author[]> | null;'],
    title: /Change the type/,
    has: 'author!: Relation<Author> | null;',
  },
  {
    rule: 'relation-ts-type-mismatch',
    members: ['@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Promise<Author>;'],
    title: /Change the type/,
    has: 'authors!: Promise<Author[]>;',
  },
  {
    rule: 'lazy-without-promise',
    members: ['@ManyToOne(() => Author, { lazy: true })\nauthor!: Author | null;'],
    title: /Change the type/,
    has: 'author!: Promise<Author | null>;',
  },
  {
    rule: 'lazy-without-promise',
    members: ['@ManyToOne(() => Author, { lazy: true })\nauthor!: Author;'],
    title: /Remove lazy/,
    has: '@ManyToOne(() => Author)\n  author!: Author;',
  },
  {
    rule: 'no-fk-constraint',
    members: ["@ManyToOne(() => Author, { onDelete: 'CASCADE', createForeignKeyConstraints: false })\nauthor!: Author;"],
    title: /Remove createForeignKeyConstraints/,
    has: "@ManyToOne(() => Author, { onDelete: 'CASCADE' })",
  },
  {
    rule: 'no-fk-constraint',
    members: ["@ManyToOne(() => Author, { onDelete: 'CASCADE', createForeignKeyConstraints: false })\nauthor!: Author;"],
    title: /Remove onDelete/,
    has: '@ManyToOne(() => Author, { createForeignKeyConstraints: false })',
  },
];

test.each(fixes)('$rule: $title', ({ rule, members, title, has }) => {
  const after = lint(one(AUTHOR, book(...members))).fix(rule, title);
  expect(after.files['entities.ts']).toContain(has);
  expect(after.left).not.toContain(rule);
});

describe('silent twins', () => {
  const silent: readonly (readonly [rule: string, why: string, files: Files])[] = [
    [
      'fk-duplicate-column',
      'the other column is another relation’s foreign key',
      one(
        AUTHOR,
        book(
          "@ManyToOne(() => Author)\n@JoinColumn({ name: 'writer' })\nauthor!: Author;",
          "@ManyToOne(() => Author)\n@JoinColumn({ name: 'authorId' })\neditor!: Author;",
          '@Column()\nauthorId!: number;',
        ),
      ),
    ],
    [
      'fk-nullable-mismatch',
      'the relation says nothing about NULL',
      one(AUTHOR, book('@Column()\nauthorId!: number;', '@ManyToOne(() => Author)\nauthor!: Author;')),
    ],
    [
      'relation-ts-type-mismatch',
      'an interface',
      one(AUTHOR, book('@ManyToOne(() => Author)\nauthor!: Person[];'), 'interface Person { id: number }\n'),
    ],
    ['relation-ts-type-mismatch', 'a set of its own', one(AUTHOR, book('@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Collection<Author>;'))],
    [
      'relation-ts-type-mismatch',
      'Relation and null around it',
      one(AUTHOR, book('@ManyToOne(() => Author)\nauthor!: Relation<Author> | null | undefined;')),
    ],
    ['relation-ts-type-mismatch', 'Array<…>', one(AUTHOR, book('@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Array<Author>;'))],
    ['lazy-without-promise', 'a Promise', one(AUTHOR, book('@ManyToOne(() => Author)\nauthor!: Promise<Author>;'))],
    [
      'duplicate-association',
      'two columns',
      one(
        AUTHOR,
        book(
          "@ManyToOne(() => Author)\n@JoinColumn({ name: 'a' })\nauthor!: Author;",
          "@ManyToOne(() => Author)\n@JoinColumn({ name: 'b' })\neditor!: Author;",
        ),
      ),
    ],
    [
      'duplicate-db-column',
      'a foreign key beside its id property',
      one(
        AUTHOR,
        book("@Column({ name: 'author_id' })\nauthorId!: number;", "@ManyToOne(() => Author)\n@JoinColumn({ name: 'author_id' })\nauthor!: Author;"),
      ),
    ],
    [
      'duplicate-table',
      'a table that is never synchronised',
      one(`@Entity({ name: 'author', synchronize: false })\nclass AuthorName {\n${ID}}\n\n`, AUTHOR),
    ],
    ['duplicate-table', 'another database', one(`@Entity('author', { database: 'archive' })\nclass OldAuthor {\n${ID}}\n\n`, AUTHOR)],
    ['duplicate-table', 'a class and its base', one(AUTHOR, `@Entity('author')\nclass Novelist extends Author {}\n`)],
    [
      'sti-property-clash',
      'two children of one table',
      one(
        `@Entity()\n@TableInheritance({ column: 'type' })\nclass Person {\n${ID}}\n\n@ChildEntity()\nclass Writer extends Person {}\n\n@ChildEntity()\nclass Poet extends Person {}\n\n`,
        `@Entity()\n@TableInheritance({ column: 'type' })\nclass Event {\n${ID}}\n\n`,
        '@ChildEntity()\nclass Reading extends Event {\n  @ManyToOne(() => Writer)\n  guest!: Writer;\n}\n\n',
        '@ChildEntity()\nclass Signing extends Event {\n  @ManyToOne(() => Poet)\n  guest!: Poet;\n}\n',
      ),
    ],
    ['duplicate-table', 'another schema', one(`@Entity({ name: 'author', schema: 'old' })\nclass OldAuthor {\n${ID}}\n\n`, AUTHOR)],
    [
      'duplicate-table',
      'children of one table',
      one(
        `@Entity()\n@TableInheritance({ column: 'type' })\nclass Person {\n${ID}}\n\n@ChildEntity()\nclass Writer extends Person {}\n\n@ChildEntity()\nclass Poet extends Person {}\n`,
      ),
    ],
    [
      'sti-property-clash',
      'both lead to one entity',
      one(
        AUTHOR,
        `@Entity()\n@TableInheritance({ column: 'type' })\nclass Event {\n${ID}}\n\n`,
        '@ChildEntity()\nclass Reading extends Event {\n  @ManyToOne(() => Author)\n  author!: Author;\n}\n\n',
        '@ChildEntity()\nclass Signing extends Event {\n  @ManyToOne(() => Author)\n  author!: Author;\n}\n',
      ),
    ],
    [
      'jointable-shared',
      'the two sides of one many-to-many',
      one(
        `@Entity()\nexport class Author {\n${ID}\n  @ManyToMany(() => Book, (book) => book.authors)\n  books!: Book[];\n}\n\n`,
        book("@ManyToMany(() => Author, (author) => author.books)\n@JoinTable({ name: 'authorship' })\nauthors!: Author[];"),
      ),
    ],
    [
      'jointable-shared',
      'one many-to-many told from both ends, column by column',
      one(
        `@Entity()\nexport class Author {\n${ID}\n  @ManyToMany(() => Book)\n  @JoinTable({ name: 'authorship', joinColumn: { name: 'author' }, inverseJoinColumn: { name: 'book' } })\n  books!: Book[];\n}\n\n`,
        book(
          "@ManyToMany(() => Author)\n@JoinTable({ name: 'authorship', joinColumn: { name: 'book' }, inverseJoinColumn: { name: 'author' } })\nauthors!: Author[];",
        ),
      ),
    ],
    [
      'jointable-shared',
      'two versions of one entity, which no DataSource could load together',
      {
        'basic/entities.ts': `${HEAD}${AUTHOR}${book('@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Author[];')}`,
        'paging/entities.ts': `${HEAD}${AUTHOR}${book('@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Author[];')}`,
      },
    ],
    [
      'fk-referenced-not-unique',
      'a unique column',
      one(AUTHOR, book("@ManyToOne(() => Author)\n@JoinColumn({ referencedColumnName: 'code' })\nauthor!: Author;")),
    ],
    [
      'm2o-unique',
      'unique with another column',
      one(
        AUTHOR,
        book('@ManyToOne(() => Author)\nauthor!: Author;', '@Column()\ntitle!: string;').replace(
          '@Entity()\nexport class Book',
          "@Entity()\n@Index(['author', 'title'], { unique: true })\nexport class Book",
        ),
      ),
    ],
    [
      'index-redundant',
      'an index of several columns',
      one(book('@Column({ unique: true })\nisbn!: string;', '@Column()\nyear!: number;').replace('@Entity()', "@Entity()\n@Index(['isbn', 'year'])")),
    ],
    [
      'index-redundant',
      'an index of some rows only, which is smaller than the key',
      one(book().replace('@Entity()', "@Entity()\n@Index(['id'], { where: 'sold = false' })")),
    ],
    [
      'm2m-ondelete-half',
      'CASCADE on both by default',
      one(AUTHOR, book("@ManyToMany(() => Author, { onDelete: 'CASCADE' })\n@JoinTable()\nauthors!: Author[];")),
    ],
    [
      'eager-fanout',
      'five to-one relations',
      one(AUTHOR, book(...[1, 2, 3, 4, 5].map((n) => `@ManyToOne(() => Author, { eager: true })\nauthor${n}!: Author;`))),
    ],
    ['tree-incomplete', 'a plain self-relation', one(book('@ManyToOne(() => Book)\nparent!: Book;'))],
  ];

  test.each(silent)('%s: %s', (rule, _why, files) => {
    expect(lint(files).of(rule)).toEqual([]);
  });

  test('duplicate-table: entities of different packages, and of different apps of one', () => {
    const files: Files = {
      'packages/shop/author.ts': HEAD + AUTHOR,
      'packages/blog/writer.ts': `${HEAD}@Entity('author')\nexport class Writer {\n${ID}}\n`,
    };
    expect(lint(files).of('duplicate-table')).toHaveLength(2);
    expect(lint(files, { packageOf: (file) => file.split('/').slice(0, 4).join('/') }).of('duplicate-table')).toEqual([]);
    const apps = Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace('packages', 'apps'), text]));
    expect(lint(apps).of('duplicate-table')).toEqual([]);
  });
});

describe('children of one table with a relation of one name', () => {
  const child = (name: string, collection: string, index: string): string =>
    `@ChildEntity()\nclass ${name} extends Movement {\n${index}  @ManyToOne(() => Line, (line) => line.${collection})\n  line!: Line;\n}\n\n`;
  const movements = (first: string, second: string): Files =>
    one(
      `@Entity()\n@TableInheritance({ column: 'type' })\nclass Movement {\n${ID}}\n\n`,
      child('Allocation', 'allocations', first),
      child('Cancellation', 'cancellations', second),
      `@Entity()\nclass Line {\n${ID}\n  @OneToMany(() => Allocation, (each) => each.line)\n  allocations!: Allocation[];\n\n  @OneToMany(() => Cancellation, (each) => each.line)\n  cancellations!: Cancellation[];\n}\n`,
    );
  const index = '  @Index()\n';

  test.each([
    ['the first', movements(index, '')],
    ['the second', movements('', index)],
  ])('an index of %s is one of the table', (_which, files) => {
    expect(lint(files).of('fk-no-index')).toEqual([]);
  });

  test('without any, it is missed once', () => {
    expect(lint(movements('', '')).of('fk-no-index')).toMatchObject([{ message: expect.stringContaining('Allocation.line (movement.lineId)') }]);
  });

  test('both name their collections, whichever of them TypeORM keeps', () => {
    expect(lint(movements(index, '')).of('inverse-asymmetric')).toEqual([]);
  });
});

describe('an index serves a foreign key', () => {
  const indexed = (decorator: string): Files =>
    one(AUTHOR, book('@ManyToOne(() => Author)\nauthor!: Author;\n@Column()\ngenre!: string;').replace('@Entity()', `@Entity()\n${decorator}`));

  test.each([
    "@Index(['author'])",
    "@Index(['author', 'genre'])",
    "@Unique(['author', 'genre'])",
    '@Index((book: Book) => [book.author, book.genre])',
  ])('that begins with it: %s', (decorator) => {
    expect(lint(indexed(decorator)).of('fk-no-index')).toEqual([]);
  });

  test.each(["@Index(['genre', 'author'])", "@Unique(['genre', 'author'])"])('and none that begins with another column: %s', (decorator) => {
    expect(lint(indexed(decorator)).of('fk-no-index')).toMatchObject([
      { message: expect.stringContaining('Book.author (book.authorId) is in an index that begins with genre, and in none that begins with it') },
    ]);
  });

  test('and none of another column', () => {
    expect(lint(indexed("@Index(['genre'])")).of('fk-no-index')).toMatchObject([
      { message: expect.stringContaining('Book.author (book.authorId) has no index') },
    ]);
  });
});

test('MySQL indexes foreign keys, but no column without a constraint', () => {
  const keyed = (options: string): Files => one(AUTHOR, book(`@ManyToOne(() => Author${options})\nauthor!: Author;`));
  expect(lint(keyed(''), { indexesForeignKeys: true }).of('fk-no-index')).toEqual([]);
  expect(lint(keyed(', { createForeignKeyConstraints: false }'), { indexesForeignKeys: true }).of('fk-no-index')).toHaveLength(1);
});

test('index-redundant takes the decorator away, with its import', () => {
  const mended = lint(one(book('@Index()\n@Column({ unique: true })\nisbn!: string;'))).fix('index-redundant');
  expect(mended.left).toEqual([]);
  expect(mended.files['entities.ts']).toContain('\n  @Column({ unique: true })\n  isbn!: string;');
  expect(mended.files['entities.ts']).not.toContain('Index');
});

test('eager-fanout counts collections alone as what they are', () => {
  const collection = (name: string): string =>
    `@ManyToMany(() => Author, { eager: true })\n@JoinTable({ name: 'book_${name}' })\n${name}!: Author[];`;
  expect(lint(one(AUTHOR, book(collection('writers'), collection('readers')))).of('eager-fanout')).toMatchObject([
    { message: expect.stringContaining('Every find of Book joins 2 eager collections, whose rows multiply: writers, readers.') },
  ]);
});

test('duplicate-table is silent of a class that only types the rows of a query: without a key, TypeORM never loads it', () => {
  const stats = "@Entity({ name: 'author' })\nclass AuthorStats {\n  @Column()\n  books!: number;\n}\n";
  expect(lint(one(AUTHOR, stats)).of('duplicate-table')).toEqual([]);
  const picture = stats.replace('  @Column()', '  @PrimaryColumn()');
  expect(lint(one(AUTHOR, picture)).of('duplicate-table')).toHaveLength(2);
});
