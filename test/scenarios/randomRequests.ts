/**
 * Requests that nobody would write: loops over the rows of a query and their correct twins, each written in a form that is thrown for, one after the other or at
 * once, several requests at a time. What each part costs is known, so that what the profiler says of all together is too.
 */
import { format } from 'prettier';
import { Dice } from '../differential/dice';

/** What is to be said of a line. */
export interface Truth {
  readonly request: string;
  readonly kind: 'loop-n-plus-one' | 'lazy-n-plus-one' | 'write-n-plus-one';
  readonly count: number;
  /** Mark of the line that asks. */
  readonly site: string;
  /** Mark of the line whose rows are looped over; null where the kind has none. */
  readonly parent: string | null;
}

export interface RandomRequests {
  readonly source: string;
  readonly truths: readonly Truth[];
  /** Name of each request → its source. */
  readonly requests: ReadonlyMap<string, string>;
}

const AUTHORS = 40;

/** Books 1 to 40 have an author each; every book has two reviews. Poems have their poets lazily. */
const schema = `
const { Between, DataSource, EntitySchema, In } = require('TYPEORM');
class Author {} class Book {} class Review {} class Poet {} class Poem {} class Note {}
const id = { type: Number, primary: true, generated: true };
const entities = [
  new EntitySchema({ name: 'Author', target: Author, columns: { id, name: { type: String } },
    relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } } }),
  new EntitySchema({ name: 'Book', target: Book, columns: { id, title: { type: String }, authorId: { type: Number } },
    relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: { name: 'authorId' } },
      reviews: { type: 'one-to-many', target: 'Review', inverseSide: 'book' } } }),
  new EntitySchema({ name: 'Review', target: Review, columns: { id, text: { type: String }, bookId: { type: Number } },
    relations: { book: { type: 'many-to-one', target: 'Book', inverseSide: 'reviews', joinColumn: { name: 'bookId' } } } }),
  new EntitySchema({ name: 'Poet', target: Poet, columns: { id, name: { type: String } },
    relations: { poems: { type: 'one-to-many', target: 'Poem', inverseSide: 'poet', lazy: true } } }),
  new EntitySchema({ name: 'Poem', target: Poem, columns: { id, poetId: { type: Number } },
    relations: { poet: { type: 'many-to-one', target: 'Poet', inverseSide: 'poems', lazy: true, joinColumn: { name: 'poetId' } } } }),
  new EntitySchema({ name: 'Note', target: Note, columns: { id, of: { type: Number } } }),
];
const pause = (ms) => new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
async function open() {
  const ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities });
  await ds.initialize();
  const numbers = Array.from({ length: ${AUTHORS} }, (_, at) => at + 1);
  await ds.getRepository(Author).insert(numbers.map((id) => ({ id, name: 'author ' + id })));
  await ds.getRepository(Book).insert(numbers.map((id) => ({ id, title: 'book ' + id, authorId: ${AUTHORS} + 1 - id })));
  await ds.getRepository(Review).insert(numbers.flatMap((id) => ['good', 'bad'].map((text) => ({ text, bookId: id }))));
  await ds.getRepository(Poet).insert(numbers.map((id) => ({ id, name: 'poet ' + id })));
  await ds.getRepository(Poem).insert(numbers.map((id) => ({ id, poetId: ${AUTHORS} + 1 - id })));
  return ds;
}
`;

interface Part {
  readonly lines: readonly string[];
  readonly truths: readonly Omit<Truth, 'request'>[];
}

type Entity = 'Book' | 'Poem';

/** A query for the rows of a range, as one expression that gives a list of them. */
function parentQuery(dice: Dice, entity: Entity, from: number, to: number): string {
  const table = entity.toLowerCase();
  const all = [
    `await ds.getRepository(${entity}).find({ where: { id: Between(${from}, ${to}) } })`,
    `await ds.getRepository(${entity}).findBy({ id: Between(${from}, ${to}) })`,
    `await ds.manager.find(${entity}, { where: { id: Between(${from}, ${to}) }, order: { id: 'DESC' } })`,
    `(await ds.getRepository(${entity}).findAndCount({ where: { id: Between(${from}, ${to}) } }))[0]`,
    `await ds.getRepository(${entity}).find({ order: { id: 'ASC' }, skip: ${from - 1}, take: ${to - from + 1} })`,
    `await ds.getRepository(${entity}).createQueryBuilder('it').where('it.id BETWEEN :from AND :to', { from: ${from}, to: ${to} }).getMany()`,
    `await ds.createQueryBuilder(${entity}, 'it').where('it.id >= ${from}').andWhere('it.id <= ${to}').orderBy('it.id', 'DESC').getMany()`,
  ];
  const raw = [
    `await ds.query('SELECT * FROM ${table} WHERE id BETWEEN ? AND ?', [${from}, ${to}])`,
    `await ds.manager.query('SELECT * FROM "${table}" WHERE "id" >= ${from} AND "id" <= ${to}')`,
  ];
  return dice.pick(entity === 'Book' ? [...all, ...raw] : all);
}

