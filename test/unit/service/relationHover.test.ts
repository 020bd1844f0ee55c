import { describe, expect, test } from 'vitest';
import type { Entity, Relation, RelationGraph } from '../../../src/core/model/relationGraph';
import type { RelationLoadStats } from '../../../src/core/profile/queryProfile';
import { indexOf } from '../../../src/service/graphIndex';
import { describeRelation } from '../../../src/service/relationHover';
import { aColumn, aGraph, anEntity, anId, aRelation, aShop, joinedBy } from '../builders/graphBuilder';

function hoverOf(graph: RelationGraph, path: string, stats?: RelationLoadStats, indexesForeignKeys = false): string {
  const [name, ...rest] = path.split('.');
  const entity = graph.entities.find((candidate) => candidate.name === name);
  const relation = entity?.relations.find(({ property }) => property === rest.join('.'));
  if (!entity || !relation) throw new Error(`no ${path}`);
  // Links are tested on their own; here only their words count.
  return describeRelation({ index: indexOf(graph), entity, relation, alsoIn: [], stats, indexesForeignKeys: () => indexesForeignKeys }).replace(
    /\[([^\]]*)\]\([^)]*\)/g,
    '$1',
  );
}

/** Parent and Child with a foreign key, as given. */
function aFamily(child: Partial<Relation>, parent: Partial<Relation> = {}, key: Partial<Entity['columns'][number]> = {}): RelationGraph {
  return aGraph(
    anEntity('Author', {
      columns: [anId()],
      relations: [aRelation('one-to-many', 'books', 'Book', { inverse: 'author', declaredIn: 'Author', ...parent })],
    }),
    anEntity('Book', {
      columns: [anId(), aColumn('authorId', { type: 'integer', nullable: true, ...key })],
      relations: [aRelation('many-to-one', 'author', 'Author', { inverse: 'books', ...joinedBy('authorId'), declaredIn: 'Book', ...child })],
    }),
  );
}

