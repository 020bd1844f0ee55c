/** The tool as a user runs it: real processes, a small app on better-sqlite3. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool, programEnvironment, type Tool } from './tool';

/** Lists three authors, each with a query for its books, within a scope. */
const app = `
const { DataSource, EntitySchema } = require('typeorm');
const id = { type: Number, primary: true, generated: true };
const Author = new EntitySchema({ name: 'Author', columns: { id, name: { type: String } },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', lazy: true } } });
const Book = new EntitySchema({ name: 'Book', columns: { id, title: { type: String } },
  relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', lazy: true } } });
const lens = globalThis[Symbol.for('relation-lens')] ?? { scope: (_name, run) => run() };
(async () => {
  const ds = await new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Author, Book] }).initialize();
  await ds.query("INSERT INTO author (name) VALUES ('Ann'), ('Bob'), ('Cid')");
  await lens.scope(process.argv[2] ?? 'list authors', async () => {
    const authors = await ds.getRepository(Author).find();
    for (const author of authors) await author.books;
    console.log('authors: ' + authors.map(({ name }) => name).join(' '));
  });
  console.error('done');
  await ds.destroy();
})();
`;

let tool: Tool;
let program: string;
beforeAll(() => {
  tool = buildTool();
  program = tool.write('app.js', app);
});
afterAll(() => tool.remove());

const node = process.execPath;
const profile = (options: readonly string[], ...command: readonly string[]) =>
  tool.run(['profile', ...options, '--', ...(command.length > 0 ? command : [node, program])]);