/** What is asked of one row: `KEY` stands for its key, `it` for the row. */
interface Read {
  readonly of: 'authorId' | 'id' | 'poet';
  readonly text: string;
}

const reads: readonly Read[] = [
  { of: 'authorId', text: `ds.getRepository(Author).findOneBy({ id: KEY })` },
  { of: 'authorId', text: `ds.getRepository(Author).findOne({ where: { id: KEY } })` },
  { of: 'authorId', text: `ds.getRepository(Author).findOneByOrFail({ id: KEY })` },
  { of: 'authorId', text: `ds.manager.findBy(Author, { id: KEY })` },
  { of: 'authorId', text: `ds.getRepository(Author).existsBy({ id: KEY })` },
  { of: 'authorId', text: `ds.getRepository(Author).createQueryBuilder('a').where('a.id = :key', { key: KEY }).getOne()` },
  { of: 'authorId', text: `ds.createQueryBuilder().select('a').from(Author, 'a').where('a.id = :key').setParameters({ key: KEY }).getOneOrFail()` },
  { of: 'authorId', text: `ds.query('SELECT name FROM author WHERE id = ?', [KEY])` },
  { of: 'id', text: `ds.getRepository(Review).findBy({ bookId: KEY })` },
  { of: 'id', text: `ds.getRepository(Review).find({ where: { book: { id: KEY } } })` },
  { of: 'id', text: `ds.getRepository(Review).find({ where: { bookId: KEY }, order: { id: 'DESC' }, take: 1 })` },
  { of: 'id', text: `ds.getRepository(Review).countBy({ bookId: KEY })` },
  { of: 'id', text: `ds.getRepository(Review).createQueryBuilder('r').where('r.bookId = :key', { key: KEY }).getMany()` },
  { of: 'id', text: `ds.query('SELECT count(*) AS n FROM review WHERE "bookId" = ?', [KEY])` },
  { of: 'id', text: `ds.createQueryBuilder().relation(Book, 'reviews').of(KEY).loadMany()` },
  { of: 'poet', text: `it.poet` },
];

/** Loops over `ROWS`: `READ` is what is asked of `it`, on a line of its own; where that is in a helper (`HELPED`), `SITE` marks the line of the loop. */
const loops: readonly string[] = [
  `for (const it of ROWS) { READ }`,
  `for (let at = 0; at < ROWS.length; at++) { const it = ROWS[at];\nREAD }`,
  `const left = [...ROWS]; for (let it = left.shift(); it !== undefined; it = left.shift()) {\nREAD }`,
  `await Promise.all(ROWS.map(async (it) => { READ }));`,
  `await Promise.allSettled(ROWS.map(async (it) => { await pause(0); READ }));`,
  `const asked = []; ROWS.forEach((it) => asked.push((async () => { READ })())); await Promise.all(asked);`,
  `await ROWS.reduce((before, it) => before.then(async () => { READ }), Promise.resolve());`,
  `const step = async (at) => { const it = ROWS[at]; if (it === undefined) return;\nREAD\nawait step(at + 1); }; await step(0);`,
  `async function* each() { for (const it of ROWS) { await pause(0); yield it; } }\nfor await (const it of each()) { READ }`,
  `const next = ROWS[Symbol.iterator](); const worker = async () => { for (const it of { [Symbol.iterator]: () => next }) { READ } };\nawait Promise.all([worker(), worker()]);`,
  `const one = async (it) => {\nHELPED };\nfor (const it of ROWS) await one(it); // SITE`,
  `for (let at = 0; at < ROWS.length; at += 2) await Promise.all(ROWS.slice(at, at + 2).map(async (it) => {\nREAD }));`,
  `for (const [, it] of new Map(ROWS.entries())) { await pause(0); READ }`,
  `for (const it of ROWS) { try { READ } finally { await pause(1); } }`,
];

