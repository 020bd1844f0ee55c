/** What docs/rules/<id>.md says of each rule, with the wrong and the right code that the test runs through the rules. */
export interface RuleExample {
  readonly author?: readonly string[];
  readonly book?: readonly string[];
  /** Instead of the two classes: whole files. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of the files: those that the page shows; absent: all. */
  readonly shown?: readonly string[];
}

export interface RulePage {
  readonly what: string;
  readonly why: string;
  /** TypeORM's file, documentation or issue that shows it. */
  readonly source: string;
  readonly wrong: RuleExample;
  readonly right: RuleExample;
  /** Severity where it depends. */
  readonly note?: string;
}

const books = (rest = ''): string => `@OneToMany(() => Book, (book) => book.author${rest})\nbooks!: Book[];`;
const author = (rest = ''): string => `@Index()\n@ManyToOne(() => Author, (author) => author.books${rest})\nauthor!: Author;`;
const family: RuleExample = { author: [books()], book: [author()] };
const oneBook = (before = '', rest = ''): string => `${before}@OneToOne(() => Book, (book) => book.author${rest})\nbook!: Book;`;
const oneAuthor = (before = '', rest = ''): string => `${before}@OneToOne(() => Author, (author) => author.book${rest})\nauthor!: Author;`;
const pair: RuleExample = { author: [oneBook()], book: [oneAuthor('@JoinColumn()\n')] };
const manyBooks = (before = '', rest = ''): string => `${before}@ManyToMany(() => Book, (book) => book.authors${rest})\nbooks!: Book[];`;
const manyAuthors = (before = '', rest = ''): string => `${before}@ManyToMany(() => Author, (author) => author.books${rest})\nauthors!: Author[];`;
const shared: RuleExample = { author: [manyBooks()], book: [manyAuthors('@JoinTable()\n')] };
const entity = (name: string, body: string, extra = ''): string =>
  `import { Column, ChildEntity, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, TableInheritance, ManyToOne, JoinColumn } from 'typeorm';\n\n${extra}@Entity()\nexport class ${name} {\n${body
    .split('\n')
    .map((line) => (line ? `  ${line}` : ''))
    .join('\n')}\n}\n`;
const ID = '@PrimaryGeneratedColumn()\nid!: number;';

/** Code that uses Author, with its books, each with its title. */
const use = (...lines: readonly string[]): RuleExample => ({
  files: {
    'entities.ts': `import { ${EVERYTHING} } from 'typeorm';\n\n${cls('class Author', ID, '@Column()\nname!: string;', books())}\n\n${cls('class Book', ID, '@Column()\ntitle!: string;', author())}\n`,
    'service.ts': `import { DataSource, EntityManager, Repository } from 'typeorm';\nimport { Author, Book } from './entities';\n\n${lines.join('\n')}\n`,
  },
  shown: ['service.ts'],
});

/** Whole entities in one file, with everything imported that examples need. */
const EVERYTHING =
  'ChildEntity, Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, TableInheritance, Tree, TreeChildren, TreeParent, Unique';
const file = (...classes: readonly string[]): RuleExample => ({
  files: { 'entities.ts': `import { ${EVERYTHING} } from 'typeorm';\n\n${classes.join('\n\n')}\n` },
});
/** The same where TypeScript is strict. */
const strict = (...classes: readonly string[]): RuleExample => ({
  files: { 'tsconfig.json': '{ "compilerOptions": { "strict": true } }', ...file(...classes).files },
  shown: ['entities.ts'],
});
const cls = (head: string, ...members: readonly string[]): string =>
  `${head.includes('@') ? '' : '@Entity()\n'}${head.replace(/(^|\n)class /, '$1export class ')} {\n${members.map((text) => text.replace(/^/gm, '  ')).join('\n\n')}\n}`;
const AUTHOR = cls('class Author', ID);
const PLACE = cls('class Place', '@PrimaryColumn()\nfloor!: number;', '@PrimaryColumn()\nroom!: number;');

