/** Diagram models for tests: a small bookshop with every kind of edge, and generated schemas of any size. */
import type { DiagramColumn, DiagramEdge, DiagramModel, DiagramTable, EdgeEnd } from '../../../../src/core/diagram/diagramModel';

const file = (module: string, name: string): string => `/shop/${module}/${name.toLowerCase()}.entity.ts`;

type ColumnSpec = string;

/** `id int PK`, `authorId int FK`, `email varchar U`, `note text?` (`?` = nullable). */
function column(spec: ColumnSpec, source: { file: string; line: number }): DiagramColumn {
  const [property = '', type = '', ...marks] = spec.split(' ');
  const nullable = type.endsWith('?');
  return {
    property,
    column: property,
    type: nullable ? `${type.slice(0, -1)}, null` : type,
    primary: marks.includes('PK'),
    foreign: marks.includes('FK'),
    unique: marks.includes('U'),
    indexed: marks.length > 0 && !marks.includes('FK'),
    nullable,
    from: null,
    source: { ...source, column: 3 },
  };
}

export function aTable(module: string, name: string, columns: readonly ColumnSpec[], extra: Partial<DiagramTable> = {}): DiagramTable {
  const path = file(module, name);
  return {
    id: `${path}#${name}`,
    name,
    table: name.replace(/(?<=[a-z])([A-Z])/g, '_$1').toLowerCase(),
    type: 'regular',
    look: 'table',
    tree: null,
    module: `src/${module}`,
    columns: columns.map((spec, index) => column(spec, { file: path, line: 6 + index * 3 })),
    relations: [],
    source: { file: path, line: 4, column: 14 },
    ...extra,
  };
}

export function anEdge(
  from: DiagramTable,
  to: DiagramTable,
  options: Partial<Omit<DiagramEdge, 'from' | 'to'>> & { from?: Partial<EdgeEnd>; to?: Partial<EdgeEnd> } = {},
): DiagramEdge {
  const kind = options.kind ?? 'many-to-one';
  const many = kind === 'many-to-many';
  const property = options.from?.property ?? to.name.toLowerCase();
  const keyOf = (table: DiagramTable): string[] => table.columns.filter(({ primary }) => primary).map(({ column: name }) => name);
  return {
    kind,
    joinTable: null,
    eager: false,
    lazy: false,
    description: `Each ${from.name} has exactly one ${to.name}; each ${to.name} has any number of ${from.name}. Foreign key ${from.table}.${property}Id → ${to.table}.id.`,
    ...options,
    id: options.id ?? `${from.id}.${property}`,
    from: {
      table: from.id,
      property,
      columns: many ? keyOf(from) : [`${property}Id`],
      max: kind === 'one-to-one' ? 'one' : 'many',
      optional: true,
      ...options.from,
    },
    to: { table: to.id, property: null, columns: keyOf(to), max: many ? 'many' : 'one', optional: many, ...options.to },
  };
}

function withRelations(table: DiagramTable, ...names: readonly string[]): DiagramTable {
  return { ...table, relations: names.map((property) => ({ property, target: '', source: { ...table.source, line: 30, column: 3 } })) };
}

