import { describe, expect, it } from 'vitest';
import type { DiagramEdge, EdgeEnd } from '../../../../src/core/diagram/diagramModel';
import { graphToDiagram, keepTables, nameModules, neighbourhood } from '../../../../src/core/diagram/graphToDiagram';
import type { RelationGraph } from '../../../../src/core/model/relationGraph';
import { aColumn, aGraph, aJunction, anEntity, aRelation, at, libraryGraph, relate } from './graphs';

/** `Book.author many? → Author.books one`: field, most and least (`?` = zero possible) at both ends. */
function tell({ from, to, kind, joinTable }: DiagramEdge): string {
  const end = ({ table, property, max, optional }: EdgeEnd): string =>
    `${table.split('#')[1] ?? ''}${property === null ? '' : `.${property}`} ${max}${optional ? '?' : ''}`;
  return `${end(from)} → ${end(to)}${kind === 'inheritance' ? ' (inheritance)' : ''}${joinTable === null ? '' : ` via ${joinTable}`}`;
}

const edgesOf = (graph: RelationGraph): string[] => graphToDiagram(graph).edges.map(tell);

describe('edges', () => {
  it('merges both sides of a relation into one edge, with the cardinality at each end', () => {
    expect(edgesOf(libraryGraph())).toEqual([
      'Book.author many? → Author.books one',
      'Book.tags many? → Tag.books many? via book_tags_tag',
      'Profile.author one? → Author.profile one?',
    ]);
  });

  it('touches the foreign key at the owning end and what it refers to at the other', () => {
    const [author, tags] = graphToDiagram(libraryGraph()).edges;
    expect([author?.from.columns, author?.to.columns]).toEqual([['authorId'], ['id']]);
    expect([tags?.from.columns, tags?.to.columns]).toEqual([['id'], ['id']]);
  });

  it('draws a relation that only one side declares', () => {
    const author = anEntity('Author');
    const book = anEntity('Book');
    expect(edgesOf(aGraph(author, relate(book, aRelation(book, 'author', 'many-to-one', author))))).toEqual(['Book.author many? → Author one?']);
  });

  it('merges an inverse that the owning side does not name', () => {
    const author = anEntity('Author');
    const book = anEntity('Book');
    const graph = aGraph(
      relate(author, aRelation(author, 'books', 'one-to-many', book, { inverse: 'author' })),
      relate(book, aRelation(book, 'author', 'many-to-one', author)),
    );
    expect(edgesOf(graph)).toEqual(['Book.author many? → Author.books one?']);
  });

  it('keeps two relations between the same entities apart', () => {
    const user = anEntity('User');
    const message = anEntity('Message');
    const graph = aGraph(
      relate(
        message,
        aRelation(message, 'sender', 'many-to-one', user, { inverse: 'sent' }),
        aRelation(message, 'receiver', 'many-to-one', user, { inverse: 'received' }),
      ),
      relate(
        user,
        aRelation(user, 'sent', 'one-to-many', message, { inverse: 'sender' }),
        aRelation(user, 'received', 'one-to-many', message, { inverse: 'receiver' }),
      ),
    );
    expect(edgesOf(graph)).toEqual(['Message.sender many? → User.sent one?', 'Message.receiver many? → User.received one?']);
  });

  it('draws a relation that no side owns, since the source means one', () => {
    const author = anEntity('Author');
    const book = anEntity('Book');
    expect(edgesOf(aGraph(relate(author, aRelation(author, 'books', 'one-to-many', book)), book))).toEqual(['Author.books one? → Book many?']);
  });

  it('has none for a target that is not among the entities', () => {
    const author = anEntity('Author');
    const lost = aRelation(author, 'agent', 'many-to-one', anEntity('Agent'), { targetId: null });
    expect(edgesOf(aGraph(relate(author, lost)))).toEqual([]);
  });
});

describe('self-relations', () => {
  it('makes one loop of a parent and its children', () => {
    const category = anEntity('Category', { tree: 'closure-table' });
    const graph = aGraph(
      relate(
        category,
        aRelation(category, 'parent', 'many-to-one', category, { inverse: 'children', tree: 'parent' }),
        aRelation(category, 'children', 'one-to-many', category, { inverse: 'parent', tree: 'children' }),
      ),
    );
    expect(edgesOf(graph)).toEqual(['Category.parent many? → Category.children one?']);
    expect(graphToDiagram(graph).tables[0]?.look).toBe('tree');
  });

  it('makes one edge with one junction table of followers and following', () => {
    const user = anEntity('User');
    const junction = aJunction('user_following_user', 'userId_1', 'userId_2');
    const graph = aGraph(
      relate(
        user,
        aRelation(user, 'followers', 'many-to-many', user, { inverse: 'following', owner: false, joinTable: junction }),
        aRelation(user, 'following', 'many-to-many', user, { inverse: 'followers', joinTable: junction }),
      ),
    );
    expect(edgesOf(graph)).toEqual(['User.following many? → User.followers many? via user_following_user']);
  });
});