describe('relation-lens profile', () => {
  it('lets the command speak first and reports after it', async () => {
    const { status, stdout, stderr } = await profile([]);
    expect(status).toBe(0);
    expect(stderr).toBe('done\n');
    const [said, report] = [stdout.slice(0, stdout.indexOf('\n')), stdout.slice(stdout.indexOf('\n'))];
    expect(said).toBe('authors: Ann Bob Cid');
    expect(report).toContain('4 queries  list authors');
    expect(report).toContain('Author.books was loaded 3 times, once for each author that app.js:13 returned.');
    expect(report).toMatch(/1 warning\n$/);
    expect(report).not.toContain('\u001b');
  });

  it('writes the report to a file and leaves the output to the command', async () => {
    const { stdout } = await profile(['--out', 'out/report.json']);
    expect(stdout).toBe('authors: Ann Bob Cid\n');
    const report = JSON.parse(fs.readFileSync(path.join(tool.folder, 'out/report.json'), 'utf8')) as Record<string, unknown>;
    expect(report).toMatchObject({
      version: 1,
      dropped: 0,
      findings: [
        {
          kind: 'lazy-n-plus-one',
          severity: 'warning',
          entity: 'Author',
          relation: 'books',
          count: 3,
          site: { file: 'app.js', line: 14 },
          parent: { site: { file: 'app.js', line: 13 }, proven: true },
          advice: { kind: 'load-relations', relations: ['books'], editable: false },
        },
      ],
    });
    const { scopes, queries, operations } = report as {
      scopes: { id: number; name: string }[];
      queries: { scope: number; operation: number }[];
      operations: { id: number }[];
    };
    const scope = scopes.find(({ name }) => name === 'list authors');
    expect(scope).toMatchObject({ kind: 'custom', queryCount: 4, rowCount: 3 });
    const own = queries.filter((query) => query.scope === scope?.id);
    expect(own).toHaveLength(4);
    expect(own.every(({ operation }) => operations.some(({ id }) => id === operation))).toBe(true);
  });

  it('makes a page that needs nothing else', async () => {
    await profile(['--out', 'report.html']);
    const html = fs.readFileSync(path.join(tool.folder, 'report.html'), 'utf8');
    expect(html).toContain('Author.books was loaded 3 times');
    expect(html).not.toMatch(/<script|src=|href=|@import|url\(/);
  });

  it('passes on the status of the command', async () => {
    expect((await profile([], node, '-e', 'process.exit(7)')).status).toBe(7);
    expect((await profile(['--fail-on', 'warning'], node, '-e', 'process.exit(7)')).status).toBe(7);
  });

  it('fails where a warning was found, if asked to', async () => {
    expect((await profile(['--fail-on', 'warning'])).status).toBe(1);
    expect((await profile(['--fail-on', 'none'])).status).toBe(0);
    expect((await profile(['--fail-on', 'warning'], node, '-e', '')).status).toBe(0);
  });

  it('fails where a budget was exceeded, and says where one was not checked', async () => {
    const over = await profile(['--budget', 'list authors=3']);
    expect([over.status, over.stdout.includes('its budget is 3')]).toEqual([1, true]);
    const kept = await profile(['--budget', 'list authors=4', '--budget', 'GET /nothing=1']);
    expect(kept.status).toBe(0);
    expect(kept.stderr).toContain('the budget of `GET /nothing` was not checked');
  });

  it.each(['--out', '--recording', '--write-budgets'])('tells before the command starts that what %s names cannot be written', async (option) => {
    tool.write('taken', '');
    fs.mkdirSync(path.join(tool.folder, 'a-folder'), { recursive: true });
    for (const [name, obstacle] of [
      ['a-folder', 'it is a folder'],
      ['taken/a/file', `${path.sep}taken is no folder`],
    ] as const) {
      const { status, stdout, stderr } = await profile([option, name]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^relation-lens profile: the (report|recording|budgets) cannot be written to /);
      expect(stderr).toContain(`${obstacle}. Name another file.\n`);
    }
  });

  it('hands its input on', async () => {
    const { stdout } = await tool.run(['profile', '--', node, '-e', 'process.stdin.pipe(process.stdout)'], { input: 'hello\n' });
    expect(stdout.startsWith('hello\n')).toBe(true);
  });

  it('hands signals on', async () => {
    const script = tool.write(
      'wait.js',
      "process.on('SIGTERM', () => { console.log('asked to stop'); process.exit(5); }); setInterval(() => {}, 1000); console.log('ready');",
    );
    const child = spawn(node, [path.join(tool.folder, 'cli.js'), 'profile', '--', node, script], {
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout === 'ready\n') child.kill('SIGTERM');
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, stdout.startsWith('ready\nasked to stop\n')]).toEqual([5, true]);
  });

  it('covers programs that run one after the other', async () => {
    const both = tool.write(
      'both.js',
      `for (const name of ['first', 'second']) require('child_process').spawnSync(process.execPath, [${JSON.stringify(program)}, name], { stdio: 'inherit' });`,
    );
    const { stdout } = await profile(['--format', 'json', '--out', 'both.json'], node, both);
    expect(stdout).toBe('authors: Ann Bob Cid\nauthors: Ann Bob Cid\n');
    const { scopes } = JSON.parse(fs.readFileSync(path.join(tool.folder, 'both.json'), 'utf8')) as { scopes: { name: string }[] };
    expect(scopes.map(({ name }) => name)).toEqual(expect.arrayContaining(['first', 'second']));
  });

  it('keeps the options that Node was already given', async () => {
    const first = tool.write('first one.js', "console.log('preloaded');");
    const { stdout } = await tool.run(['profile', '--', node, program], { env: { ...programEnvironment(), NODE_OPTIONS: `--require "${first}"` } });
    expect(stdout).toContain('preloaded');
    expect(stdout).toContain('4 queries  list authors');
  });

  it('says of a command that is not there, or cannot be started, just that, and what to do', async () => {
    const missing = await profile([], 'nosuchcommand');
    expect([missing.status, missing.stdout]).toEqual([127, '']);
    expect(missing.stderr).toBe(
      'relation-lens profile: the command `nosuchcommand` was not found; is it installed, or does it want `npx` before it?\n',
    );
    const script = tool.write('script.js', '');
    const refused = await profile([], script);
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain(`\`${script}\` could not be started (EACCES): make it executable`);
    expect((await profile([], 'sh', '-c', 'exit 127')).stdout).toContain('saw no TypeORM');
  });

  it('reads the configuration before the command runs: a mistake in it costs no run', async () => {
    tool.write('configured/relation-lens.config.json', '{');
    const { status, stdout, stderr } = await tool.run(['profile', '--', node, '-e', 'console.log("ran")'], {
      cwd: path.join(tool.folder, 'configured'),
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^relation-lens profile: .*relation-lens\.config\.json:1 is no JSON/);
  });

  it('looks for the recording to compare with before the command runs', async () => {
    const { status, stdout, stderr } = await profile(['--compare', 'nowhere.ndjson'], node, '-e', 'console.log("ran")');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^relation-lens profile: cannot read .*nowhere\.ndjson/);
  });

  it('says so where there was no TypeORM', async () => {
    const { status, stdout } = await profile([], node, '-e', 'console.log(1)');
    expect(status).toBe(0);
    expect(stdout).toMatch(/saw no TypeORM in this command/);
  });
});

