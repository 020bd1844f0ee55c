// Started by probe.bench.ts, once per way of watching: queries an in-memory SQLite database (the worst case for whoever watches,
// for nothing else takes time). For each number on its input it runs so many queries, and prints what one took, in microseconds: of
// processor time, and of time elapsed. So several processes can take turns, block by block.
//   node probeWorkload.cjs KIND [otel|context]
// With `context`, an AsyncLocalStorage holds something and nobody ever asks for it: what Node itself takes for carrying it along.
// With BENCH_POSTGRES (a URL) on that server, in a schema of the process's own.
const [kind, watcher] = process.argv.slice(2);
const postgres = process.env.BENCH_POSTGRES;
if (watcher === 'otel') startOpenTelemetry();
if (watcher === 'context') new (require('node:async_hooks').AsyncLocalStorage)().enterWith({});

const { spawn } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');
const vm = require('node:vm');
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
  /** Every call from another stack: a site that was never seen. */
  async cold(dataSource) {
    for (let authorId = 1; authorId <= 50; authorId++) await freshCaller()(dataSource, authorId);
    return 50;
  },
  /** A thousand entities are hydrated, and all of their properties read; a query in the figures is an entity here. */
  async reads(dataSource) {
    const books = await dataSource.getRepository(Book).find();
    let length = 0;
    for (const book of books) length += book.title.length + book.authorId + book.id;
    return length > 0 ? books.length : 0;
  },
  /** Requests of another process, one after the other; each of them asks five times, four of these without an index. A query in the figures is a request here. */
  async request(dataSource) {
    client ??= await startClient(dataSource);
    client.stdin.write('20\n');
    if ((await client.answers.next()).done) throw new Error('The client ended before its time.');
    return 20;
  },
};

let client;

async function startClient(dataSource) {
  const server = http.createServer(async (request, response) => {
    const id = (Number(request.url.slice(1)) % 50) + 1;
    const author = await dataSource.getRepository(Author).findOneBy({ id });
    const books = [];
    for (let at = 0; at < 4; at++) books.push(...(await dataSource.getRepository(Book).findBy({ title: `book ${id * 150 + at}` })));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: author.name, books: books.map(({ id, title }) => ({ id, title })) }));
  });
  // Other ways take their turns for longer than Node would wait for the next request.
  server.keepAliveTimeout = 0;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, ['-e', `(${askInTurns})(${server.address().port})`], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  child.unref();
  process.once('exit', () => child.kill());
  return { stdin: child.stdin, answers: readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

/** The client's program: for each number on its input it makes so many requests. */
async function askInTurns(port) {
  const http = require('node:http');
  const agent = new http.Agent({ keepAlive: true });
  const ask = (id) =>
    new Promise((resolve) => http.get({ port, host: '127.0.0.1', path: `/${id}`, agent }, (response) => response.resume().on('end', resolve)));
  let asked = 0;
  for await (const count of require('node:readline').createInterface({ input: process.stdin })) {
    for (let at = 0; at < Number(count); at++) await ask(++asked);
    console.log('done');
  }
}

let callers = 0;

function freshCaller() {
  const name = `caller${++callers}`;
  const source = `(async function ${name}(dataSource, id) { return dataSource.query('SELECT * FROM author WHERE id = ?', [id]); })`;
  return vm.runInThisContext(source, { filename: path.join(__dirname, `${name}.js`) });
}

const schema = `bench_${process.pid}`;
const database = postgres
  ? { type: 'postgres', url: postgres, extra: { options: `-c search_path=${schema}` } }
  : { type: 'better-sqlite3', database: ':memory:' };

async function main() {
  const dataSource = await new DataSource({ ...database, entities }).initialize();
  if (postgres) await dataSource.query(`CREATE SCHEMA ${schema}`);
  await dataSource.synchronize();
  const books = { reads: 1_000, request: 10_000 }[kind] ?? 50;
  await dataSource.getRepository(Author).insert(Array.from({ length: 50 }, (_, at) => ({ name: `author ${at + 1}` })));
  for (let at = 0; at < books; at += 50) {
    await dataSource.getRepository(Book).insert(Array.from({ length: 50 }, (_, i) => ({ title: `book ${at + i + 1}`, authorId: i + 1 })));
  }
  for await (const count of readline.createInterface({ input: process.stdin })) console.log(JSON.stringify(await run(dataSource, Number(count))));
  client?.stdin.end();
  await dataSource.destroy();
}

/** Microseconds per query. */
async function run(dataSource, queries) {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  let done = 0;
  while (done < queries) {
    done += await passes[kind](dataSource);
    await new Promise(setImmediate);
  }
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / done, elapsed: ((performance.now() - startedAt) * 1_000) / done };
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
