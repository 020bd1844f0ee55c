// Started by probe.bench.ts, once per way of watching: queries an in-memory SQLite database (the worst case for whoever watches,
// for nothing else takes time) and prints the processor time of one query in microseconds.
//   node probeWorkload.cjs KIND COUNT [otel]
const [kind, count, watcher] = process.argv.slice(2);
if (watcher === 'otel') startOpenTelemetry();

require('reflect-metadata');
const { DataSource, EntitySchema } = require('typeorm');

class Author {}
class Book {}
const id = { type: Number, primary: true, generated: true };
const entities = [
  new EntitySchema({
    name: 'Author',
    target: Author,
    columns: { id, name: { type: String } },
    relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', lazy: true } },
  }),
  new EntitySchema({
    name: 'Book',
    target: Book,
    columns: { id, title: { type: String }, authorId: { type: Number } },
    relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', lazy: true, joinColumn: { name: 'authorId' } } },
  }),
];

/** What one pass does; each answers how many queries it ran. */
const passes = {
  async lookup(dataSource) {
    const authors = dataSource.getRepository(Author);
    for (let authorId = 1; authorId <= 50; authorId++) await authors.findOneBy({ id: authorId });
    return 50;
  },
  async lazy(dataSource) {
    for (const author of await dataSource.getRepository(Author).find()) await author.books;
    return 51;
  },
  async raw(dataSource) {
    for (let authorId = 1; authorId <= 50; authorId++) await dataSource.query('SELECT * FROM author WHERE id = ?', [authorId]);
    return 50;
  },
};

async function main() {
  const dataSource = await new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities }).initialize();
  for (let i = 1; i <= 50; i++) {
    await dataSource.query('INSERT INTO author (id, name) VALUES (?, ?)', [i, `author ${i}`]);
    await dataSource.query('INSERT INTO book (title, authorId) VALUES (?, ?)', [`book ${i}`, i]);
  }
  await run(dataSource, 2_000);
  console.log(await run(dataSource, Number(count)));
}

/** Microseconds of processor time per query. */
async function run(dataSource, queries) {
  const before = process.cpuUsage();
  let done = 0;
  while (done < queries) {
    done += await passes[kind](dataSource);
    await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / done;
}

/** The cheapest honest setup: spans are made and batched, and the exporter throws them away. */
function startOpenTelemetry() {
  const { NodeTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-node');
  const { registerInstrumentations } = require('@opentelemetry/instrumentation');
  const { TypeormInstrumentation } = require('@opentelemetry/instrumentation-typeorm');
  const exporter = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => {} };
  new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] }).register();
  registerInstrumentations({ instrumentations: [new TypeormInstrumentation()] });
}

main();
