/** J: scopes and environments. Each is a program of its own; what it must come to is written out, a line for each scope. */
export interface EnvironmentCase {
  readonly name: string;
  readonly what: string;
  /** File in `environments/`, without its ending. */
  readonly program: string;
  /** Scopes as `describeScopes` tells them. */
  readonly says: readonly string[];
  /** Without the scope of what happens outside of any request, such as the filling of the database. Default true. */
  readonly scopesOnly?: false;
  /** How it is started; default: bundled by esbuild, with its map. */
  readonly build?: 'bundled' | 'ts-node' | 'tsx' | 'swc' | 'tsc' | 'webpack' | 'jest' | 'vitest';
  /** What it cannot run without; elsewhere it is skipped, and counts as not run. */
  readonly needs?: 'postgres' | 'redis';
  /** Environment of an earlier run, which this one is compared with (`--compare`, `--fail-on regression`), and of this one. */
  readonly earlier?: Readonly<Record<string, string>>;
  readonly now?: Readonly<Record<string, string>>;
  /** Exit status; 0 by default. */
  readonly status?: number;
}

/** An N+1 over the library's three authors, at the lines marked with the case. */
const loop = (name: string, count = 3): string => `lazy-n-plus-one Author.books × ${count} at ${name} site from ${name} parent`;