describe('inheritance', () => {
  const content = anEntity('Content', {
    discriminatorValue: 'Content',
    columns: [
      aColumn('id', { primary: true }),
      aColumn('title'),
      aColumn('kind', { kind: 'discriminator' }),
      aColumn('seconds', { declaredIn: 'Video' }),
    ],
  });
  const video = anEntity('Video', {
    type: 'entity-child',
    table: 'content',
    parent: 'Content',
    parentId: content.id,
    discriminatorValue: 'video',
    columns: [
      aColumn('id', { primary: true, declaredIn: 'Content' }),
      aColumn('title', { declaredIn: 'Content' }),
      aColumn('kind', { kind: 'discriminator', declaredIn: 'Content' }),
      aColumn('seconds'),
    ],
  });

  it('draws a single-table family as classes with what each declares, joined by inheritance', () => {
    const { tables, edges } = graphToDiagram(aGraph(content, video));
    expect(tables.map(({ name, look, columns }) => `${name} (${look}): ${columns.map(({ property }) => property).join(', ')}`)).toEqual([
      'Content (table): id, title, kind',
      'Video (child): seconds',
    ]);
    expect(edges.map(tell)).toEqual(['Video one? → Content one (inheritance)']);
    expect(edges[0]?.description).toBe('Video is a Content: it shares the table content (kind = "video").');
  });

  it('tells a relation of the root once, not again for every child', () => {
    const author = anEntity('Author');
    const root = relate(content, aRelation(content, 'author', 'many-to-one', author));
    const child = relate(video, { ...aRelation(video, 'author', 'many-to-one', author), declaredIn: 'Content' });
    expect(edgesOf(aGraph(author, root, child))).toEqual(['Content.author many? → Author one?', 'Video one? → Content one (inheritance)']);
  });

  it('repeats what an entity inherits into a table of its own', () => {
    const base = anEntity('Person');
    const copy = anEntity('Employee', {
      parent: 'Person',
      parentId: base.id,
      columns: [aColumn('id', { primary: true, declaredIn: 'Person' }), aColumn('salary')],
    });
    const employee = graphToDiagram(aGraph(copy, base)).tables.find(({ name }) => name === 'Employee');
    expect(employee?.columns.map(({ property, from }) => [property, from])).toEqual([
      ['id', 'Person'],
      ['salary', null],
    ]);
  });
});

describe('looks', () => {
  function enrolment(extra: readonly string[], uniques: readonly (readonly string[])[] = []): RelationGraph {
    const student = anEntity('Student');
    const course = anEntity('Course');
    const link = anEntity('Enrolment', { columns: [aColumn('id', { primary: true }), ...extra.map((name) => aColumn(name))], uniques });
    const required = { nullable: false };
    return aGraph(
      course,
      relate(link, aRelation(link, 'student', 'many-to-one', student, required), aRelation(link, 'course', 'many-to-one', course, required)),
      student,
    );
  }
  const lookOf = (graph: RelationGraph, name: string): string | undefined => graphToDiagram(graph).tables.find((table) => table.name === name)?.look;

  it('draws an entity that mainly joins two others as a link', () => {
    expect(lookOf(enrolment(['grade']), 'Enrolment')).toBe('link');
    expect(lookOf(enrolment(['a', 'b', 'c', 'd'], [['student', 'course']]), 'Enrolment')).toBe('link');
  });

  it('leaves an entity with data of its own a table, though it has two foreign keys', () => {
    expect(lookOf(enrolment(['a', 'b', 'c', 'd']), 'Enrolment')).toBe('table');
  });

  it('draws views apart and junction entities not at all', () => {
    const graph = aGraph(anEntity('Sales', { type: 'view' }), anEntity('Closure', { type: 'closure-junction' }));
    expect(graphToDiagram(graph).tables.map(({ name, look }) => [name, look])).toEqual([['Sales', 'view']]);
  });
});