/** Three modules; all four relation kinds, self-relations, a tree, a view, a subclass and a link entity. */
export function bookshop(): DiagramModel {
  const author = withRelations(
    aTable('catalog', 'Author', ['id int PK', 'name varchar(100)', 'email varchar U', 'mentorId int? FK']),
    'books',
    'profile',
    'mentor',
  );
  const profile = withRelations(aTable('catalog', 'AuthorProfile', ['id int PK', 'biography text', 'website varchar?', 'authorId int FK']), 'author');
  const book = withRelations(
    aTable('catalog', 'Book', ['id int PK', 'title varchar(200)', 'isbn varchar(13) U', 'priceCents int', 'authorId int FK', 'publisherId int? FK']),
    'author',
    'publisher',
    'tags',
    'reviews',
    'copies',
  );
  const printed = aTable('catalog', 'PrintedBook', ['pages int', 'weightGrams int?'], { look: 'child', type: 'entity-child', table: 'book' });
  const publisher = withRelations(
    aTable('catalog', 'Publisher', ['id int PK', 'name varchar U', 'address.city varchar', 'address.street varchar?']),
    'books',
  );
  const tag = withRelations(aTable('catalog', 'Tag', ['id int PK', 'slug varchar U']), 'books');
  const category = withRelations(
    aTable('catalog', 'Category', ['id int PK', 'name varchar', 'parentId int? FK'], { look: 'tree', tree: 'closure-table' }),
    'parent',
    'children',
  );
  const customer = withRelations(
    aTable('sales', 'Customer', ['id uuid PK', 'email varchar U', 'name varchar', 'createdAt timestamp']),
    'orders',
    'reviews',
    'following',
    'followers',
  );
  const order = withRelations(
    aTable('sales', 'Order', ['id uuid PK', 'placedAt timestamp', 'status enum', 'customerId uuid FK'], { table: 'orders' }),
    'lines',
    'customer',
  );
  const line = withRelations(
    aTable('sales', 'OrderLine', ['orderId uuid PK FK', 'bookId int PK FK', 'quantity int', 'unitPriceCents int'], { look: 'link' }),
    'order',
    'book',
  );
  const review = withRelations(
    aTable('community', 'Review', ['id int PK', 'stars int', 'text text?', 'bookId int FK', 'customerId uuid FK']),
    'book',
    'customer',
  );
  const sales = aTable('sales', 'BookSales', ['bookId int', 'title varchar', 'soldCount int', 'revenueCents int'], { look: 'view', type: 'view' });
  const tables = [author, profile, book, printed, publisher, tag, category, customer, order, line, review, sales];
  return {
    tables,
    edges: [
      anEdge(book, author, { from: { property: 'author' }, to: { property: 'books' } }),
      anEdge(book, publisher, { from: { property: 'publisher' }, to: { property: 'books', optional: true } }),
      anEdge(book, tag, { kind: 'many-to-many', joinTable: 'book_tags_tag', from: { property: 'tags' }, to: { property: 'books' } }),
      anEdge(profile, author, { kind: 'one-to-one', from: { property: 'author' }, to: { property: 'profile' } }),
      anEdge(author, author, { from: { property: 'mentor', columns: ['mentorId'] }, to: { optional: true } }),
      anEdge(category, category, { from: { property: 'parent', columns: ['parentId'] }, to: { property: 'children', optional: true } }),
      anEdge(customer, customer, {
        kind: 'many-to-many',
        joinTable: 'customer_following_customer',
        from: { property: 'following' },
        to: { property: 'followers' },
      }),
      anEdge(order, customer, { from: { property: 'customer' }, to: { property: 'orders' } }),
      anEdge(line, order, { from: { property: 'order' }, to: { property: 'lines' } }),
      anEdge(line, book, { from: { property: 'book' } }),
      anEdge(review, book, { from: { property: 'book' }, to: { property: 'reviews' } }),
      anEdge(review, customer, { from: { property: 'customer' }, to: { property: 'reviews' } }),
      anEdge(printed, book, { kind: 'inheritance', id: `${printed.id}.extends`, from: { property: null, columns: [] }, to: { columns: [] } }),
    ],
    modules: [
      { id: 'src/catalog', name: 'catalog' },
      { id: 'src/community', name: 'community' },
      { id: 'src/sales', name: 'sales' },
    ],
    problems: [
      {
        table: book.id,
        property: 'authorId',
        severity: 'warning',
        message: 'The foreign key authorId has no index: looking up the books of an author reads the whole table. Add @Index().',
      },
      { table: review.id, property: null, severity: 'info', message: 'Review has no column that says when it was written.' },
    ],
  };
}

/** A schema as ORM code bases have them: modules of about 18 tables, hubs, about 1.3 foreign keys per table. Equal for equal sizes. */
export function generatedModel(tableCount: number): DiagramModel {
  const random = seeded(tableCount);
  const moduleCount = Math.max(1, Math.round(tableCount / 18));
  const nouns = ['Order', 'Item', 'User', 'Account', 'Invoice', 'Ticket', 'Asset', 'Plan', 'Event', 'Rule', 'Batch', 'Policy'];
  const specs = Array.from({ length: tableCount }, (_, index) => {
    const module = `module${String(index % moduleCount).padStart(3, '0')}`;
    const name = `${nouns[index % nouns.length] ?? ''}${index}`;
    const targets: number[] = [];
    const wanted = index === 0 ? 0 : random() < 0.3 ? 2 : random() < 0.9 ? 1 : 0;
    for (let relation = 0; relation < wanted; relation++) {
      const local = random() < 0.82 && index >= moduleCount;
      // Most relations stay in their module, and its first tables are hubs.
      const target = local
        ? (index % moduleCount) + moduleCount * Math.floor(random() ** 2 * Math.floor(index / moduleCount))
        : Math.floor(random() * index);
      if (target !== index && !targets.includes(target)) targets.push(target);
    }
    return { module, name, targets };
  });
  const tables = specs.map(({ module, name, targets }) => {
    const columns = ['id int PK', ...Array.from({ length: 4 + Math.floor(random() * 10) }, (_, index) => `field${index} varchar`)];
    for (const target of targets) columns.push(`${(specs[target]?.name ?? '').toLowerCase()}Id int FK`);
    return aTable(module, name, columns);
  });
  const edges = specs.flatMap(({ targets }, index) =>
    targets.flatMap((target) => {
      const from = tables[index];
      const to = tables[target];
      return from && to ? [anEdge(from, to)] : [];
    }),
  );
  const modules = [...new Set(tables.map(({ module }) => module))].sort().map((id) => ({ id, name: id.replace('src/', '') }));
  return { tables, edges, modules, problems: [] };
}

/** Park and Miller's generator: numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return (state - 1) / 2147483646;
  };
}