export const environmentCases: readonly EnvironmentCase[] = [
  {
    name: 'I7',
    what: 'a scope with more queries than in the run compared with',
    program: 'growing',
    earlier: { VERSION: '1' },
    now: { VERSION: '2' },
    status: 1,
    says: ['custom report: 5 queries', 'custom unchanged: 1 query', 'compared: report 2 → 5 queries'],
  },
  {
    name: 'I7 same',
    what: 'the same with as many',
    program: 'growing',
    earlier: { VERSION: '1' },
    now: { VERSION: '1' },
    says: ['custom report: 2 queries', 'custom unchanged: 1 query'],
  },
  { name: 'J1', what: 'Express', program: 'express', says: [`http GET /shelves/:shelf 200: 4 queries; ${loop('J1')}`] },
  { name: 'J2', what: 'a controller of Nest, with a service', program: 'nest', says: [`http GET /shelves/:shelf 200: 4 queries; ${loop('J2')}`] },
  { name: 'J3', what: 'Fastify', program: 'fastify', says: [`http GET /shelves/:shelf 200: 4 queries; ${loop('J3')}`] },
  {
    name: 'J4',
    what: 'GraphQL: a tree of resolvers, on graphql-http',
    program: 'graphqlHttp',
    says: ['http POST / 200: 0 queries', `graphql GraphQL query Shelves: 4 queries; ${loop('J4')}`],
  },
  {
    name: 'J4 Apollo',
    what: 'the same on Apollo Server',
    program: 'apollo',
    says: [`graphql GraphQL query Shelves: 4 queries; ${loop('J4 Apollo')}`],
  },
  {
    name: 'J4 mercurius',
    what: 'the same on Fastify with mercurius',
    program: 'mercurius',
    says: ['http POST /graphql 200: 0 queries', `graphql GraphQL query Shelves: 4 queries; ${loop('J4 mercurius')}`],
  },
  {
    name: 'J5',
    what: 'a route handler of Next.js, called as its server calls it (Next.js itself is not installed)',
    program: 'nextRoute',
    says: [`http GET /api/shelves/[shelf] 200: 4 queries; ${loop('J5')}`],
  },
  {
    name: 'J6',
    what: 'two jobs of BullMQ at once, on Redis',
    program: 'bullmq',
    needs: 'redis',
    says: [`job job shelves tidy: 4 queries; ${loop('J6')}`, 'job job shelves count: 1 query'],
  },
  { name: 'J6 cron', what: 'a job of the package cron', program: 'cron', says: [`job cron nightly: 4 queries; ${loop('J6 cron')}`] },
  {
    name: 'J7',
    what: 'a script',
    program: 'script',
    scopesOnly: false,
    says: [`unattributed outside of any request: queries; ${loop('J7')}`],
  },
  {
    name: 'J8',
    what: 'tests of Jest',
    program: 'shelves',
    build: 'jest',
    says: [`test shelves.test.js › shelves › are tidy: 4 queries; ${loop('J8')}`, 'test shelves.test.js › shelves › are counted: 1 query'],
  },
  {
    name: 'J8 Vitest',
    what: 'tests of Vitest',
    program: 'shelves',
    build: 'vitest',
    says: [`test shelves.test.mjs › shelves › are tidy: 4 queries; ${loop('J8')}`, 'test shelves.test.mjs › shelves › are counted: 1 query'],
  },
  {
    name: 'J9',
    what: 'two DataSources with entities of the same name',
    program: 'sameName',
    scopesOnly: false,
    says: [`unattributed outside of any request: queries; ${loop('J9')}`],
  },
  {
    name: 'J10',
    what: 'replication: a master and a replica',
    program: 'replication',
    needs: 'postgres',
    says: ['custom replicated: 4 queries; 1 by the master; 3 by the replica; loop-n-plus-one Author.books × 3 at J10 site from J10 parent'],
  },
  {
    name: 'J12',
    what: 'queries after the response was sent',
    program: 'afterResponse',
    says: ['http GET /audited 200: 1 query', `unattributed after GET /audited: 3 queries; ${loop('J12')}`],
  },
  { name: 'J13', what: 'a request that its client gave up', program: 'aborted', says: [`http GET /slow: 4 queries; ${loop('J13')}`] },
  {
    name: 'J15',
    what: 'an import of 100,000 queries: every one counted',
    program: 'longImport',
    says: ['custom import: 100000 queries; loop-n-plus-one  × 100000 at J15 site'],
  },
  {
    name: 'J17',
    what: 'TypeScript built by a bundler (esbuild)',
    program: 'script',
    scopesOnly: false,
    says: [`unattributed outside of any request: queries; ${loop('J7')}`],
  },
  ...(['ts-node', 'tsx', 'swc', 'tsc', 'webpack'] as const).map((build): EnvironmentCase => ({
    name: `J17 ${build}`,
    what: { 'ts-node': 'ts-node', tsx: 'tsx', swc: 'swc', tsc: 'tsc, as nest build does', webpack: 'webpack' }[build],
    program: 'script',
    build,
    scopesOnly: false,
    says: [`unattributed outside of any request: queries; ${loop('J7')}`],
  })),
  {
    name: 'J18',
    what: 'two copies of TypeORM, 0.3 and 1.x, in one process',
    program: 'twoTypeorms',
    says: [`custom both: 8 queries; ${loop('J18')}; loop-n-plus-one Shelf × 3 at J18 second site from J18 second parent`],
  },
  {
    name: 'J19',
    what: 'a DataSource that is closed and opened again',
    program: 'hotReload',
    says: [`custom after two reloads: 4 queries; ${loop('J19')}`],
  },
  { name: 'J20', what: 'query runners that SQLite drivers hand out again', program: 'memoised', says: ['custom one runner for all: 5 queries'] },
  { name: 'J22', what: 'an app that crashes', program: 'crash', status: 1, says: [`custom doomed: 4 queries; ${loop('J22')}`] },
  {
    name: 'J processes',
    what: 'a worker thread, a child process, a worker of a cluster',
    program: 'processes',
    says: ['thread', 'child', 'cluster'].map((role) => `custom work of the ${role}: 4 queries; ${loop('J processes')}`),
  },
];

/** Cases that are watched while they run; what they do stands in `liveEnvironments.ts`. */
export const liveCases: readonly (Pick<EnvironmentCase, 'name' | 'what' | 'says'> & { readonly run: 'neverEnding' | 'debugged' })[] = [
  {
    name: 'J14',
    what: 'a worker whose scope never ends',
    run: 'neverEnding',
    says: [`while it runs: custom worker: 4 queries; ${loop('J14')}`, `killed: custom worker: 4 queries; ${loop('J14')}`],
  },
  { name: 'J21', what: 'a debugger holds the app', run: 'debugged', says: ['custom held: 2 queries; the pause is in none of its times'] },
];

/** Cases that all cases together are. */
export const togetherCases = {
  J11: 'all cases on SQLite, which has numbers in its text, and on PostgreSQL, which binds them',
  J16: 'all cases on TypeORM 0.3 and 1.x',
} as const;
