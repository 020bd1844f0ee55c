/** The library that every scenario runs on, and the names of its parts. Keys start far apart, so that equal numbers are no accident. */
import { DataSource, EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

export interface Author {
  id: number;
  name: string;
  books: Promise<Book[]>;
  country: Promise<Country | null>;
  profile: Promise<Profile | null>;
}
export interface Country {
  id: number;
  name: string;
  authors: Promise<Author[]>;
}
export interface Profile {
  id: number;
  text: string;
  author: Promise<Author>;
}
export interface Book {
  id: number;
  title: string;
  authorId: number;
  author: Promise<Author>;
  tags: Promise<Tag[]>;
  comments: Promise<Comment[]>;
}
export interface Tag {
  id: number;
  name: string;
  books: Promise<Book[]>;
}
export interface Comment {
  id: number;
  text: string;
  published: boolean;
  bookId: number;
  book: Promise<Book>;
}
export interface Category {
  id: number;
  name: string;
  parentId: number | null;
  parent: Promise<Category | null>;
}
export interface Customer {
  id: number;
  name: string;
  orders: Order[];
}
export interface Order {
  id: number;
  customerId: number;
  customer: Customer;
  lines: OrderLine[];
}
export interface OrderLine {
  id: number;
  orderId: number;
  order: Order;
  sku: string;
}
/** Speaks of customers without a relation to them. */
export interface Visit {
  id: number;
  customerId: number;
  counter: number;
}

const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: true };
const text: EntitySchemaColumnOptions = { type: String };
const key: EntitySchemaColumnOptions = { type: Number, nullable: true };

export const Authors = new EntitySchema<Author>({
  name: 'Author',
  columns: { id, name: text },
  relations: {
    books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', lazy: true },
    country: { type: 'many-to-one', target: 'Country', inverseSide: 'authors', lazy: true },
    profile: { type: 'one-to-one', target: 'Profile', inverseSide: 'author', joinColumn: true, lazy: true },
  },
});
export const Countries = new EntitySchema<Country>({
  name: 'Country',
  columns: { id, name: text },
  relations: { authors: { type: 'one-to-many', target: 'Author', inverseSide: 'country', lazy: true } },
});
export const Profiles = new EntitySchema<Profile>({
  name: 'Profile',
  columns: { id, text },
  relations: { author: { type: 'one-to-one', target: 'Author', inverseSide: 'profile', lazy: true } },
});
export const Books = new EntitySchema<Book>({
  name: 'Book',
  columns: { id, title: text, authorId: key },
  relations: {
    author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: { name: 'authorId' }, lazy: true },
    tags: { type: 'many-to-many', target: 'Tag', inverseSide: 'books', joinTable: true, lazy: true },
    comments: { type: 'one-to-many', target: 'Comment', inverseSide: 'book', lazy: true },
  },
});
export const Tags = new EntitySchema<Tag>({
  name: 'Tag',
  columns: { id, name: text },
  relations: { books: { type: 'many-to-many', target: 'Book', inverseSide: 'tags', lazy: true } },
});
export const Comments = new EntitySchema<Comment>({
  name: 'Comment',
  columns: { id, text, published: { type: Boolean, default: true }, bookId: key },
  relations: { book: { type: 'many-to-one', target: 'Book', inverseSide: 'comments', joinColumn: { name: 'bookId' }, lazy: true } },
});
export const Categories = new EntitySchema<Category>({
  name: 'Category',
  columns: { id, name: text, parentId: key },
  relations: { parent: { type: 'many-to-one', target: 'Category', joinColumn: { name: 'parentId' }, lazy: true } },
});
export const Customers = new EntitySchema<Customer>({
  name: 'Customer',
  columns: { id, name: text },
  relations: { orders: { type: 'one-to-many', target: 'Order', inverseSide: 'customer' } },
});
export const Orders = new EntitySchema<Order>({
  name: 'Order',
  tableName: 'orders',
  columns: { id, customerId: key },
  relations: {
    customer: { type: 'many-to-one', target: 'Customer', inverseSide: 'orders', joinColumn: { name: 'customerId' } },
    lines: { type: 'one-to-many', target: 'OrderLine', inverseSide: 'order', cascade: ['insert'] },
  },
});
export const OrderLines = new EntitySchema<OrderLine>({
  name: 'OrderLine',
  columns: { id, sku: text, orderId: key },
  relations: { order: { type: 'many-to-one', target: 'Order', inverseSide: 'lines', joinColumn: { name: 'orderId' } } },
});
export const Visits = new EntitySchema<Visit>({
  name: 'Visit',
  columns: { id, customerId: { type: Number }, counter: { type: Number, default: 0 } },
});

