import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLintCommand } from '../../src/cli/lint';
import { bookshop } from '../server/bookshop';
import { runInProcess } from '../unit/cli/runInProcess';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-lint-'));
  write(folder, { ...bookshop, 'src/book.ts': (bookshop['src/book.ts'] ?? '').replace('  @Index()\n', '').replace('author.books', 'author.boks') });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(into: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(into, file)), { recursive: true });
    fs.writeFileSync(path.join(into, file), text);
  }
}

async function run(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const { status, stdout, stderr } = await runInProcess('lint', runLintCommand, args, folder);
  return { status, out: stdout, err: stderr };
}

describe('relation-lens lint', () => {
  test('prints one line a problem and its fix, and tells by its status that there are some', async () => {
    const { status, out } = await run();
    expect(status).toBe(1);
    expect(out).toContain(
      "src/book.ts:12:47  error  Book.author names Author.boks as its inverse, but Author has no such property. Did you mean 'books'?  inverse-unknown-property\n    fix: Change to 'books'\n",
    );
    expect(out).toMatch(/\n\n2 problems \(1 error, 1 warning\)\. --fix mends 1 of them\.\n$/);
  });

  test('JSON is the contract’s', async () => {
    const { out } = await run('src', '--format', 'json', '--rule=inverse-unknown-property');
    expect(JSON.parse(out)).toEqual({
      version: 1,
      suppressed: 0,
      problems: [
        {
          rule: 'inverse-unknown-property',
          severity: 'error',
          message: "Book.author names Author.boks as its inverse, but Author has no such property. Did you mean 'books'?",
          file: 'src/book.ts',
          line: 12,
          column: 47,
          endLine: 12,
          endColumn: 51,
          related: [{ file: 'src/author.ts', line: 5, column: 14, message: 'Author is declared here' }],
          fixes: [
            {
              title: "Change to 'books'",
              safe: false,
              edits: [{ file: 'src/book.ts', line: 12, column: 47, endLine: 12, endColumn: 51, newText: 'books' }],
            },
          ],
        },
      ],
    });
  });

  test('SARIF for code scanning', async () => {
    const { out } = await run('--format=sarif');
    const sarif = JSON.parse(out);
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Relation Lens' } } }] });
    expect(sarif.runs[0].results[0]).toMatchObject({
      ruleId: 'inverse-unknown-property',
      level: 'error',
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/book.ts' }, region: { startLine: 12, startColumn: 47 } } }],
    });
  });

  test('the severity asked for decides the status', async () => {
    expect((await run('--rule', 'fk-no-index', '--severity', 'error')).status).toBe(0);
    expect((await run('--rule', 'fk-no-index')).status).toBe(1);
  });

  test.each([
    [['--format', 'xml'], /--format xml is not known; it can be text, json or sarif\./],
    [['--severity', 'loud'], /--severity loud is not known; it can be error, warning, info or hint\./],
    [['--nope'], /Unknown option '--nope'/],
    [['--typeorm', 'new'], /--typeorm new is no version/],
    [['--format'], /Option '--format <value>' argument missing\. See `relation-lens lint --help`/],
    [['--rule', '--fix'], /Option '--rule' argument is ambiguous\. See/],
    [['--rule='], /--rule needs a value\./],
    [['--fix=1'], /Option '--fix' does not take an argument\./],
    [['gone'], /^relation-lens lint: cannot read .*gone: check the path and its permissions\.\n$/],
    [['--rule', 'fk-no-indx'], /there is no rule fk-no-indx\. Is fk-no-index meant\?/],
    [['--rule', 'zzzzzzzzzzzz'], /there is no rule zzzzzzzzzzzz\. docs\/lint\.md lists them\./],
  ])('wrong usage %j', async (args, message) => {
    expect(await run(...args)).toMatchObject({ status: 2, out: '', err: expect.stringMatching(message) });
  });

  test('a folder without entities is told, so that a check of the wrong folder does not look clean', async () => {
    const empty = path.join(folder, 'empty');
    fs.mkdirSync(empty);
    expect(await run('empty')).toEqual({
      status: 0,
      out: 'No problems.\n',
      err: `No entities were found in ${empty}: name the folders or files that declare them.\n`,
    });
    fs.rmdirSync(empty);
  });

  test('help', async () => {
    expect(await run('--help')).toMatchObject({ status: 0, out: expect.stringContaining('Usage: relation-lens lint') });
  });

  test('a configuration file switches a rule off; a broken one is told', async () => {
    const file = path.join(folder, 'relation-lens.config.json');
    fs.writeFileSync(file, '{ "rules": { "fk-no-index": "off" } }');
    expect((await run()).out).not.toContain('fk-no-index');
    fs.writeFileSync(file, '{\n  "rules": {\n');
    expect(await run()).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^relation-lens lint: .*relation-lens\.config\.json:2 is no JSON: .* Correct it or remove it\.\n$/),
    });
    fs.rmSync(file);
  });

  test.each([
    [
      'a misspelt rule',
      '{\n  "rules": {\n    "fk-no-indx": "off"\n  }\n}',
      /config\.json:3: there is no rule fk-no-indx\. Is fk-no-index meant\?\n$/,
    ],
    [
      'a misspelt severity',
      '{ "rules": { "fk-no-index": "loud" } }',
      /config\.json:1: the severity of fk-no-index can be error, warning, info, hint, off; write one of them in double quotes\.\n$/,
    ],
    ['a misspelt part', '{\n  "rule": {} }', /config\.json:2: there is no `rule`\. Is rules meant\?\n$/],
    ['what only an editor follows', '{ "codeLens": {} }', /config\.json:1: there is no `codeLens`\. There are `rules` and `suppress`\.\n$/],
    ['a list for the whole', '[]', /config\.json:1: the file is an object: write it in curly brackets\.\n$/],
    ['an object for a list', '{ "suppress": {} }', /config\.json:1: `suppress` is a list: write it in square brackets\.\n$/],
    [
      'a misspelt finding',
      '{ "suppress": [\n{ "finding": "lazy-n-plus-on" }] }',
      /config\.json:2: there is no finding lazy-n-plus-on\. Is lazy-n-plus-one meant\?\n$/,
    ],
    ['an entry without a finding', '{ "suppress": [{ "reason": "small" }] }', /config\.json:1: an entry of `suppress` needs a `finding`/],
    [
      'an entry without a reason',
      '{ "suppress": [{ "finding": "slow-query" }] }',
      /config\.json:1: an entry of `suppress` needs a `reason`, such as/,
    ],
    [
      'a misspelt field',
      '{ "suppress": [{ "finding": "slow-query",\n "fil": "a.ts" }] }',
      /config\.json:2: an entry of `suppress` has no `fil`\. Is file meant\?\n$/,
    ],
    ['a number for a text', '{ "suppress": [{ "finding": "slow-query", "file": 3 }] }', /config\.json:1: `file` of an entry of `suppress` is a text/],
    ['two mistakes', '{ "rules": { "a": "off",\n"b": "off" } }', /config\.json:1: there is no rule a\..*\n.*config\.json:2: there is no rule b\./],
  ])('what a configuration says in vain is told of, with its line: %s', async (_what, text, message) => {
    const file = path.join(folder, 'relation-lens.config.json');
    fs.writeFileSync(file, text);
    expect(await run()).toMatchObject({ status: 2, out: '', err: expect.stringMatching(message) });
    fs.rmSync(file);
  });

  test('a configuration that names what there is is followed without a word', async () => {
    const file = path.join(folder, 'relation-lens.config.json');
    const entry = { finding: 'slow-query', entity: 'Book', relation: 'author', file: 'a.ts', function: 'list', scope: 'GET /', reason: 'seldom' };
    fs.writeFileSync(file, JSON.stringify({ $schema: './s.json', rules: { 'fk-no-index': 'hint', 'unknown-value': 'off' }, suppress: [entry] }));
    const { status, out, err } = await run();
    expect([status, err]).toEqual([1, '']);
    expect(out).not.toContain('fk-no-index');
    fs.rmSync(file);
  });

  test('what the graph tells of under a name of its own can be asked for, also where there is none of it', async () => {
    expect(await run('--rule', 'unknown-value')).toMatchObject({ status: 0, out: 'No problems.\n', err: '' });
  });

  test('--fix applies the safe fixes, and only those; a second run changes nothing', async () => {
    const book = path.join(folder, 'src/book.ts');
    expect((await run('--fix')).out).not.toContain('fk-no-index');
    const fixed = fs.readFileSync(book, 'utf8');
    expect(fixed).toContain('  @Index()\n  @ManyToOne(');
    expect(fixed).toContain('author.boks');
    await run('--fix');
    expect(fs.readFileSync(book, 'utf8')).toBe(fixed);
  });
});