describe('one-to-many and many-to-one', () => {
  test('the collection tells both ends, the key on the other side, and who owns it', () => {
    expect(hoverOf(aFamily({}), 'Author.books')).toMatchInlineSnapshot(`
      "**Author.books** · one-to-many

      One \`Author\` → many \`Book\`, back: \`Book.author\`

      - **Held by** column \`book.authorId\` → \`author.id\`, integer, may be NULL, **no index**, \`Book.author\` owns it
      - **Saving** an \`Author\` does not save its \`books\` (no cascade): save new ones first
      - **Un-linking** one of \`books\`: the \`Book\` stays, its \`authorId\` becomes NULL
      - **Deleting** an \`Author\`: the database refuses while a \`Book\` points to it
      - **Loaded** only when asked, else \`undefined\`: \`relations: { books: true }\`; for a collection best with \`relationLoadStrategy: "query"\`"
    `);
  });

  test('the foreign key’s side tells its column and whether it may be NULL', () => {
    expect(hoverOf(aFamily({ nullable: false }, {}, { nullable: false }), 'Book.author')).toMatchInlineSnapshot(`
      "**Book.author** · many-to-one

      Many \`Book\` → one \`Author\`, back: \`Author.books\`

      - **Held by** column \`book.authorId\` → \`author.id\`, integer, not null, **no index**, this side owns it
      - **Saving** a \`Book\` does not save its \`author\` (no cascade): save a new \`Author\` first
      - **Deleting** an \`Author\`: the database refuses while a \`Book\` points to it
      - **Loaded** only when asked, else \`undefined\`: \`relations: { author: true }\`; a join, best for to-one"
    `);
  });

  test.each([
    ['an index on the relation', { indices: [{ columns: ['author'], unique: false }] }, 'indexed'],
    ['a unique constraint that holds it', { uniques: [['author', 'title']] }, 'indexed'],
    ['an index on something else', { indices: [{ columns: ['title'], unique: false }] }, '**no index**'],
  ] as const)('%s: %s', (_, traits, words) => {
    const graph = aFamily({});
    const indexed = { ...graph, entities: graph.entities.map((entity) => (entity.name === 'Book' ? { ...entity, ...traits } : entity)) };
    for (const side of ['Author.books', 'Book.author']) expect(hoverOf(indexed as RelationGraph, side)).toContain(`, may be NULL, ${words}, `);
  });

  test('MySQL indexes foreign keys by itself, but only where there is a constraint', () => {
    expect(hoverOf(aFamily({}), 'Book.author', undefined, true)).toContain('may be NULL, indexed by the database, this side');
    expect(hoverOf(aFamily({ foreignKey: false }), 'Book.author', undefined, true)).toContain('may be NULL, **no index**, no constraint');
  });

  test('a foreign key has the type of what it references', () => {
    expect(hoverOf(aFamily({}, {}, { type: 'varchar' }), 'Book.author')).toContain('`author.id`, integer, may be NULL');
  });

  test('without a field that leads back it says so', () => {
    expect(hoverOf(aShop(), 'Book.publisher')).toContain('one way: no field leads back');
  });

  test.each([
    [['insert', 'update'], '**Saving** an `Author` also saves new and changed `books`'],
    [['insert'], '**Saving** an `Author` also saves new `books`, but no changes to existing ones'],
    [['update'], '**Saving** an `Author` also saves changed `books`, but no new ones'],
    [[], '**Saving** an `Author` does not save its `books` (no cascade): save new ones first'],
  ] as const)('cascade %j in plain words', (cascade, words) => {
    expect(hoverOf(aFamily({}, { cascade }), 'Author.books')).toContain(words);
  });

  test('removing through TypeORM and deleting in the database are told apart', () => {
    const graph = aFamily({ onDelete: 'CASCADE' }, { cascade: ['remove'] });
    for (const side of ['Author.books', 'Book.author']) {
      expect(hoverOf(graph, side)).toContain('- **Removing** an `Author` through TypeORM removes its loaded `books` too\n');
      expect(hoverOf(graph, side)).toContain('- **Deleting** an `Author`: the database deletes its `Book` rows (ON DELETE CASCADE)\n');
    }
  });

  test.each([
    [null, 'the database refuses while a `Book` points to it'],
    ['RESTRICT', 'the database refuses while a `Book` points to it (ON DELETE RESTRICT)'],
    ['SET NULL', 'the database sets `authorId` to NULL (ON DELETE SET NULL)'],
    ['SET DEFAULT', 'sets `authorId` to its default'],
  ])('onDelete %s', (onDelete, words) => {
    expect(hoverOf(aFamily({ onDelete }), 'Author.books')).toContain(words);
  });

  test('no constraint, no action', () => {
    expect(hoverOf(aFamily({ foreignKey: false }), 'Author.books')).toContain('no foreign key constraint');
  });

  test('a cascade from child to parent is called what it is', () => {
    expect(hoverOf(aFamily({ cascade: ['remove'] }), 'Book.author')).toContain('the parent, not the child');
  });

  test.each([
    ['nullify', true, 'the `Book` stays, its `authorId` becomes NULL'],
    ['nullify', false, 'the `Book` is deleted (TypeORM 1.x; 0.3 fails), because `authorId` may not be NULL'],
    ['delete', true, 'the `Book` is deleted'],
    ['soft-delete', true, 'the `Book` is soft-deleted'],
    ['disable', true, 'stays linked: un-linking is switched off'],
  ] as const)('un-linking with orphanedRowAction %s, nullable %s', (orphanedRowAction, nullable, words) => {
    expect(hoverOf(aFamily({ orphanedRowAction, nullable }, {}, { nullable }), 'Author.books')).toContain(words);
  });
});

describe('one-to-one', () => {
  const graph = (owner: Partial<Relation>): RelationGraph =>
    aGraph(
      anEntity('User', { relations: [aRelation('one-to-one', 'profile', 'Profile', { inverse: 'user' })] }),
      anEntity('Profile', {
        columns: [anId(), aColumn('userId', { unique: true })],
        relations: [aRelation('one-to-one', 'user', 'User', { inverse: 'profile', ...owner })],
      }),
    );

  test('the owning side is named on both sides', () => {
    expect(hoverOf(graph(joinedBy('userId')), 'Profile.user')).toContain(
      'column `profile.userId` → `user.id`, integer, not null, unique, this side owns it',
    );
    expect(hoverOf(graph(joinedBy('userId')), 'User.profile')).toContain('unique, `Profile.user` owns it');
  });

  test('without a @JoinColumn nobody holds the key', () => {
    expect(hoverOf(graph({}), 'User.profile')).toContain('nobody: no side has the foreign key (`@JoinColumn` is missing)');
  });
});