describe('relation-lens report', () => {
  it('prints the same from a recording', async () => {
    await profile(['--recording', 'run.ndjson', '--out', 'live.json']);
    const again = await tool.run(['report', 'run.ndjson', '--format', 'json']);
    expect(again).toEqual({ status: 0, stderr: '', stdout: fs.readFileSync(path.join(tool.folder, 'live.json'), 'utf8') });
    expect((await tool.run(['report', 'run.ndjson', '--fail-on', 'warning'])).status).toBe(1);
    expect((await tool.run(['report', 'run.ndjson', '--budget', 'list authors=3'])).status).toBe(1);
  });

  it('reads a recording that a crash cut off', async () => {
    await profile(['--recording', 'cut.ndjson', '--out', 'live.txt']);
    const file = path.join(tool.folder, 'cut.ndjson');
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    fs.writeFileSync(file, `${lines.slice(0, -3).join('\n')}\n${lines.at(-3)?.slice(0, 20)}`);
    const { status, stdout } = await tool.run(['report', 'cut.ndjson']);
    expect([status, stdout.includes('Author.books'), stdout.includes('could not be read')]).toEqual([0, true, false]);
  });

  it('reads a recording with a damaged line, and says which one it is', async () => {
    await profile(['--recording', 'damaged.ndjson', '--out', 'live.txt']);
    const file = path.join(tool.folder, 'damaged.ndjson');
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    fs.writeFileSync(file, [...lines.slice(0, 3), '{"e":"query', ...lines.slice(3)].join('\n'));
    const { status, stdout } = await tool.run(['report', 'damaged.ndjson']);
    expect([status, stdout.includes('Author.books')]).toEqual([0, true]);
    expect(stdout).toContain('Line 4 of damaged.ndjson could not be read; what stood there is missing in all counts. Record the run anew.');
  });

  it.each([
    ['that is not there', 'nothing.ndjson', 'does not exist'],
    ['that is no recording', 'app.js', 'is no recording of Relation Lens'],
    ['that is empty', 'empty.ndjson', 'is empty'],
    ['from the future', 'future.ndjson', 'newer Relation Lens'],
    ['that is a folder', '.', 'is not a file'],
  ])('refuses a file %s', async (_what, file, message) => {
    tool.write('empty.ndjson', '');
    tool.write('future.ndjson', '{"e":"recording","version":2,"name":"x","startedAtMs":0,"cwd":"/"}\n');
    const { status, stdout, stderr } = await tool.run(['report', file]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('two runs compared', () => {
  const eager = (text: string) =>
    text.replace('.find();', '.find({ relations: { books: true } });').replace('await author.books', 'void author.name');
  const record = async (name: string, file: string) => {
    await profile(['--recording', name, '--out', 'ignored.txt'], node, file);
    return name;
  };
  let before: string;
  let after: string;
  beforeAll(async () => {
    before = await record('before.ndjson', program);
    after = await record('after.ndjson', tool.write('mended.js', eager(app)));
  });

  it('say what became of each scope, and what was solved', async () => {
    const { status, stdout } = await tool.run(['report', after, '--compare', before]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Compared with .*app\.js of 20\d\d-/);
    expect(stdout).toContain('4 → 1 queries  list authors');
    expect(stdout).toContain('✓ solved: N+1 by lazy relation Author.books in list authors');
  });

  it('are in the JSON report too', async () => {
    const { stdout } = await tool.run(['report', after, '--compare', before, '--format', 'json']);
    const { comparison } = JSON.parse(stdout) as { comparison: { scopes: { name: string; before: unknown; after: unknown }[]; added: unknown[] } };
    expect(comparison.scopes[0]).toMatchObject({ name: 'list authors', before: { queryCount: 4 }, after: { queryCount: 1 }, responseEqual: null });
    expect(comparison.added).toEqual([]);
  });

  it('fail where a scope got worse, and only then', async () => {
    expect((await tool.run(['report', before, '--compare', after, '--fail-on', 'regression'])).status).toBe(1);
    expect((await tool.run(['report', after, '--compare', before, '--fail-on', 'regression'])).status).toBe(0);
    expect((await tool.run(['report', before, '--compare', before, '--fail-on', 'regression'])).status).toBe(0);
  });

  it('keep to the budgets that a good run wrote down', async () => {
    await tool.run(['report', after, '--write-budgets', 'budgets.json']);
    expect(JSON.parse(fs.readFileSync(path.join(tool.folder, 'budgets.json'), 'utf8'))).toEqual({ version: 1, budgets: { 'list authors': 1 } });
    expect((await tool.run(['report', after, '--budgets', 'budgets.json'])).status).toBe(0);
    expect((await tool.run(['report', before, '--budgets', 'budgets.json'])).status).toBe(1);
  });

  it('are judged by the thresholds given', async () => {
    expect((await tool.run(['report', before, '--threshold', 'repeats=5', '--fail-on', 'warning'])).status).toBe(0);
    expect((await tool.run(['report', before, '--threshold', 'repeats=3', '--fail-on', 'warning'])).status).toBe(1);
  });

  it('go out as OpenTelemetry spans, and come back as a run of the same counts', async () => {
    await tool.run(['report', before, '--format', 'otlp', '--out', 'trace.json']);
    const { stdout } = await tool.run(['report', 'trace.json', '--format', 'json']);
    const scopes = (JSON.parse(stdout) as { scopes: { name: string; queryCount: number }[] }).scopes;
    expect(scopes.find(({ name }) => name === 'list authors')).toMatchObject({ queryCount: 4 });
    const lines = fs.readFileSync(path.join(tool.folder, 'trace.json'), 'utf8').trim();
    tool.write('traces.ndjson', `${lines}\n\n${lines.slice(0, 40)}`);
    const { status, stderr } = await tool.run(['report', 'traces.ndjson']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/traces\.ndjson:3 is no JSON/);
  });

  it('are read from a file that the collector shares with metrics and logs; rows that no span tells are not called none', async () => {
    const query = (id: number) => ({
      traceId: 'ab',
      spanId: `q${id}`,
      parentSpanId: 'request',
      name: 'query',
      kind: 3,
      startTimeUnixNano: String((10 + id) * 1e6),
      endTimeUnixNano: String((10 + id) * 1e6 + 5e5),
      attributes: [
        { key: 'db.statement', value: { stringValue: 'SELECT * FROM book WHERE "authorId" = $1' } },
        { key: 'code.filepath', value: { stringValue: path.join(tool.folder, 'src/books.ts') } },
        { key: 'code.lineno', value: { intValue: '7' } },
      ],
    });
    const request = { ...query(0), spanId: 'request', parentSpanId: '', name: 'GET /books', kind: 2, endTimeUnixNano: '90000000', attributes: [] };
    const traces = { resourceSpans: [{ scopeSpans: [{ spans: [request, ...[1, 2, 3, 4, 5, 6].map(query)] }] }] };
    const lines = [{ resourceMetrics: [] }, { resourceLogs: [] }, traces].map((line) => JSON.stringify(line));
    tool.write('shared.jsonl', lines.join('\n'));
    const { stdout } = await tool.run(['report', 'shared.jsonl']);
    expect(stdout).toContain('6 queries  GET /books  3.0 ms db\n');
    expect(stdout).toContain('The same query of book ran 6 times, one after the other');
    // Named from the folder that the tool is started in, as in the report of a recording.
    expect(stdout).toMatch(/^ +src\/books\.ts:7$/m);
    const { stdout: page } = await tool.run(['report', 'shared.jsonl', '--format', 'html']);
    expect(page).not.toMatch(/\b0 rows|>rows<\/d/);
  });

  it('hold no value of the database where they are redacted', async () => {
    const open = await tool.run(['report', before, '--format', 'json']);
    expect(open.stdout).toContain("'Ann'");
    for (const format of ['json', 'html', 'text', 'otlp']) {
      const { stdout } = await tool.run(['report', before, '--redact', '--format', format]);
      expect(stdout).not.toMatch(/Ann|"parameters"|db\.query\.parameter/);
      expect(stdout).toContain('list authors');
    }
  });
});

describe('wrong usage', () => {
  it.each<[args: readonly string[], message: string]>([
    [[], 'Usage'],
    [['dance'], 'there is no command `dance`'],
    [['grahp'], 'Is `graph` meant?'],
    [['profile'], 'put the command to run after --'],
    [['profile', 'node', 'app.js'], 'relation-lens profile -- node app.js'],
    [['profile', '--format', 'pdf', '--', 'node'], 'text, json, html or otlp'],
    [['profile', '--fail-on', 'info', '--', 'node'], 'warning, regression or none'],
    [['profile', '--budget', 'five', '--', 'node'], "--budget 'GET /authors=5'"],
    [['profile', '--nonsense', '--', 'node'], '--nonsense'],
    [['report'], 'name a recording'],
    [['report', 'a', 'b'], 'one recording at a time'],
    [['report', 'a', '--recording', 'b'], '--recording belongs to `relation-lens profile`'],
    [['report', 'a', '--watch-reads'], '--watch-reads belongs to `relation-lens profile`'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await tool.run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('tells a command that is not there from one that fails', async () => {
    const { status, stderr } = await profile([], 'no-such-command');
    expect(status).toBe(127);
    expect(stderr).toContain('`no-such-command` was not found');
  });
});

/** What a shell makes of the tool's output; `[status of the tool, standard error]`. */
function inShell(command: string): [number | null, string] {
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: tool.folder, env: { ...programEnvironment(), TOOL: `${node} cli.js` } });
  return [status, stderr.toString()];
}

describe.runIf(process.platform === 'linux')('output that nobody takes', () => {
  it('is told of in one line where the disk is full', () => {
    for (const command of ['--help', 'graph app.js', 'lint app.js']) {
      const [status, stderr] = inShell(`$TOOL ${command} > /dev/full`);
      expect([status, stderr.split('\n').filter((line) => !line.startsWith('No entities'))]).toEqual([
        2,
        ['relation-lens: the output could not be written: ENOSPC: no space left on device, write. Write it to another place.', ''],
      ]);
    }
  });

  it('is nothing to tell of where the reader has seen enough', () => {
    expect(inShell('$TOOL --help | true')).toEqual([0, '']);
    expect(inShell('{ $TOOL graph nowhere 2>&1; echo $? >&3; } 3>status | true')[1]).toBe('');
    expect(fs.readFileSync(path.join(tool.folder, 'status'), 'utf8')).toBe('2\n');
  });
});

describe('help', () => {
  it.each([[['--help']], [['profile', '--help']], [['report', '-h']], [['--version']]])('%j', async (args) => {
    const { status, stdout, stderr } = await tool.run(args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(args.includes('--version') ? /^\d+\.\d+\.\d+\n$/ : /Usage/);
  });

  it.each(['', 'graph', 'lint', 'profile', 'verify', 'report', 'fix'])(
    'of `%s` fits a terminal of 80 columns, and tells the exit statuses',
    async (command) => {
      const { stdout } = await tool.run([command, '--help'].filter((word) => word !== ''));
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toMatch(command === '' ? /COMMAND --help/ : /^Exit status: [^]* 2/m);
    },
  );
});
