/**
 * What every guide to ORM relations teaches, row by row, in TypeORM's terms: what the editor says of it, from sources to hover, diagram and
 * diagnostics. What loading costs is seen at run time: those rows are the profiler's cases (docs/scenarios.md) and the edits' (docs/edits.md).
 */
import { describe, expect, test } from 'vitest';
import { graphToDiagram } from '../../../src/core/diagram/graphToDiagram';
import { describeEntity } from '../../../src/service/entityHover';
import { indexOf } from '../../../src/service/graphIndex';
import { describeRelation } from '../../../src/service/relationHover';
import { lint } from '../core/rules/lint';
import { memoryProject } from '../core/typeorm/memoryProject';

const HEAD =
  "import { ChildEntity, Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, TableInheritance, Tree, TreeChildren, TreeParent, ViewColumn, ViewEntity, EntitySchema } from 'typeorm';\n\n";
const ID = '@PrimaryGeneratedColumn() id!: number;';

function look(sources: string) {
  const files = { 'entities.ts': HEAD + sources };
  const graph = memoryProject(files).project.graph();
  const index = indexOf(graph);
  const entity = (name: string) => {
    const found = graph.entities.find((each) => each.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  const plain = (markdown: string): string => markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return {
    graph,
    entity,
    diagram: graphToDiagram(graph, []),
    /** The hover of `Author.books`, without its links. */
    hover(path: string): string {
      const [name = '', ...rest] = path.split('.');
      const owner = entity(name);
      const relation = owner.relations.find(({ property }) => property === rest.join('.'));
      if (!relation) throw new Error(`no ${path}`);
      return plain(describeRelation({ index, entity: owner, relation, alsoIn: [], stats: undefined, indexesForeignKeys: () => false }));
    },
    hoverEntity: (name: string): string => plain(describeEntity(index, entity(name))),
    rules: (typeormMajor = 1): string[] => lint(files, { typeormMajor }).problems.map(({ rule }) => rule),
  };
}

const AUTHOR_BOOK = `@Entity() export class Author { ${ID} @OneToMany(() => Book, (book) => book.author) books!: Book[]; }
@Entity() export class Book { ${ID} @Index() @ManyToOne(() => Author, (author) => author.books, { nullable: false }) author!: Author; }
`;

describe('shapes', () => {
  test('one-to-many and many-to-one: one edge with crow’s feet, both names on it, the foreign key where it lives', () => {
    const { diagram, hover, entity, rules } = look(AUTHOR_BOOK);
    expect(diagram.edges).toHaveLength(1);
    expect(diagram.edges[0]).toMatchObject({
      kind: 'many-to-one',
      from: { table: entity('Book').id, property: 'author', columns: ['authorId'], max: 'many', optional: true },
      to: { table: entity('Author').id, property: 'books', columns: ['id'], max: 'one', optional: false },
    });
    expect(hover('Author.books')).toContain('`book.authorId` → `author.id`, int, not null, indexed, `Book.author` owns it');
    expect(rules()).toEqual([]);
  });

  test('one-to-one: the owner is told; @JoinColumn missing or doubled is a diagnostic', () => {
    const pair = (
      own: string,
      other: string,
    ): string => `@Entity() export class User { ${ID} @OneToOne(() => Card, (card) => card.user) ${other} card!: Card; }
@Entity() export class Card { ${ID} @OneToOne(() => User, (user) => user.card) ${own} user!: User; }
`;
    const { hover, diagram, rules } = look(pair('@JoinColumn()', ''));
    expect(hover('User.card')).toContain('`Card.user` owns it');
    expect(diagram.edges[0]).toMatchObject({ kind: 'one-to-one', from: { max: 'one' }, to: { max: 'one' } });
    expect(rules()).toEqual([]);
    expect(look(pair('', '')).rules()).toContain('o2o-no-joincolumn');
    expect(look(pair('@JoinColumn()', '@JoinColumn()')).rules()).toContain('o2o-joincolumn-both');
  });

  test('many-to-many: the junction table with its real name and columns, folded into the edge', () => {
    const { diagram, hover } = look(`@Entity() export class Tag { ${ID} @ManyToMany(() => Post, (post) => post.tags) posts!: Post[]; }
@Entity() export class Post { ${ID} @ManyToMany(() => Tag, (tag) => tag.posts) @JoinTable() tags!: Tag[]; }
`);
    expect(diagram.edges).toHaveLength(1);
    expect(diagram.edges[0]).toMatchObject({ joinTable: 'post_tags_tag', joinColumns: { from: ['postId'], to: ['tagId'] } });
    expect(hover('Tag.posts')).toContain('post_tags_tag');
  });

  test('association object: recognised and drawn as a link entity; the hop over it is offered', () => {
    const { diagram, entity, hover } =
      look(`@Entity() export class Student { ${ID} @OneToMany(() => Enrollment, (enrollment) => enrollment.student) enrollments!: Enrollment[]; }
@Entity() export class Course { ${ID} @OneToMany(() => Enrollment, (enrollment) => enrollment.course) enrollments!: Enrollment[]; }
@Entity() export class Enrollment { ${ID} @Column() grade!: number;
  @ManyToOne(() => Student, (student) => student.enrollments, { nullable: false }) student!: Student;
  @ManyToOne(() => Course, (course) => course.enrollments, { nullable: false }) course!: Course; }
`);
    expect(diagram.tables.find(({ id }) => id === entity('Enrollment').id)?.look).toBe('link');
    expect(hover('Student.enrollments')).toContain('relations: { enrollments: { course: true } }');
  });

  test('self-reference and trees: loop edges, the kind of tree, its columns', () => {
    const { diagram, entity, hover, graph } =
      look(`@Entity() @Tree('materialized-path') export class Genre { ${ID} @TreeParent() parent!: Genre; @TreeChildren() children!: Genre[]; }
@Entity() export class Person { ${ID} @ManyToOne(() => Person) boss!: Person; }
`);
    expect(diagram.tables.find(({ name }) => name === 'Genre')?.look).toBe('tree');
    expect(hover('Genre.children')).toContain('materialized-path');
    expect(entity('Genre').columns.map(({ kind }) => kind)).toContain('tree-path');
    const loop = diagram.edges.find(({ from }) => from.table === entity('Person').id);
    expect(loop?.to.table).toBe(loop?.from.table);
    expect(graph.problems).toEqual([]);
  });

  test('self-referential many-to-many: one junction, two directions, never confused', () => {
    const { hover, diagram } = look(`@Entity() export class User { ${ID}
  @ManyToMany(() => User, (user) => user.followers) @JoinTable({ name: 'follows' }) following!: User[];
  @ManyToMany(() => User, (user) => user.following) followers!: User[]; }
`);
    expect(diagram.edges).toHaveLength(1);
    expect(hover('User.following')).toContain('`userId_1` → this `User`, `userId_2` → the other one');
    expect(hover('User.followers')).toContain('`userId_2` → this `User`, `userId_1` → the other one');
  });

  test('single-table polymorphism: inheritance drawn, inherited fields resolved, discriminators shown', () => {
    const { diagram, entity, hoverEntity } =
      look(`@Entity() @TableInheritance({ column: 'kind' }) export class Media { ${ID} @ManyToOne(() => Shelf) shelf!: Shelf; }
@ChildEntity('film') export class Film extends Media { @Column() minutes!: number; }
@Entity() export class Shelf { ${ID} }
`);
    expect(diagram.edges.find(({ kind }) => kind === 'inheritance')).toMatchObject({
      from: { table: entity('Film').id },
      to: { table: entity('Media').id },
    });
    expect(entity('Film').relations.map(({ property, declaredIn }) => `${declaredIn}.${property}`)).toEqual(['Media.shelf']);
    expect(entity('Film')).toMatchObject({ table: 'media', discriminatorValue: 'film' });
    expect(hoverEntity('Film')).toContain('film');
  });

  test('views are drawn apart from tables', () => {
    const { diagram } = look(`@ViewEntity({ expression: 'SELECT 1 AS sold' }) export class BestSeller { @ViewColumn() sold!: number; }\n`);
    expect(diagram.tables[0]?.look).toBe('view');
  });

  test('composite keys and embedded values: columns flattened with their prefixes, property paths kept', () => {
    const { entity, hover } = look(`export class Address { @Column() city!: string; @ManyToOne(() => Room) room!: Room; }
@Entity() export class Room { @PrimaryColumn() building!: string; @PrimaryColumn() number!: number; }
@Entity() export class Person { ${ID} @Column(() => Address) home!: Address; }
`);
    const columns = entity('Person').columns.map(({ property, column }) => `${property} ${column}`);
    expect(columns).toEqual(expect.arrayContaining(['home.city homeCity', 'id id']));
    expect(entity('Person').relations[0]).toMatchObject({
      property: 'home.room',
      joinColumns: [{ references: 'building' }, { references: 'number' }],
    });
    expect(hover('Person.home.room')).toContain('relations: { home: { room: true } }');
  });

  test('EntitySchema is read like a class', () => {
    const { entity } = look(`export interface Shop { id: number }
export const ShopSchema = new EntitySchema<Shop>({ name: 'Shop', columns: { id: { type: Number, primary: true } }, relations: { owner: { type: 'many-to-one', target: 'Author' } } });
${AUTHOR_BOOK}`);
    expect(entity('Shop')).toMatchObject({ declaredBy: 'entity-schema', relations: [{ property: 'owner', target: 'Author' }] });
  });
});

describe('ownership and deletion', () => {
  test('back_populates must match: a diagnostic at the name that does not', () => {
    expect(look(AUTHOR_BOOK.replace('book.author)', 'book.writer)')).rules()).toContain('inverse-unknown-property');
    expect(look(AUTHOR_BOOK.replace('author.books,', 'author.id,')).rules()).toContain('inverse-not-a-relation');
  });

  test('only one side is defined: a hint, whose fix writes the other', () => {
    expect(look(AUTHOR_BOOK.replace(/@OneToMany.*books!: Book\[\];/, '').replace(', (author) => author.books', '')).rules()).toEqual([
      'missing-inverse',
    ]);
  });

  test('cascade and orphans: what save, remove and un-link will do, in words, by TypeORM’s version', () => {
    const { hover } = look(
      AUTHOR_BOOK.replace('book.author)', 'book.author, { cascade: true })').replace(
        'nullable: false',
        "nullable: false, orphanedRowAction: 'delete'",
      ),
    );
    expect(hover('Author.books')).toContain('**Saving** an `Author` also saves new and changed `books`');
    expect(hover('Author.books')).toContain('**Un-linking** one of `books`: the `Book` is deleted');
  });

  test('cascade-delete on many-to-many removes the shared rows: a diagnostic', () => {
    const shared = `@Entity() export class Tag { ${ID} }
@Entity() export class Post { ${ID} @ManyToMany(() => Tag, { cascade: ['remove'] }) @JoinTable() tags!: Tag[]; }
`;
    expect(look(shared).rules()).toContain('m2m-cascade-remove');
    expect(look(shared.replace("'remove'", "'insert'")).rules()).not.toContain('m2m-cascade-remove');
  });

  test('an ORM cascade without ON DELETE, and SET NULL on a column that may not be null: diagnostics', () => {
    const cascading = AUTHOR_BOOK.replace('book.author)', "book.author, { cascade: ['remove'] })");
    expect(look(cascading).rules()).toContain('cascade-remove-without-ondelete');
    expect(look(cascading.replace('nullable: false', "nullable: false, onDelete: 'CASCADE'")).rules()).toEqual([]);
    expect(look(AUTHOR_BOOK.replace('nullable: false', "nullable: false, onDelete: 'SET NULL'")).rules()).toContain('setnull-not-null');
  });

  test('foreign keys want an index: a diagnostic whose fix adds it', () => {
    expect(look(AUTHOR_BOOK.replace('@Index() ', '')).rules()).toEqual(['fk-no-index']);
  });

  test('the raw id beside the relation is one column; contradictions are diagnostics', () => {
    const withId = (column: string, join = ''): string => AUTHOR_BOOK.replace('@Index() @ManyToOne', `${column} @Index() ${join} @ManyToOne`);
    const { entity, rules } = look(withId('@Column() authorId!: number;'));
    expect(entity('Book').columns.filter(({ column }) => column === 'authorId')).toHaveLength(1);
    expect(rules()).toEqual([]);
    expect(look(withId('@Column() authorId!: number;', "@JoinColumn({ name: 'author_id' })")).rules()).toContain('fk-duplicate-column');
    expect(look(withId('@Column({ nullable: true }) authorId!: number;')).rules()).toContain('fk-nullable-mismatch');
  });
});

describe('loading', () => {
  test('to-one by a join, collections by the query strategy, nothing on the definition: the hovers teach it', () => {
    const { hover, rules } = look(AUTHOR_BOOK);
    expect(hover('Book.author')).toContain('a join, best for to-one');
    expect(hover('Author.books')).toContain('best with `relationLoadStrategy: "query"`');
    expect(rules()).toEqual([]);
    expect(look(AUTHOR_BOOK.replace('book.author)', 'book.author, { eager: true })')).rules()).toContain('eager-to-many');
  });
});