describe('many-to-many', () => {
  const joinTable = { table: 'book_tags_tag', joinColumns: ['bookId'], inverseJoinColumns: ['tagId'] };
  const graph = aGraph(
    anEntity('Book', { relations: [aRelation('many-to-many', 'tags', 'Tag', { owner: true, inverse: 'books', joinTable, cascade: ['remove'] })] }),
    anEntity('Tag', { relations: [aRelation('many-to-many', 'books', 'Book', { inverse: 'tags', joinTable })] }),
  );

  test('the junction table with its columns, from either side', () => {
    expect(hoverOf(graph, 'Book.tags')).toContain('junction table `book_tags_tag`: `bookId` → `Book`, `tagId` → `Tag`; this side owns it');
    expect(hoverOf(graph, 'Tag.books')).toContain('junction table `book_tags_tag`: `tagId` → `Tag`, `bookId` → `Book`; `Book.tags` owns it');
  });

  test('what is deleted is the pairing; a cascade that removes shared rows is called out', () => {
    expect(hoverOf(graph, 'Tag.books')).toContain('the database deletes its pairings in `book_tags_tag`, never the other side');
    expect(hoverOf(graph, 'Book.tags')).toContain('the shared rows themselves, not only the pairing');
  });

  test('followers: one junction, two directions, never confused', () => {
    const follows = { table: 'user_following_user', joinColumns: ['userId_1'], inverseJoinColumns: ['userId_2'] };
    const users = aGraph(
      anEntity('User', {
        relations: [
          aRelation('many-to-many', 'followers', 'User', { inverse: 'following', joinTable: follows }),
          aRelation('many-to-many', 'following', 'User', { owner: true, inverse: 'followers', joinTable: follows }),
        ],
      }),
    );
    expect(hoverOf(users, 'User.following')).toContain('`userId_1` → this `User`, `userId_2` → the other one');
    expect(hoverOf(users, 'User.followers')).toContain('`userId_2` → this `User`, `userId_1` → the other one');
  });

  test('a link entity tells how to hop over it', () => {
    const link = aGraph(
      anEntity('Student', { relations: [aRelation('one-to-many', 'enrollments', 'Enrollment', { inverse: 'student' })] }),
      anEntity('Course'),
      anEntity('Enrollment', {
        relations: [
          aRelation('many-to-one', 'course', 'Course', { nullable: false, ...joinedBy('courseId') }),
          aRelation('many-to-one', 'student', 'Student', { nullable: false, inverse: 'enrollments', ...joinedBy('studentId') }),
        ],
      }),
    );
    expect(hoverOf(link, 'Student.enrollments')).toContain('**Through** `Enrollment` on to `Course`: `relations: { enrollments: { course: true } }`');
    expect(hoverOf(aShop(), 'Author.books')).not.toContain('**Through**');
  });
});

describe('trees, embedded values, composite keys', () => {
  test('a self-reference and a tree say so', () => {
    const tree = aGraph(
      anEntity('Category', {
        tree: 'closure-table',
        relations: [
          aRelation('one-to-many', 'children', 'Category', { inverse: 'parent', tree: 'children' }),
          aRelation('many-to-one', 'parent', 'Category', { inverse: 'children', tree: 'parent', ...joinedBy('parentId') }),
          aRelation('many-to-one', 'similar', 'Category', joinedBy('similarId')),
        ],
      }),
    );
    expect(hoverOf(tree, 'Category.children')).toContain('closure-table: children');
    expect(hoverOf(tree, 'Category.similar')).toContain('to itself');
  });

  test('a relation in an embedded value is loaded by its nested path', () => {
    expect(hoverOf(aShop(), 'Author.address.city')).toContain('`relations: { address: { city: true } }`');
  });

  test('a composite foreign key names every pair', () => {
    const graph = aGraph(
      anEntity('Room', { columns: [anId('building'), anId('number')] }),
      anEntity('Lesson', {
        relations: [
          aRelation('many-to-one', 'room', 'Room', {
            owner: true,
            joinColumns: [
              { column: 'roomBuilding', references: 'building' },
              { column: 'roomNumber', references: 'number' },
            ],
          }),
        ],
      }),
    );
    expect(hoverOf(graph, 'Lesson.room')).toContain('foreign key `lesson.roomBuilding` → `room.building` and `lesson.roomNumber` → `room.number`');
  });
});

describe('loading', () => {
  test.each([
    [
      'Author.books',
      {},
      '**Loaded** only when asked, else `undefined`: `relations: { books: true }`; for a collection best with `relationLoadStrategy: "query"`',
    ],
    ['Author.books', { eager: true }, 'wanted or not (query builders: never)'],
    ['Author.books', { lazy: true }, '**Loaded** lazily: each first `await` is a query'],
  ])('%s %j', (path, overrides, words) => {
    expect(hoverOf(aFamily({}, overrides), path)).toContain(words);
  });

  test('to-one: joins', () => {
    expect(hoverOf(aFamily({}), 'Book.author')).toContain('a join, best for to-one');
  });

  test('after a profiled run: how often, and what that cost', () => {
    const stats = {
      entity: 'Author',
      relation: 'books',
      loads: 100,
      queries: 100,
      rows: 300,
      dbTimeMs: 46.2,
      worstScope: 'GET /authors',
      warning: true,
      sites: [],
    };
    expect(hoverOf(aFamily({}), 'Author.books', stats)).toContain(
      '- **Last run** loaded it 100 ×: 100 queries, 300 rows, 46 ms, most in `GET /authors` ⚠',
    );
    expect(hoverOf(aFamily({}), 'Author.books')).not.toContain('Last run');
  });
});
