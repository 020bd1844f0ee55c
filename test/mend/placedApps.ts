/** Lookups by several columns, with options that the turn makes, at places of a list, and through barrels; with twins that must be left alone. Run like the others. */
import type { MendApp } from './apps';

const WANTED = `const wanted = [{ house: 1, door: 2 }, { house: 2, door: 1 }, { house: 3, door: 1 }, { house: 1, door: 2 }];
const rooms = ds.getRepository(Room);
const out: unknown[] = [];
`;
const VISITS = `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const publishers = ds.getRepository(Publisher);
const out: unknown[] = [];
`;

export const placedApps: readonly MendApp[] = [
  {
    id: 'key: two columns',
    what: 'a row by two columns of the element: all pairs are asked for, and the Map has a key of both',
    source: `${WANTED}for (const { house, door } of wanted) {
  const room = await rooms.findOneBy({ house, door });
  out.push(room?.name ?? null);
}
return out;`,
  },
  {
    id: 'key: two columns of rows',
    what: 'rows by two columns, in an order of their own',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' }, take: 4 });
const out: unknown[] = [];
for (const book of books) {
  const others = await ds.getRepository(Book).find({ where: { authorId: book.authorId, title: book.title }, order: { id: 'DESC' } });
  out.push(others.map((other) => other.id));
}
return out;`,
  },
  {
    id: 'key: two columns, rows unordered',
    what: 'the same without an order: alternatives may come in another one',
    source: `const books = await ds.getRepository(Book).find({ order: { id: 'ASC' }, take: 4 });
const out: unknown[] = [];
for (const book of books) {
  const others = await ds.getRepository(Book).findBy({ authorId: book.authorId, title: book.title });
  out.push(others.map((other) => other.id));
}
return out;`,
    declined: /say an order first/,
  },
  {
    id: 'key: two columns, texts',
    what: 'texts in the place of numbers, which the database compares as numbers',
    source: `const wanted = JSON.parse('[{"house":"1","door":"2"},{"house":"02","door":"1"},{"house":"3","door":"1"}]') as { house: number; door: number }[];
const out: unknown[] = [];
for (const { house, door } of wanted) {
  const room = await ds.getRepository(Room).findOneBy({ house, door });
  out.push(room?.name ?? null);
}
return out;`,
    declined: /of which type house is/i,
  },
  {
    id: 'key: two columns, one moved',
    what: 'one of the columns is changed from turn to turn',
    source: `${WANTED}let door = 1;
for (const { house } of wanted) {
  const room = await rooms.findOneBy({ house, door });
  out.push(room?.name ?? null);
  door = 3 - door;
}
return out;`,
    declined: /more of the loop’s turn than its key/,
  },
  {
    id: 'options: of the turn',
    what: 'options in a constant of the turn, which goes with the lookup',
    source: `${VISITS}for (const visit of visits) {
  const options = { where: { id: visit.publisherId }, relations: { books: true }, order: { books: { id: 'ASC' as const } } };
  const publisher = await publishers.findOne(options);
  out.push(publisher?.books?.map((book) => book.id));
}
return out;`,
  },
  {
    id: 'options: of the turn, changed',
    what: 'options that the turn changes once they are made',
    source: `${VISITS}for (const visit of visits) {
  const options = { where: { id: visit.publisherId } };
  if (visit.id === 703) options.where.id = 202;
  const publisher = await publishers.findOne(options);
  out.push(publisher?.name);
}
return out;`,
    declined: /not written out/,
  },
  {
    id: 'options: relations of the turn',
    what: 'which relations are loaded differs from turn to turn',
    source: `${VISITS}for (const visit of visits) {
  const publisher = await publishers.findOne({ where: { id: visit.publisherId }, relations: { books: visit.id > 703 } });
  out.push(publisher?.books?.length);
}
return out;`,
    declined: /more of the loop’s turn than its key/,
  },
  {
    id: 'loop: places',
    what: 'a counting loop that names no element',
    source: `const posts: { id: number; publisherId: number; publisher?: Publisher | null }[] = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
for (let i = 0; i < posts.length; i++) {
  posts[i]!.publisher = await ds.getRepository(Publisher).findOneBy({ id: posts[i]!.publisherId });
}
return posts;`,
  },
  {
    id: 'loop: places, shared',
    what: 'two elements get the same row, which is changed in one of them',
    source: `const posts: { id: number; publisherId: number; publisher?: Publisher | null }[] = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
for (let i = 0; i < posts.length; i++) {
  posts[i]!.publisher = await ds.getRepository(Publisher).findOneBy({ id: posts[i]!.publisherId });
}
for (const post of posts) if (post.id === 701 && post.publisher) post.publisher.name = 'changed';
return posts;`,
    declined: /row found is changed in line 9/,
  },
  {
    id: 'loop: places, moved',
    what: 'elements change places before their turn',
    source: `const posts = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (let i = 0; i < posts.length; i++) {
  if (i === 0) posts[1] = { ...posts[1]!, publisherId: 299 };
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: posts[i]!.publisherId });
  out.push(publisher?.name);
}
return out;`,
    declined: /The loop counts/,
  },
  {
    id: 'loop: places by for in',
    what: 'for … in over an array',
    source: `const posts = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (const i in posts) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: posts[i]!.publisherId });
  out.push(publisher?.name);
}
return out;`,
  },
  {
    id: 'loop: generator',
    what: 'keys of a generator, whose code runs between the turns',
    source: `const out: unknown[] = [];