describe('columns', () => {
  it('show type, length, nullability, keys and indices', () => {
    const author = anEntity('Author');
    const book = anEntity('Book', {
      columns: [
        aColumn('id', { primary: true, type: 'int' }),
        aColumn('title', { length: '200' }),
        aColumn('isbn', { unique: true }),
        aColumn('note', { type: 'text', nullable: true }),
        aColumn('shelf'),
      ],
      indices: [{ columns: ['shelf'], unique: false }],
    });
    const graph = aGraph(author, relate(book, aRelation(book, 'author', 'many-to-one', author)));
    const table = graphToDiagram(graph).tables[1];
    expect(
      table?.columns.map(({ column, type, primary, foreign, unique, indexed }) => [column, type, { primary, foreign, unique, indexed }]),
    ).toEqual([
      ['id', 'int', { primary: true, foreign: false, unique: false, indexed: true }],
      ['title', 'varchar(200)', { primary: false, foreign: false, unique: false, indexed: false }],
      ['isbn', 'varchar', { primary: false, foreign: false, unique: true, indexed: true }],
      ['note', 'text, null', { primary: false, foreign: false, unique: false, indexed: false }],
      ['shelf', 'varchar', { primary: false, foreign: false, unique: false, indexed: true }],
      ['authorId', 'int, null', { primary: false, foreign: true, unique: false, indexed: false }],
    ]);
  });

  it('are marked as indexed where an index or unique constraint begins with them', () => {
    const author = anEntity('Author');
    const book = anEntity('Book', {
      columns: [aColumn('id', { primary: true }), aColumn('shelf'), aColumn('row'), aColumn('place')],
      indices: [
        { columns: ['shelf', 'row'], unique: false },
        { columns: ['author', 'row'], unique: false },
      ],
      uniques: [['place', 'shelf']],
    });
    const graph = aGraph(author, relate(book, aRelation(book, 'author', 'many-to-one', author)));
    const indexed = graphToDiagram(graph).tables[1]?.columns.flatMap((column) => (column.indexed ? [column.column] : []));
    expect(indexed).toEqual(['id', 'shelf', 'place', 'authorId']);
  });
});

describe('descriptions', () => {
  it('say counts, fields and storage with the names of the source', () => {
    expect(graphToDiagram(libraryGraph()).edges.map(({ description }) => description)).toEqual([
      'Each Book has exactly one Author; each Author has any number of Book. Fields: Book.author and Author.books. Foreign key book.authorId → author.id, on delete cascade.',
      'Each Book has any number of Tag, and each Tag any number of Book. Fields: Book.tags and Tag.books. Held by the junction table book_tags_tag (bookId, tagId).',
      'Each Profile has at most one Author; each Author has at most one Profile. Fields: Profile.author and Author.profile. Foreign key profile.authorId → author.id.',
    ]);
  });
});

describe('problems', () => {
  it('stand at the table and the field they are about', () => {
    const graph = libraryGraph();
    const book = graph.entities[1];
    const relation = book?.relations[0];
    if (!book || !relation) throw new Error('The library has a book with an author.');
    const onRelation = { code: 'unknown-value' as const, message: 'about the relation', source: relation.source };
    const onClass = { code: 'unknown-value' as const, message: 'about the class', source: book.source };
    const elsewhere = { code: 'unknown-value' as const, message: 'about another file', source: at('/app/src/other.ts', 3) };
    expect(graphToDiagram({ ...graph, problems: [onRelation, onClass, elsewhere] }).problems).toEqual([
      { table: book.id, property: 'author', severity: 'warning', message: 'about the relation' },
      { table: book.id, property: null, severity: 'warning', message: 'about the class' },
    ]);
  });
});

describe('neighbourhood', () => {
  const model = graphToDiagram(libraryGraph());
  const idOf = (name: string): string => model.tables.find((table) => table.name === name)?.id ?? '';
  const namesAround = (name: string, depth: number): string[] => neighbourhood(model, idOf(name), depth).tables.map((table) => table.name);

  it('reaches as many relations far as it is told', () => {
    expect(namesAround('Tag', 0)).toEqual(['Tag']);
    expect(namesAround('Tag', 1)).toEqual(['Book', 'Tag']);
    expect(namesAround('Tag', 2)).toEqual(['Author', 'Book', 'Tag']);
    expect(namesAround('Tag', 3)).toEqual(['Author', 'Book', 'Profile', 'Tag']);
  });

  it('is empty around an unknown entity', () => {
    expect(neighbourhood(model, 'nobody', 2)).toEqual({ tables: [], edges: [], modules: [], problems: [] });
  });

  it('keeps the edges and modules of what is kept', () => {
    const kept = keepTables(model, new Set([idOf('Author'), idOf('Profile')]));
    expect(kept.edges.map(tell)).toEqual(['Profile.author one? → Author.profile one?']);
    expect(kept.modules.map(({ name }) => name)).toEqual(['catalog', 'people']);
  });
});

describe('modules', () => {
  it('are named by the shortest end of their path that tells them apart', () => {
    expect(nameModules(['src/shop/catalog', 'src/admin/catalog', 'src/sales', '.', ''])).toEqual([
      { id: '', name: 'entities' },
      { id: '.', name: 'entities' },
      { id: 'src/admin/catalog', name: 'admin/catalog' },
      { id: 'src/sales', name: 'sales' },
      { id: 'src/shop/catalog', name: 'shop/catalog' },
    ]);
  });
});