/** How rows get from the query to the loop; the second gives the key where rows are keys only. */
const ways: readonly { readonly rows: (name: string, key: string) => string; readonly isKey: boolean; readonly isCopy: boolean }[] = [
  { rows: (name) => name, isKey: false, isCopy: false },
  { rows: (name) => `${name}.filter(Boolean).reverse()`, isKey: false, isCopy: false },
  { rows: (name) => `[...new Set(${name})]`, isKey: false, isCopy: false },
  { rows: (name) => `${name}.map((row) => ({ ...row, at: Date.now() }))`, isKey: false, isCopy: true },
  { rows: (name) => `JSON.parse(JSON.stringify(${name}))`, isKey: false, isCopy: true },
  { rows: (name, key) => `${name}.map((row) => row.${key})`, isKey: true, isCopy: true },
  { rows: (name, key) => `${name}.map(({ ${key}: key }) => key).sort((a, b) => a - b)`, isKey: true, isCopy: true },
];

interface Pieces {
  readonly rows: string;
  /** Statement that gives the rows. */
  readonly query: string;
  /** Statement that makes the list of them. */
  readonly hand: string;
  readonly loop: readonly string[];
  readonly between: readonly string[];
}

/** Which functions ask for the rows and loop over them. */
const structures: readonly ((pieces: Pieces) => string[])[] = [
  ({ query, hand, loop, between }) => [query, hand, ...between, ...loop],
  ({ query, hand, loop, between }) => [query, ...between, hand, ...loop],
  ({ rows, query, hand, loop, between }) => [
    `const load${rows} = async () => { ${query}\nreturn ${rows}; };`,
    `const show${rows} = async (${rows}) => { ${hand}`,
    ...loop,
    `};`,
    `const all${rows} = await load${rows}();`,
    ...between,
    `await show${rows}(all${rows});`,
  ],
  ({ rows, query, hand, loop, between }) => [
    `class Service${rows} {`,
    `async load() { ${query}\nreturn ${rows}; }`,
    `async show() { const ${rows} = await this.load();`,
    hand,
    ...between,
    ...loop,
    `}}`,
    `await new Service${rows}().show();`,
  ],
  ({ rows, query, hand, loop, between }) => [
    `let list${rows}kept;`,
    `await (async () => { ${query}`,
    hand,
    `list${rows}kept = list${rows}; })();`,
    ...between,
    `const list${rows} = list${rows}kept;`,
    ...loop,
  ],
];

class Writer {
  private marks = 0;
  /** Bounds of ranges that a part has, which no other one of the request has: the same query twice is one too many, and told. */
  private readonly bounds = new Set<number>();
  private isCounted = false;

  constructor(
    private readonly dice: Dice,
    private readonly request: string,
  ) {}

  private mark(what: string): string {
    return `${this.request} ${what} ${++this.marks}`;
  }

  private range(): { from: number; to: number; count: number } {
    for (;;) {
      const count = 4 + this.dice.int(5);
      const from = 1 + this.dice.int(AUTHORS - count);
      const to = from + count - 1;
      if (this.bounds.has(from) || this.bounds.has(to)) continue;
      this.bounds.add(from).add(to);
      return { from, to, count };
    }
  }

  part(): Part {
    const { dice } = this;
    const kind = dice.int(10);
    if (kind < 5) return this.loop();
    if (kind === 5) return this.writes();
    return this.correct();
  }

  private rows(): string {
    return `rows${this.dice.next()}`;
  }

  private loop(): Part {
    const { dice } = this;
    const read = dice.pick(reads);
    const entity: Entity = read.of === 'poet' ? 'Poem' : 'Book';
    const { from, to, count } = this.range();
    const [parent, site, rows] = [this.mark('parent'), this.mark('site'), this.rows()];
    // A copy has no lazy relation.
    const way = dice.pick(read.of === 'poet' ? ways.filter(({ isCopy }) => !isCopy) : ways);
    const key = way.isKey ? 'it' : `it.${read.of}`;
    const ask = `\nawait ${read.text.replace('KEY', key)}; // ${site}\n`;
    const body = dice
      .pick(loops)
      .replaceAll('ROWS', `list${rows}`)
      .replace('READ', ask)
      // A lazy relation is read where it is read.
      .replace('HELPED', read.of === 'poet' ? ask : ask.replace(` // ${site}`, ''))
      .replace(' // SITE', read.of === 'poet' ? '' : ` // ${site}`);
    const query = `const ${rows} = ${parentQuery(dice, entity, from, to)}; // ${parent}`;
    const hand = `const list${rows} = ${way.rows(rows, read.of)};`;
    const loop = body.split('\n').filter((line) => line.trim() !== '');
    const lines = dice.pick(structures)({ rows, query, hand, loop, between: this.between() });
    return { lines, truths: [{ kind: read.of === 'poet' ? 'lazy-n-plus-one' : 'loop-n-plus-one', count, site, parent }] };
  }

  /** Something else between a query and its loop. */
  private between(): string[] {
    const { dice } = this;
    return dice.chance(0.5) ? [] : [`await pause(${dice.int(3)});`];
  }