export const rulePages: Readonly<Record<string, RulePage>> = {
  'inverse-unknown-property': {
    what: 'The inverse side names a property that the target does not have.',
    why: 'TypeORM looks the inverse up by name when it builds its metadata; where there is none, it joins by columns of `undefined` and stops with an error that names neither side.',
    source: '`RelationMetadata.buildInverseSidePropertyPath`; typeorm issues 2503, 3148',
    wrong: { author: ['@OneToMany(() => Book, (book) => book.writer)\nbooks!: Book[];'], book: [author()] },
    right: family,
  },
  'inverse-not-a-relation': {
    what: 'The inverse side names a column or another plain property of the target.',
    why: 'A relation that leads back is needed there: without one, TypeORM has no foreign key to join by.',
    source: '`EntityMetadataBuilder.computeInverseProperties`',
    wrong: { author: ['@OneToMany(() => Book, (book) => book.title)\nbooks!: Book[];'], book: ['@Column()\ntitle!: string;', author()] },
    right: { author: [books()], book: ['@Column()\ntitle!: string;', author()] },
  },
  'inverse-kind-mismatch': {
    what: 'The two sides do not fit each other: a one-to-many needs a many-to-one, a one-to-one and a many-to-many their like.',
    why: 'The kinds say who holds the foreign key. Two that do not fit speak of two different tables, and one of them is wrong.',
    source: '`EntityMetadataValidator`; docs: Relations',
    wrong: { author: [books()], book: ['@JoinColumn()\n@OneToOne(() => Author, (author) => author.books)\nauthor!: Author;'] },
    right: family,
  },
  'missing-inverse': {
    what: 'The relation is defined on one side only.',
    why: 'That works, but the other entity can then neither load nor join it. A hint: the quick fix writes the other side, with its import.',
    source: 'docs: Many-to-one / one-to-many relations',
    wrong: { author: [], book: ['@Index()\n@ManyToOne(() => Author)\nauthor!: Author;'] },
    right: family,
  },
  'o2o-no-joincolumn': {
    what: 'Neither side of a one-to-one has `@JoinColumn()`.',
    why: 'Without an owner no table has the foreign key: loading gives nothing, and saving stores nothing.',
    source: 'docs: One-to-one relations; `RelationMetadata.isOneToOneOwner`',
    wrong: { author: [oneBook()], book: [oneAuthor()] },
    right: pair,
  },
  'o2o-joincolumn-both': {
    what: 'Both sides of a one-to-one have `@JoinColumn()`.',
    why: 'There are then two foreign keys for one relation, and nothing keeps them equal.',
    source: 'docs: One-to-one relations',
    wrong: { author: [oneBook('@JoinColumn()\n')], book: [oneAuthor('@JoinColumn()\n')] },
    right: pair,
  },
  'm2m-no-jointable': {
    what: 'Neither side of a many-to-many has `@JoinTable()`.',
    why: 'The junction table belongs to the side that has it; without one there is no table, and the first load fails.',
    source: 'docs: Many-to-many relations; typeorm issue 161',
    wrong: { author: [manyBooks()], book: [manyAuthors()] },
    right: shared,
  },
  'm2m-jointable-both': {
    what: 'Both sides of a many-to-many have `@JoinTable()`.',
    why: 'Each side then has a junction table of its own: what one saves, the other does not see.',
    source: 'docs: Many-to-many relations',
    wrong: { author: [manyBooks('@JoinTable()\n')], book: [manyAuthors('@JoinTable()\n')] },
    right: shared,
  },
  'joincolumn-on-m2m': {
    what: '`@JoinColumn` stands on a many-to-many.',
    why: 'A many-to-many has its columns in the junction table, which `@JoinTable` describes; `@JoinColumn` does nothing.',
    source: '`EntityMetadataBuilder`: join columns are read of to-one relations',
    wrong: { author: [manyBooks('@JoinColumn()\n')], book: [manyAuthors('@JoinTable()\n')] },
    right: shared,
  },
  'jointable-on-non-m2m': {
    what: '`@JoinTable` stands on something else than a many-to-many.',
    why: 'Only a many-to-many has a junction table; elsewhere the decorator does nothing.',
    source: '`EntityMetadataBuilder`: join tables are read of many-to-many relations',
    wrong: { author: [books()], book: [`@JoinTable()\n${author()}`] },
    right: family,
  },
  'joincolumn-on-o2m': {
    what: '`@JoinColumn` stands on a one-to-many.',
    why: 'The foreign key is on the many-to-one side, and only there is `@JoinColumn` read.',
    source: 'docs: Relations, `@JoinColumn`',
    wrong: { author: [`@JoinColumn({ name: 'author_id' })\n${books()}`], book: [author()] },
    right: { author: [books()], book: [`@JoinColumn({ name: 'author_id' })\n${author()}`] },
  },
  'column-and-relation': {
    what: '`@Column` and a relation stand on one property.',
    why: 'TypeORM makes a column of the relation’s name beside the foreign key, and reads and writes the wrong one.',
    source: '`ColumnMetadataArgs` and `RelationMetadataArgs` are read independently',
    wrong: { author: [books()], book: [`@Column()\n${author()}`] },
    right: family,
  },
  'array-initializer': {
    what: 'A relation’s property is initialised with an array.',
    why: 'An entity that was loaded without the relation would look as if it had no rows, and saving it would remove them all. TypeORM refuses to start.',
    source: '`InitializedRelationError`; docs: Relations FAQ',
    wrong: { author: [books().replace('Book[];', 'Book[] = [];').replace('books!', 'books')], book: [author()] },
    right: family,
  },
  'fk-no-index': {
    what: 'The foreign key of a many-to-one has no index.',
    why: 'TypeORM makes none, and of the databases only MySQL and MariaDB do. Loading a collection or deleting its parent then reads the whole table. An index that begins with another column does not help: rows are found by what an index begins with.',
    source: 'typeorm issue 7118',
    wrong: { author: [books()], book: [author().replace('@Index()\n', '')] },
    right: family,
  },
  'ondelete-on-inverse': {
    what: '`onDelete` stands on the side without the foreign key.',
    why: 'It is part of the foreign key, so only the owning side’s is read: the database keeps `NO ACTION`.',
    source: 'typeorm issue 3059; `ForeignKeyMetadata`',
    note: 'error; warning where the other side says something else; hint where it says the same',
    wrong: { author: [books(", { onDelete: 'CASCADE' }")], book: [author()] },
    right: { author: [books()], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  'setnull-not-null': {
    what: '`SET NULL` on a foreign key that may not be null.',
    why: 'Deleting the parent then fails in the database, with an error that does not name the relation.',
    source: 'SQL: `ON DELETE SET NULL`; docs: Relation options',
    wrong: { author: [books()], book: [author(", { nullable: false, onDelete: 'SET NULL' }")] },
    right: { author: [books()], book: [author(", { onDelete: 'SET NULL' }")] },
  },
  'cascade-remove-both': {
    what: 'Both sides cascade removal.',
    why: 'Removing either would remove the other, which removes the first: TypeORM refuses to start.',
    source: '`EntityMetadataValidator`, circular cascades',
    wrong: { author: [oneBook('', ", { cascade: ['remove'] }")], book: [oneAuthor('@JoinColumn()\n', ", { cascade: ['remove'] }")] },
    right: { author: [oneBook('', ", { cascade: ['remove'] }")], book: [oneAuthor('@JoinColumn()\n', ", { onDelete: 'CASCADE' }")] },
  },
  'm2m-cascade-remove': {
    what: 'A many-to-many cascades removal.',
    why: 'Since 1.0 removing one row removes the rows at its other end too, which others still share; only the links should go.',
    source: 'TypeORM 1.0 release notes; `CascadesSubjectBuilder`',
    wrong: { author: [manyBooks('', ", { cascade: ['remove'] }")], book: [manyAuthors('@JoinTable()\n')] },
    right: shared,
  },
  'cascade-remove-on-m2o': {
    what: 'A child cascades removal to its parent.',
    why: 'Removing one book removes its author, whatever other books the author has.',
    source: 'docs: Cascades',
    wrong: { author: [books()], book: [author(", { cascade: ['remove'] }")] },
    right: family,
  },
  'cascade-remove-without-ondelete': {
    what: 'TypeORM cascades the removal, the database does not.',
    why: 'TypeORM removes only what is loaded. Rows that are not, or a `delete()` that goes past the cascade, meet the foreign key and fail.',
    source: 'typeorm issues 1913, 5805; docs: Cascades',
    wrong: { author: [books(", { cascade: ['remove'] }")], book: [author()] },
    right: { author: [books(", { cascade: ['remove'] }")], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  'cascade-invalid-value': {
    what: '`cascade` holds a word that TypeORM does not know.',
    why: 'It is compared with five words and ignored otherwise: nothing cascades, and nothing says so.',
    source: '`RelationMetadata`, constructor',
    wrong: { author: [books(", { cascade: ['delete'] as never }")], book: [author(", { onDelete: 'CASCADE' }")] },
    right: { author: [books(", { cascade: ['remove'] }")], book: [author(", { onDelete: 'CASCADE' }")] },
  },
  'orphan-on-wrong-side': {
    what: '`orphanedRowAction` stands on the one-to-many side.',
    why: 'It is read from the many-to-one side only, so orphans are un-linked instead of deleted.',
    source: 'typeorm issue 12033; `OneToManySubjectBuilder`',
    wrong: { author: [books(", { orphanedRowAction: 'delete' }")], book: [author()] },
    right: { author: [books()], book: [author(", { orphanedRowAction: 'delete' }")] },
  },
  'orphan-nullify-not-null': {
    what: 'Un-linking a child would set a foreign key to NULL that may not be NULL.',
    why: 'Saving a parent with one child less fails in the database, unless `orphanedRowAction` says what to do with the orphan.',
    source: '`OneToManySubjectBuilder`; typeorm issue 1351',
    wrong: { author: [books(', { cascade: true }')], book: [author(", { nullable: false, onDelete: 'CASCADE' }")] },
    right: { author: [books(', { cascade: true }')], book: [author(", { nullable: false, onDelete: 'CASCADE', orphanedRowAction: 'delete' }")] },
    note: 'warning since 1.0, error before',
  },
  'eager-cycle': {
    what: 'Eager relations lead back to where they began.',
    why: 'Each find would load the other for ever: TypeORM refuses to start, or overflows the stack.',
    source: '`EntityMetadataValidator`; typeorm issue 1573',
    wrong: { author: [oneBook('', ', { eager: true }')], book: [oneAuthor('@JoinColumn()\n', ', { eager: true }')] },
    right: { author: [oneBook()], book: [oneAuthor('@JoinColumn()\n', ', { eager: true }')] },
  },
  'eager-to-many': {
    what: 'A collection is eager.',
    why: 'Every find of the entity loads it, wanted or not, and joins it: rows multiply. Name it in `relations` where it is needed.',
    source: 'docs: Eager and lazy relations; typeorm issues 1478, 8292',
    wrong: { author: [books(', { eager: true }')], book: [author()] },
    right: family,
  },
  'eager-and-lazy': {
    what: 'A relation is eager and lazy.',
    why: 'It is loaded with every find and wrapped in a promise on top: the worst of both.',
    source: 'docs: Eager and lazy relations',
    wrong: { author: [books(', { eager: true }').replace('Book[]', 'Promise<Book[]>')], book: [author()] },
    right: { author: [books().replace('Book[]', 'Promise<Book[]>')], book: [author()] },
  },
  'no-primary-column': {
    what: 'An entity has no primary column.',
    why: 'TypeORM cannot tell its rows apart and refuses to start.',
    source: '`MissingPrimaryColumnError`',
    wrong: { files: { 'note.ts': entity('Note', '@Column()\ntext!: string;') } },
    right: { files: { 'note.ts': entity('Note', `${ID}\n\n@Column()\ntext!: string;`) } },
  },
  'primary-nullable': {
    what: 'A primary column may be null.',
    why: 'No database allows it; TypeORM refuses to start.',
    source: '`PrimaryColumnCannotBeNullableError`',
    wrong: { files: { 'note.ts': entity('Note', '@PrimaryColumn({ nullable: true } as never)\nid!: string;') } },
    right: { files: { 'note.ts': entity('Note', '@PrimaryColumn()\nid!: string;') } },
  },
  'index-unknown-column': {
    what: 'An index names a property that the entity does not have.',
    why: 'TypeORM refuses to start with an error at run time.',
    source: '`IndexMetadata.build`',
    wrong: { files: { 'note.ts': entity('Note', `${ID}\n\n@Column()\ntext!: string;`, "@Index(['title'])\n") } },
    right: { files: { 'note.ts': entity('Note', `${ID}\n\n@Column()\ntext!: string;`, "@Index(['text'])\n") } },
  },
  'inverse-wrong-target': {
    what: 'The inverse side leads to a third entity.',
    why: 'TypeORM joins by the foreign key of the relation that is named, and so returns rows of the wrong parent.',
    source: '`RelationMetadata.inverseRelation`; typeorm issue 6875',
    wrong: {
      author: ['@OneToMany(() => Book, (book) => book.editor)\nbooks!: Book[];'],
      book: ['@Index()\n@ManyToOne(() => Book)\neditor!: Book;', '@Index()\n@ManyToOne(() => Author)\nauthor!: Author;'],
    },
    right: { author: [books()], book: ['@Index()\n@ManyToOne(() => Book)\neditor!: Book;', author()] },
  },
  'inverse-asymmetric': {
    what: 'The inverse side names yet another relation as its own inverse.',
    why: 'Each side then speaks of another relation, and a change on one is not seen on the other.',
    source: '`EntityMetadataBuilder.computeInverseProperties`',
    wrong: {
      author: [books(), '@OneToMany(() => Book, (book) => book.editor)\nedited!: Book[];'],
      book: [
        '@Index()\n@ManyToOne(() => Author, (author) => author.edited)\nauthor!: Author;',
        '@Index()\n@ManyToOne(() => Author, (author) => author.edited)\neditor!: Author;',
      ],
    },
    right: {
      author: [books(), '@OneToMany(() => Book, (book) => book.editor)\nedited!: Book[];'],
      book: [author(), '@Index()\n@ManyToOne(() => Author, (author) => author.edited)\neditor!: Author;'],
    },
  },
  'inverse-shared': {
    what: 'Two relations name one inverse side.',
    why: 'The inverse can stand for one foreign key only: the rows of the second are never seen through it.',
    source: '`RelationMetadata.inverseRelation` holds one relation',
    wrong: { author: [books()], book: [author(), '@Index()\n@ManyToOne(() => Author, (author) => author.books)\neditor!: Author;'] },
    right: { author: [books()], book: [author(), '@Index()\n@ManyToOne(() => Author)\neditor!: Author;'] },
  },
  'o2m-without-inverse': {
    what: 'A one-to-many names no many-to-one.',
    why: 'It has no foreign key of its own: without the other side there is nothing to load by, and TypeORM stops with an error.',
    source: 'docs: `@OneToMany` cannot exist without `@ManyToOne`; `RelationMetadata.build`',
    wrong: { author: ['@OneToMany(() => Book)\nbooks!: Book[];'], book: [author().replace(', (author) => author.books', '')] },
    right: family,
  },
  'inverse-one-sided': {
    what: 'A many-to-many owner does not name the side that names it.',
    why: 'TypeORM then takes the two for two relations, and the junction table’s columns are not shared.',
    source: '`JunctionEntityMetadataBuilder`',
    wrong: { author: [manyBooks()], book: ['@ManyToMany(() => Author)\n@JoinTable()\nauthors!: Author[];'] },
    right: shared,
  },
  'non-owner-without-inverse': {
    what: 'A side without foreign key or junction table does not name the owner.',
    why: 'It has nothing to load by.',
    source: '`RelationMetadata.isOwning`',
    wrong: { author: ['@OneToOne(() => Book)\nbook!: Book;'], book: [oneAuthor('@JoinColumn()\n')] },
    right: pair,
  },
  'target-not-entity': {
    what: 'The target of a relation is no entity that could be found.',
    why: 'TypeORM stops with “Entity metadata for Book#author was not found”, whatever the cause: a missing `@Entity()`, a type import, a class that is not exported.',
    source: 'typeorm issue 420 and its many likes',
    wrong: { author: [], book: ["@Index()\n@ManyToOne('Writer')\nauthor!: Author;"] },
    right: { author: [], book: ["@Index()\n@ManyToOne('Author')\nauthor!: Author;"] },
  },
  'fk-referenced-unknown': {
    what: '`referencedColumnName` names a column that the target does not have.',
    why: 'TypeORM refuses to start: the foreign key has nothing to point to.',
    source: '`RelationJoinColumnBuilder`',
    wrong: { author: [], book: ["@ManyToOne(() => Author)\n@JoinColumn({ referencedColumnName: 'code' })\nauthor!: Author;"] },
    right: { author: [], book: ["@ManyToOne(() => Author)\n@JoinColumn({ referencedColumnName: 'id' })\nauthor!: Author;"] },
  },
  'relation-ts-type-mismatch': {
    what: 'A collection is typed as one entity, or one entity as an array.',
    why: 'TypeORM loads what the decorator says, and the compiler believes the type: `book.author.map(…)` compiles and fails at run time.',
    source: '`RelationMetadata.isOneToMany` and its likes decide between an array and an object in `RawSqlResultsToEntityTransformer`',
    wrong: { author: [books()], book: [author().replace('author!: Author;', 'author!: Author[];')] },
    right: family,
  },
  'lazy-without-promise': {
    what: 'A lazy relation is typed as if it were loaded.',
    why: 'Reading it gives a Promise all the same. `book.author.name` compiles and is always `undefined`.',
    source: '`RelationLoader.enableLazyLoad`; docs: Eager and lazy relations',
    wrong: { author: [books()], book: [author(', { lazy: true }')] },
    right: { author: [books()], book: [author(', { lazy: true }').replace('author!: Author', 'author!: Promise<Author>')] },
  },
  'duplicate-association': {
    what: 'Two relations lead to one entity over one foreign key.',
    why: 'They are one relation under two names: what is set on one is overwritten by the other at the next save.',
    source: '`RelationJoinColumnBuilder`: a column of that name is used again',
    wrong: { author: [books()], book: [author(), "@ManyToOne(() => Author)\n@JoinColumn({ name: 'authorId' })\nwriter!: Author;"] },
    right: { author: [books()], book: [author(), "@ManyToOne(() => Author)\n@JoinColumn({ name: 'editorId' })\neditor!: Author;"] },
  },
  'm2o-unique': {
    what: 'The foreign key of a many-to-one is unique.',
    why: 'The other side’s array never has more than one element. A one-to-one says so, in the types too.',
    source: 'docs: One-to-one relations; Django’s check fields.W342',
    wrong: file(AUTHOR, cls('class Book', ID, '@Index({ unique: true })\n@ManyToOne(() => Author)\nauthor!: Author;')),
    right: file(AUTHOR, cls('class Book', ID, '@OneToOne(() => Author)\n@JoinColumn()\nauthor!: Author;')),
  },
  'relation-to-sti-child': {
    what: 'A relation leads to one child of a single-table inheritance.',
    why: 'Its foreign key leads to the table that all children share: the database takes the id of any of them. A hint only.',
    source: '`EntityMetadata.tablePath` of a child is its parent’s; `discriminatorColumn` is no part of a foreign key',
    wrong: file(
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Person", ID),
      cls('@ChildEntity()\nclass Writer extends Person'),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Writer)\nwriter!: Writer;'),
    ),
    right: file(
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Person", ID),
      cls('@ChildEntity()\nclass Writer extends Person'),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Person)\nwriter!: Person;'),
    ),
  },
  'sti-property-clash': {
    what: 'Two children of a single-table inheritance have a relation of one name to different entities.',
    why: 'They share a column in the one table, and only one foreign key is made: saving the other child breaks it.',
    source: '`EntityMetadataBuilder` merges the columns of children into the parent’s table by name',
    wrong: file(
      AUTHOR,
      PLACE.replace('@PrimaryColumn()\n  floor', '@Column()\n  floor'),
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Event", ID),
      cls('@ChildEntity()\nclass Reading extends Event', "@ManyToOne(() => Author)\n@JoinColumn({ name: 'subjectId' })\nsubject!: Author;"),
      cls('@ChildEntity()\nclass Fair extends Event', "@ManyToOne(() => Place)\n@JoinColumn({ name: 'subjectId' })\nsubject!: Place;"),
    ),
    right: file(
      AUTHOR,
      PLACE.replace('@PrimaryColumn()\n  floor', '@Column()\n  floor'),
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Event", ID),
      cls('@ChildEntity()\nclass Reading extends Event', '@ManyToOne(() => Author)\nreader!: Author;'),
      cls('@ChildEntity()\nclass Fair extends Event', '@ManyToOne(() => Place)\nplace!: Place;'),
    ),
  },
  'tree-incomplete': {
    what: 'A tree lacks its parent or its children, or the `@Tree` above it.',
    why: '`TreeRepository` reads and writes a tree by both; without one it fails on `undefined` at the first call.',
    source: '`TreeRepository.createDescendantsQueryBuilder`, `EntityMetadata.treeParentRelation`; docs: Tree entities',
    note: 'error; warning where only `@Tree` is missing',
    wrong: file(cls("@Entity()\n@Tree('closure-table')\nclass Genre", ID, '@TreeParent()\nparent!: Genre;')),
    right: file(cls("@Entity()\n@Tree('closure-table')\nclass Genre", ID, '@TreeParent()\nparent!: Genre;', '@TreeChildren()\nchildren!: Genre[];')),
  },
  'duplicate-table': {
    what: 'Two entities have one table.',
    why: 'The first `synchronize()` merges their columns. Each later one drops and adds them again, and the data is gone.',
    source: '`RdbmsSchemaBuilder.dropRemovedColumns`: a column that the one entity does not have is dropped',
    wrong: file(cls("@Entity('book')\nclass Book", ID), cls("@Entity('book')\nclass Novel", ID)),
    right: file(cls("@Entity('book')\nclass Book", ID), cls("@Entity('novel')\nclass Novel", ID)),
  },
  'duplicate-db-column': {
    what: 'Two properties have one column in the database.',
    why: 'Making the schema fails with “duplicate column name”; on an existing one, one of the two values is lost at each save.',
    source: '`Table.create` takes the columns of the metadata as they are',
    wrong: file(cls('class Book', ID, "@Column({ name: 'title' })\ntitle!: string;", "@Column({ name: 'title' })\nheading!: string;")),
    right: file(cls('class Book', ID, "@Column({ name: 'title' })\ntitle!: string;", "@Column({ name: 'heading' })\nheading!: string;")),
  },
  'jointable-equals-entity-table': {
    what: 'The junction table of a many-to-many is an entity’s table.',
    why: 'TypeORM makes both from different columns. A link with columns of its own is an entity, and the relations lead to it.',
    source: 'typeorm issues 1224, 3148; `JunctionEntityMetadataBuilder`',
    wrong: file(
      AUTHOR,
      cls("@Entity('authorship')\nclass Authorship", ID, '@Column()\nshare!: number;'),
      cls('class Book', ID, "@ManyToMany(() => Author)\n@JoinTable({ name: 'authorship' })\nauthors!: Author[];"),
    ),
    right: file(
      AUTHOR,
      cls(
        "@Entity('authorship')\nclass Authorship",
        ID,
        '@Column()\nshare!: number;',
        '@Index()\n@ManyToOne(() => Author)\nauthor!: Author;',
        '@Index()\n@ManyToOne(() => Book, (book) => book.authorships)\nbook!: Book;',
      ),
      cls('class Book', ID, '@OneToMany(() => Authorship, (authorship) => authorship.book)\nauthorships!: Authorship[];'),
    ),
  },
  'jointable-shared': {
    what: 'Two many-to-manys have one junction table.',
    why: 'Each sees the other’s links as its own, and removes them.',
    source: '`JunctionEntityMetadataBuilder`: one table per owner, by its name; typeorm issue 10643',
    wrong: file(
      AUTHOR,
      cls(
        'class Book',
        ID,
        "@ManyToMany(() => Author)\n@JoinTable({ name: 'book_people' })\nauthors!: Author[];",
        "@ManyToMany(() => Author)\n@JoinTable({ name: 'book_people' })\neditors!: Author[];",
      ),
    ),
    right: file(
      AUTHOR,
      cls(
        'class Book',
        ID,
        "@ManyToMany(() => Author)\n@JoinTable({ name: 'book_authors' })\nauthors!: Author[];",
        "@ManyToMany(() => Author)\n@JoinTable({ name: 'book_editors' })\neditors!: Author[];",
      ),
    ),
  },
  'index-redundant': {
    what: 'A column with a key or a unique constraint has an index beside it.',
    why: 'Databases keep an index for each unique constraint; TypeORM makes the second one all the same.',
    source: '`EntityMetadataBuilder` makes indices and uniques independently',
    wrong: file(cls('class Book', ID, '@Index()\n@Column({ unique: true })\nisbn!: string;')),
    right: file(cls('class Book', ID, '@Column({ unique: true })\nisbn!: string;')),
  },
  'fk-duplicate-column': {
    what: 'The id property beside a relation is another column than its foreign key.',
    why: 'The table has both, and what is written to one is not in the other. TypeORM takes a column for the foreign key only where the names in the database are equal.',
    source: '`RelationJoinColumnBuilder`: `column.databaseName === joinColumnName`; typeorm issues 2651, 3603',
    wrong: file(
      AUTHOR,
      cls(
        'class Book',
        ID,
        '@Column()\nauthorId!: number;',
        "@Index()\n@ManyToOne(() => Author)\n@JoinColumn({ name: 'author_id' })\nauthor!: Author;",
      ),
    ),
    right: file(
      AUTHOR,
      cls(
        'class Book',
        ID,
        "@Column({ name: 'author_id' })\nauthorId!: number;",
        "@Index()\n@ManyToOne(() => Author)\n@JoinColumn({ name: 'author_id' })\nauthor!: Author;",
      ),
    ),
  },
  'fk-nullable-mismatch': {
    what: 'The relation says that it is always there, and its column may be NULL.',
    why: 'The column stays nullable. Since 1.0 TypeORM joins such a relation with an INNER JOIN, which leaves the rows with NULL out.',
    source: '`RelationJoinColumnBuilder` keeps the column; 1.0 upgrade guide on `nullable: false`',
    wrong: file(
      AUTHOR,
      cls(
        'class Book',
        ID,
        '@Column({ nullable: true })\nauthorId!: number;',
        '@Index()\n@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;',
      ),
    ),
    right: file(
      AUTHOR,
      cls('class Book', ID, '@Column()\nauthorId!: number;', '@Index()\n@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;'),
    ),
  },
  'fk-referenced-not-unique': {
    what: 'A foreign key references a column that is neither the key nor unique.',
    why: 'Databases refuse it: “foreign key mismatch” when rows are written, or an error when the schema is made.',
    source: '`RelationJoinColumnBuilder` takes any column; typeorm does not check',
    wrong: file(
      cls('class Author', ID, '@Column()\ncode!: string;'),
      cls('class Book', ID, "@Index()\n@ManyToOne(() => Author)\n@JoinColumn({ referencedColumnName: 'code' })\nauthor!: Author;"),
    ),
    right: file(
      cls('class Author', ID, '@Column({ unique: true })\ncode!: string;'),
      cls('class Book', ID, "@Index()\n@ManyToOne(() => Author)\n@JoinColumn({ referencedColumnName: 'code' })\nauthor!: Author;"),
    ),
  },
  'composite-joincolumn-incomplete': {
    what: 'One `@JoinColumn` with a name stands for a key of several columns.',
    why: 'TypeORM gives all of them the one name: `FOREIGN KEY ("place", "place")`.',
    source: '`RelationJoinColumnBuilder.collectColumns`; typeorm issues 806, 2088',
    wrong: file(PLACE, cls('class Event', ID, "@Index()\n@ManyToOne(() => Place)\n@JoinColumn({ name: 'place' })\nplace!: Place;")),
    right: file(
      PLACE,
      cls(
        'class Event',
        ID,
        "@Index()\n@ManyToOne(() => Place)\n@JoinColumn([\n  { name: 'floor', referencedColumnName: 'floor' },\n  { name: 'room', referencedColumnName: 'room' },\n])\nplace!: Place;",
      ),
    ),
  },
  'composite-partial-reference': {
    what: 'A foreign key references a part of a composite key.',
    why: 'A part is not unique: databases refuse the foreign key.',
    source: '`RelationJoinColumnBuilder` takes the columns that are named',
    wrong: file(
      PLACE,
      cls('class Event', ID, "@Index()\n@ManyToOne(() => Place)\n@JoinColumn({ name: 'floor', referencedColumnName: 'floor' })\nplace!: Place;"),
    ),
    right: file(PLACE, cls('class Event', ID, '@Index()\n@ManyToOne(() => Place)\nplace!: Place;')),
  },
  'no-fk-constraint': {
    what: '`onDelete` or `onUpdate` stands beside `createForeignKeyConstraints: false`.',
    why: 'Without a constraint nothing follows them: rows stay behind when their parent goes.',
    source: '`RelationJoinColumnBuilder.build`: no foreign key where `createForeignKeyConstraints` is false',
    wrong: { author: [books()], book: [author(", { createForeignKeyConstraints: false, onDelete: 'CASCADE' }")] },
    right: { author: [books()], book: [author(', { createForeignKeyConstraints: false }')] },
  },
  'm2m-ondelete-half': {
    what: 'A many-to-many’s `onDelete` holds for one of its two foreign keys.',
    why: 'The other takes that of the inverse side, and cascades where there is none: with RESTRICT written here, deleting the other entity removes the links all the same.',
    source: '`JunctionEntityMetadataBuilder`; typeorm issue 12870',
    wrong: { author: [], book: ["@ManyToMany(() => Author, { onDelete: 'RESTRICT' })\n@JoinTable()\nauthors!: Author[];"] },
    right: { author: [manyBooks('', ", { onDelete: 'RESTRICT' }")], book: [manyAuthors('@JoinTable()\n', ", { onDelete: 'RESTRICT' }")] },
  },
  'eager-fanout': {
    what: 'Eager relations add up: more than five joins, or two collections, for every `find`.',
    why: 'Whoever asks for the entity pays for all of it, and two collections multiply each other’s rows.',
    source: '`FindOptionsUtils.joinEagerRelations`; typeorm issues 3857, 4998',
    wrong: file(
      cls(
        'class Author',
        ID,
        '@OneToMany(() => Book, (book) => book.author, { eager: true })\nbooks!: Book[];',
        '@OneToMany(() => Award, (award) => award.author, { eager: true })\nawards!: Award[];',
      ),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Author, (author) => author.books)\nauthor!: Author;'),
      cls('class Award', ID, '@Index()\n@ManyToOne(() => Author, (author) => author.awards)\nauthor!: Author;'),
    ),
    right: file(
      cls(
        'class Author',
        ID,
        '@OneToMany(() => Book, (book) => book.author)\nbooks!: Book[];',
        '@OneToMany(() => Award, (award) => award.author)\nawards!: Award[];',
      ),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Author, (author) => author.books, { eager: true })\nauthor!: Author;'),
      cls('class Award', ID, '@Index()\n@ManyToOne(() => Author, (author) => author.awards)\nauthor!: Author;'),
    ),
  },
  'sti-discriminator': {
    what: 'A child entity has no root, or its discriminator value is another child’s.',
    why: 'TypeORM tells the rows of the one table apart by it, and refuses to start.',
    source: '`EntityMetadataValidator`: discriminator column and value',
    wrong: file(
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Person", ID),
      cls("@ChildEntity('writer')\nclass Writer extends Person"),
      cls("@ChildEntity('writer')\nclass Poet extends Person"),
    ),
    right: file(
      cls("@Entity()\n@TableInheritance({ column: 'type' })\nclass Person", ID),
      cls("@ChildEntity('writer')\nclass Writer extends Person"),
      cls("@ChildEntity('poet')\nclass Poet extends Person"),
    ),
  },
  'non-null-cycle': {
    what: 'Owning relations that may not be null lead around in a circle.',
    why: 'No row could be the first. TypeORM refuses to start: “Circular relations detected”.',
    source: '`EntityMetadataValidator.validateDependencies`; typeorm issue 11591',
    wrong: file(
      cls('class Author', ID, '@Index()\n@ManyToOne(() => Book, { nullable: false })\nbest!: Book;'),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;'),
    ),
    right: file(
      cls('class Author', ID, '@Index()\n@ManyToOne(() => Book)\nbest!: Book | null;'),
      cls('class Book', ID, '@Index()\n@ManyToOne(() => Author, { nullable: false })\nauthor!: Author;'),
    ),
  },
  'column-type-unreflected': {
    what: 'A column has no type, and the property’s TypeScript type tells none.',
    why: 'TypeORM asks the compiler’s decorator metadata. For a property that may be null (under `strictNullChecks`), for one without a type annotation and for a union of kinds, that is `Object`, and TypeORM refuses to start: “Data type "Object" in "Book.isbn" is not supported”. A column that a relation’s foreign key lies in takes the type of the key that it refers to.',
    source: '`Column`, `EntityMetadataValidator.validate` (`DataTypeNotSupportedError`); typeorm issues 2567, 1358',
    wrong: strict(cls('class Book', ID, '@Column({ nullable: true })\nisbn!: string | null;')),
    right: strict(cls('class Book', ID, '@Column({ type: String, nullable: true })\nisbn!: string | null;')),
  },
  'ctor-required-args': {
    what: 'An entity’s constructor needs arguments.',
    why: 'TypeORM calls it without any, when it starts and for every row that it loads.',
    source: '`EntityMetadata.create`; docs: Entities, “constructor arguments must be optional”',
    wrong: file(cls('class Book', ID, 'title: string;\n\nconstructor(data: { title: string }) {\n  this.title = data.title.trim();\n}')),
    right: file(cls('class Book', ID, "title: string;\n\nconstructor(data?: { title: string }) {\n  this.title = data?.title.trim() ?? '';\n}")),
  },
  'unknown-relation-path': {
    what: 'Find options name what the entity does not have.',
    why: 'TypeORM throws at the first call: “Property "autor" was not found in "Book"”. The compiler sees it only where nothing is a string, cast or built elsewhere.',
    source: '`EntityPropertyNotFoundError`, thrown by `SelectQueryBuilder.buildRelations`, `buildWhere`, `buildOrder`, `buildSelect`',
    wrong: use("export const list = (books: Repository<Book>) => books.find({ relations: { autor: true } as never, where: { title: 'Emma' } });"),
    right: use("export const list = (books: Repository<Book>) => books.find({ relations: { author: true }, where: { title: 'Emma' } });"),
  },
  'qb-unknown-path': {
    what: 'A string of a query builder names what its alias does not have, or an alias that there is not.',
    why: 'Strings are checked by nobody: TypeORM throws (“alias was not found”, “Relation with property path … was not found”), or the database does (“no such column”).',
    source: '`QueryBuilder.replacePropertyPathsForAliasJoin`, `JoinAttribute.relation`',
    wrong: use(
      'export const list = (books: Repository<Book>) =>',
      "  books.createQueryBuilder('book').leftJoinAndSelect('book.autor', 'author').where('book.titel = :title', { title: 'Emma' }).getMany();",
    ),
    right: use(
      'export const list = (books: Repository<Book>) =>',
      "  books.createQueryBuilder('book').leftJoinAndSelect('book.author', 'author').where('book.title = :title', { title: 'Emma' }).getMany();",
    ),
  },
  'v1-string-relations': {
    what: 'Relations or columns are given as a list of strings.',
    why: 'TypeORM 1.0 takes objects only, and throws. Silent in a workspace with 0.3.',
    source: '1.0 upgrade guide: “String-array relations and select were removed”',
    wrong: use("export const list = (authors: Repository<Author>) => authors.find({ relations: ['books'] as never });"),
    right: use('export const list = (authors: Repository<Author>) => authors.find({ relations: { books: true } });'),
  },
  'nullish-where': {
    what: 'A condition of find options is `null` or `undefined`.',
    why: 'TypeORM 0.3 leaves such a condition out, so that `findOneBy({ author: null })` gives the first row of the table; 1.0 throws, unless the DataSource’s `invalidWhereValuesBehavior` says otherwise. The compiler sees it under `strictNullChecks` only.',
    source: '`SelectQueryBuilder.buildWhere`; typeorm issues 2500, 9316; 1.0 upgrade guide',
    note: 'error with 0.3, warning since 1.0',
    wrong: use('export const orphans = (books: Repository<Book>) => books.findBy({ author: null as never });'),
    right: use('export const orphans = (books: Repository<Book>) => books.findBy({ author: IsNull() });'),
  },
  'limit-with-join': {
    what: '`limit` or `offset` stands in a query builder that joins a collection.',
    why: 'They count rows, and a joined collection has a row for each element: two authors are asked for, and one comes back with two of its three books.',
    source: 'docs: Select using Query Builder, “Using pagination”; typeorm issues 4264, 4742',
    wrong: use(
      "export const page = (authors: Repository<Author>) => authors.createQueryBuilder('author').leftJoinAndSelect('author.books', 'book').limit(2).getMany();",
    ),
    right: use(
      "export const page = (authors: Repository<Author>) => authors.createQueryBuilder('author').leftJoinAndSelect('author.books', 'book').take(2).getMany();",
    ),
  },
  'where-overwrites': {
    what: 'A query builder’s chain has `where()` twice.',
    why: 'The second replaces the first, whose condition is lost without a word.',
    source: '`SelectQueryBuilder.where` empties `expressionMap.wheres`; docs: “you must use andWhere”',
    wrong: use(
      "export const list = (books: Repository<Book>) => books.createQueryBuilder('book').where('book.id > 5').where('book.title IS NOT NULL').getMany();",
    ),
    right: use(
      "export const list = (books: Repository<Book>) => books.createQueryBuilder('book').where('book.id > 5').andWhere('book.title IS NOT NULL').getMany();",
    ),
  },
  'parameter-reuse': {
    what: 'Two conditions of a query builder give one parameter two values.',
    why: 'A statement has one list of parameters: the last value stands in both conditions, and rows come back that nobody asked for.',
    source: '`QueryBuilder.setParameters`; docs: Select using Query Builder, “Using parameters to escape data”',
    wrong: use(
      'export const between = (books: Repository<Book>, from: number, to: number) =>',
      "  books.createQueryBuilder('book').where('book.id > :id', { id: from }).andWhere('book.id < :id', { id: to }).getMany();",
    ),
    right: use(
      'export const between = (books: Repository<Book>, from: number, to: number) =>',
      "  books.createQueryBuilder('book').where('book.id > :from', { from }).andWhere('book.id < :to', { to }).getMany();",
    ),
  },
  'page-without-order': {
    what: 'A query skips rows without an order.',
    why: 'The database promises none: a page may repeat rows of another, or miss some.',
    source: 'docs: Select using Query Builder, “Using pagination”',
    wrong: use("export const page = (books: Repository<Book>, skip: number) => books.createQueryBuilder('book').skip(skip).take(10).getMany();"),
    right: use(
      "export const page = (books: Repository<Book>, skip: number) => books.createQueryBuilder('book').orderBy('book.id').skip(skip).take(10).getMany();",
    ),
  },
  'transaction-escapes': {
    what: 'Inside a transaction another repository is asked than its manager’s.',
    why: 'It runs on another connection: it does not see what the transaction has written, keeps what that undoes, and may wait for it forever.',
    source: 'docs: Transactions, “The most important restriction … is to ALWAYS use the provided instance of entity manager”',
    note: 'error; warning for a read',
    wrong: use(
      'export class Shop {',
      '  constructor(private readonly dataSource: DataSource, private readonly books: Repository<Book>) {}',
      '',
      '  sell(author: Author) {',
      '    return this.dataSource.transaction(async (manager) => {',
      '      await manager.save(author);',
      '      await this.books.delete({ author: { id: author.id } });',
      '    });',
      '  }',
      '}',
    ),
    right: use(
      'export class Shop {',
      '  constructor(private readonly dataSource: DataSource, private readonly books: Repository<Book>) {}',
      '',
      '  sell(author: Author) {',
      '    return this.dataSource.transaction(async (manager) => {',
      '      await manager.save(author);',
      '      await manager.getRepository(Book).delete({ author: { id: author.id } });',
      '    });',
      '  }',
      '}',
    ),
  },
};