/** Address of a PostgreSQL database to run on instead, which is emptied first. */
export const postgresUrl = process.env['SCENARIOS_POSTGRES'];

export const isPostgres = postgresUrl !== undefined;

export const dataSource = new DataSource({
  ...(postgresUrl === undefined
    ? { type: 'better-sqlite3', database: ':memory:' }
    : { type: 'postgres', url: postgresUrl, dropSchema: true, extra: { max: 4 } }),
  synchronize: true,
  entities: [Authors, Countries, Profiles, Books, Tags, Comments, Categories, Customers, Orders, OrderLines, Visits],
});

/** With TypeORM's result cache, whose table has traffic of its own. */
export const cachingSource = new DataSource({
  ...(postgresUrl === undefined ? { type: 'better-sqlite3', database: ':memory:' } : { type: 'postgres', url: postgresUrl, extra: { max: 2 } }),
  synchronize: true,
  cache: true,
  entities: [Customers, Orders, OrderLines],
});

/** A pool of one connection, where calls that run at once wait for each other. */
export const narrowSource = new DataSource({
  ...(postgresUrl === undefined ? { type: 'better-sqlite3', database: ':memory:' } : { type: 'postgres', url: postgresUrl, extra: { max: 1 } }),
  entities: [Customers, Orders, OrderLines],
});

/** 12 authors in 4 countries with 3 books each, 2 comments and 2 tags a book, a chain of categories, 12 customers with an order each. */
export async function fill(): Promise<void> {
  const rows: string[] = [];
  const insert = (table: string, columns: string, values: readonly string[]) =>
    rows.push(`INSERT INTO "${table}" (${columns.replace(/\w+/g, '"$&"')}) VALUES ${values.join(', ')}`);
  const each = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  insert(
    'country',
    'id, name',
    each(4, (n) => `(${51 + n}, 'country ${n}')`),
  );
  insert(
    'profile',
    'id, text',
    each(12, (n) => `(${71 + n}, 'profile ${n}')`),
  );
  insert(
    'author',
    'id, name, countryId, profileId',
    each(12, (n) => `(${101 + n}, 'author ${n}', ${51 + (n % 4)}, ${82 - n})`),
  );
  insert(
    'book',
    'id, title, authorId',
    each(36, (n) => `(${201 + n}, 'book ${n}', ${101 + (n % 12)})`),
  );
  insert(
    'tag',
    'id, name',
    each(5, (n) => `(${301 + n}, 'tag ${n}')`),
  );
  insert(
    'book_tags_tag',
    'bookId, tagId',
    each(72, (n) => `(${201 + (n >> 1)}, ${301 + ((n >> 1) % 4) + (n % 2)})`),
  );
  insert(
    'comment',
    'id, text, bookId, published',
    each(72, (n) => `(${401 + n}, 'comment ${n}', ${201 + (n % 36)}, ${n % 3 !== 0})`),
  );
  insert(
    'category',
    'id, name, parentId',
    each(7, (n) => `(${501 + n}, 'category ${n}', ${n === 6 ? 'NULL' : 502 + n})`),
  );
  insert(
    'customer',
    'id, name',
    each(12, (n) => `(${601 + n}, 'customer ${n}')`),
  );
  insert(
    'orders',
    'id, customerId',
    each(12, (n) => `(${701 + n}, ${612 - n})`),
  );
  insert(
    'order_line',
    'id, sku, orderId',
    each(24, (n) => `(${801 + n}, 'sku ${n}', ${701 + (n % 12)})`),
  );
  insert(
    'visit',
    'id, customerId',
    each(12, (n) => `(${901 + n}, ${601 + ((n * 5) % 12)})`),
  );
  for (const sql of rows) await dataSource.query(sql);
  if (isPostgres) await continueSequences();
}

/** Keys were given by hand: the next ones must not start at 1. */
async function continueSequences(): Promise<void> {
  for (const { tableName } of dataSource.entityMetadatas.filter(({ primaryColumns }) => primaryColumns.some(({ isGenerated }) => isGenerated))) {
    await dataSource.query(`SELECT setval(pg_get_serial_sequence('"${tableName}"', 'id'), (SELECT max(id) FROM "${tableName}"))`);
  }
}