  private writes(): Part {
    const { dice } = this;
    const { from, count } = this.range();
    const site = this.mark('site');
    const write = dice.pick([
      `ds.getRepository(Note).insert({ of: it })`,
      `ds.getRepository(Note).save({ of: it })`,
      `ds.manager.insert(Note, { of: it })`,
      `ds.createQueryBuilder().insert().into(Note).values({ of: it }).execute()`,
    ]);
    const list = `Array.from({ length: ${count} }, (_, at) => at + ${from})`;
    const lines = [`for (const it of ${list}) {`, `await ${write}; // ${site}`, `}`];
    return { lines, truths: [{ kind: 'write-n-plus-one', count, site, parent: null }] };
  }

  private correct(): Part {
    const { dice } = this;
    const { from, to } = this.range();
    const rows = this.rows();
    const books = `const ${rows} = ${parentQuery(dice, 'Book', from, to)};`;
    const counted = `await Promise.all([ds.getRepository(Author).count(), ds.getRepository(Book).count(), ds.getRepository(Review).count()]);`;
    const lines = dice.pick([
      [books, `await ds.getRepository(Author).findBy({ id: In(${rows}.map((row) => row.authorId)) });`],
      [books, `await ds.getRepository(Review).find({ where: { bookId: In(${rows}.map((row) => row.id)) }, order: { id: 'ASC' } });`],
      [books, `for (const it of ${rows}) await pause(0);`],
      [
        `for (const it of await ds.getRepository(Book).find({ where: { id: Between(${from}, ${to}) }, relations: { author: true } })) void it.author.name;`,
      ],
      [
        `for (const it of await ds.getRepository(Author).createQueryBuilder('a').leftJoinAndSelect('a.books', 'b').where('a.id <= ${to}').getMany()) void it.books.length;`,
      ],
      [
        `const ${rows} = await ds.getRepository(Book).findOneByOrFail({ id: ${from} });`,
        `await ds.getRepository(Author).findOneBy({ id: ${rows}.authorId });`,
      ],
      this.isCounted ? [] : [counted],
      [`await ds.getRepository(Note).insert([{ of: ${from} }, { of: ${to} }, { of: 0 }, { of: 0 }]);`],
    ]);
    this.isCounted ||= lines[0] === counted;
    return { lines, truths: [] };
  }
}

/** One request: its parts one after the other, or at once. */
function randomRequest(dice: Dice, name: string): { readonly text: string; readonly truths: readonly Truth[] } {
  const writer = new Writer(dice, name);
  const parts = Array.from({ length: 1 + dice.int(4) }, () => writer.part());
  const bodies = parts.map(({ lines }) => {
    const [before, after] = dice.pick([
      ['', ''],
      ['await pause(0);', ''],
      ['await pause(1);', 'await pause(1);'],
    ]);
    return [before, ...lines, after].filter((line) => line !== '').map((line) => `    ${line}`);
  });
  const isAtOnce = parts.length > 1 && dice.chance(0.5);
  const functions = bodies.map((lines, at) => [`  const part${at} = async () => {`, ...lines, `  };`].join('\n'));
  const calls = bodies.map((_, at) => `part${at}()`);
  const run = isAtOnce ? `  await Promise.all([${calls.join(', ')}]);` : calls.map((call) => `  await ${call};`).join('\n');
  const text = [`requests.set('${name}', async (ds) => {`, ...functions, run, `});`].join('\n');
  return { text, truths: parts.flatMap(({ truths }) => truths.map((truth) => ({ ...truth, request: name }))) };
}

/** A program of requests, four at a time, each a scope of its name; laid out as people do, with a line for each statement. */
export async function randomRequests(seed: number, count: number): Promise<RandomRequests> {
  const dice = new Dice(seed);
  const made = Array.from({ length: count }, (_, at) => ({ name: `r${at}`, ...randomRequest(dice, `r${at}`) }));
  const source = `${schema}
const requests = new Map();
${made.map(({ text }) => text).join('\n')}
(async () => {
  const ds = await open();
  const lens = globalThis[Symbol.for('relation-lens')];
  const waiting = [...requests];
  const serve = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, run] = next;
      await lens.scope(name, () => run(ds)).catch((error) => console.error(name, 'failed:', error));
    }
  };
  await Promise.all([serve(), serve(), serve(), serve()]);
  await ds.destroy();
})();
`;
  const laidOut = await format(source, { parser: 'babel', printWidth: 400, singleQuote: true });
  return { source: laidOut, truths: made.flatMap(({ truths }) => truths), requests: new Map(made.map(({ name, text }) => [name, text])) };
}