function* ids(): Generator<number> {
  for (const id of [201, 202, 203, 201]) {
    out.push('next');
    yield id;
  }
}
for (const id of ids()) {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id });
  out.push(publisher?.name ?? null);
}
return out;`,
    declined: /one by one from a generator/,
  },
  {
    id: 'order: callbacks waited for later',
    what: 'callbacks that are seen behind their lookup, and waited for after other code',
    source: `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const seen: (string | undefined)[] = [];
const done = visits.map(async (visit) => {
  const publisher = await ds.getRepository(Publisher).findOneBy({ id: visit.publisherId });
  seen.push(publisher?.name);
});
const early = seen.length;
await Promise.all(done);
return [early, seen.sort()];`,
    declined: /does not wait for them at once/,
  },
  {
    id: 'shared: pattern',
    what: 'a row whose properties are given values by a pattern',
    source: `const visits = await ds.getRepository(Visit).find({ order: { id: 'ASC' } });
const out: unknown[] = [];
for (const visit of visits) {
  const publisher = await ds.getRepository(Publisher).findOneByOrFail({ id: visit.publisherId });
  [publisher.name, publisher.code] = [publisher.code, publisher.name];
  out.push(publisher.name);
}
return out;`,
    declined: /row found is changed in line 9/,
  },
  {
    id: 'function: barrel',
    what: 'a function of another file comes by way of a module that passes on all of it',
    files: {
      'barrel-lookup.ts': `export async function publisherOf(ds: DataSource, id: number): Promise<Publisher | null> {
  return ds.getRepository(Publisher).findOneBy({ id });
}`,
      'barrel.ts': "export * from './barrel-lookup';",
    },
    source: `import { publisherOf } from './barrel';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
    const publisher = await publisherOf(ds, visit.publisherId);
    out.push(publisher?.name);
  }
  return out;
}`,
  },
  {
    id: 'function: barrel of names',
    what: 'a module between them names what it passes on: it names the new function too',
    files: {
      'named-lookup.ts': `export async function publisherOf(ds: DataSource, id: number): Promise<Publisher | null> {
  return ds.getRepository(Publisher).findOneBy({ id });
}`,
      'named-barrel.ts': "export { publisherOf } from './named-lookup';",
    },
    source: `import { publisherOf } from './named-barrel';

export async function run(ds: DataSource): Promise<unknown> {
  const out: unknown[] = [];
  for (const visit of await ds.getRepository(Visit).find({ order: { id: 'ASC' } })) {
    const publisher = await publisherOf(ds, visit.publisherId);
    out.push(publisher?.name);
  }
  return out;
}`,
  },
];
