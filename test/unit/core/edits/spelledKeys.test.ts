/** Keys that a database and a Map compare otherwise: rows are found by spellings that are not the one they come back in. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { editForFinding } from '../../../../src/core/edits/editForFinding';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import type { Column } from '../../../../src/core/model/relationGraph';
import { aFinding, anAdvice, aParent, aSite } from '../../builders/findingBuilder';
import { aColumn, anEntity, aGraph, anId } from '../../builders/graphBuilder';

const OF_REQUEST = `import { In, Repository } from 'typeorm';
import { Doc } from './entities';
export async function all(docs: Repository<Doc>, keys: string[]) {
  const out: unknown[] = [];
  for (const key of keys) {
    const doc = await docs.findOneBy({ key });
    out.push(doc?.title);
  }
  return out;
}
`;
const OF_ROWS = OF_REQUEST.replace('keys: string[]', 'pages: Repository<Page>')
  .replace('const key of keys', 'const page of await pages.find()')
  .replace('{ key }', '{ key: page.docKey }');

interface Asked {
  readonly key?: Partial<Column>;
  readonly docKey?: Partial<Column>;
  readonly driver?: string;
  readonly declared?: string;
  readonly keyTypes?: readonly string[];
}

function ask(app: string, { key = {}, docKey, driver = 'postgres', declared = '', keyTypes = ['string'] }: Asked) {
  const entities = `export class Doc {\n  ${declared}\n  key!: string;\n}\n`;
  const files = new Map([
    ['/app/loop.ts', app],
    ['/app/entities.ts', entities],
  ]);
  const column = aColumn('key', { unique: true, source: { file: '/app/entities.ts', line: 3, column: 3, endLine: 3, endColumn: 6 }, ...key });
  const doc = anEntity('Doc', { columns: [anId(), column, aColumn('title')] });
  const page = anEntity('Page', { columns: [anId(), aColumn('docKey', docKey ?? {})] });
  const line = app.split('\n').findIndex((each) => each.includes('docs.find')) + 1;
  const finding = aFinding({
    kind: 'loop-n-plus-one',
    entity: 'Doc',
    relation: null,
    site: aSite({ file: '/app/loop.ts', line, column: 28, function: 'all' }),
    parent: docKey
      ? aParent({ api: 'Repository.find', entity: 'Page', site: aSite({ file: '/app/loop.ts', line: 5, column: 40, function: 'all' }) })
      : null,
    advice: anAdvice({ kind: 'batch-in', relations: [], strategy: null, predictedQueryCount: 1, currentQueryCount: 100, driver, keyTypes }),
  });
  const result = editForFinding({ typescript: ts, graph: aGraph(doc, page), readFile: (file) => files.get(file) }, finding);
  return { result, after: result.kind === 'edit' ? applyEdits(ts, '/app/loop.ts', app, result.edits) : app };
}

describe('a uuid on PostgreSQL', () => {
  test('of a request is looked up in lower case, as the database gives it', () => {
    expect(ask(OF_REQUEST, { key: { type: 'uuid' } }).after).toContain('const doc = docByKey.get(key.toLowerCase()) ?? null;\n');
  });

  test('that the loop has put into lower case stays as it is', () => {
    const app = OF_REQUEST.replace('{ key }', '{ key: key.toLowerCase() }');
    expect(ask(app, { key: { type: 'uuid' } }).after).toContain('const doc = docByKey.get(key.toLowerCase()) ?? null;\n');
  });

  test('of a row is spelt as the database spells it', () => {
    expect(ask(OF_ROWS, { key: { type: 'uuid' }, docKey: { type: 'uuid' } }).after).toContain('docByKey.get(page.docKey) ?? null;\n');
  });

  test('that the loop asked for in braces or without hyphens is not found by that spelling', () => {
    const keyTypes = ['string', 'uuid spelt otherwise'];
    expect(ask(OF_REQUEST, { key: { type: 'uuid' }, keyTypes }).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/uuids in braces or with other hyphens/),
    });
    expect(ask(OF_REQUEST, { key: { type: 'varchar' }, keyTypes }).result).toMatchObject({ kind: 'edit' });
    expect(ask(OF_REQUEST, { key: { type: 'uuid' }, keyTypes, driver: 'better-sqlite3' }).result).toMatchObject({ kind: 'edit' });
  });

  test('is a text on SQLite', () => {
    expect(ask(OF_REQUEST, { key: { type: 'uuid' }, driver: 'better-sqlite3' }).after).toContain('docByKey.get(key) ?? null;\n');
  });

  test('on MySQL, a text that is compared regardless of case', () => {
    expect(ask(OF_REQUEST, { key: { type: 'uuid' }, driver: 'mysql' }).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/regardless of case/),
    });
  });
});

describe('a large number', () => {
  const big = { key: { type: 'bigint' } };

  test('of a request is compared as a number, since PostgreSQL finds 07 as well', () => {
    const { after } = ask(OF_REQUEST, big);
    expect(after).toContain('new Map(allDocs.map((doc) => [BigInt(doc.key), doc]));\n');
    expect(after).toContain('const doc = docByKey.get(BigInt(key)) ?? null;\n');
  });

  test('of a row is spelt as the rows spell it; where nothing is refused, texts are compared', () => {
    expect(ask(OF_ROWS, { ...big, docKey: { type: 'bigint' } }).after).toContain('docByKey.get(page.docKey) ?? null;\n');
    expect(ask(OF_REQUEST, { ...big, driver: 'mysql' }).after).toContain('docByKey.get(String(key)) ?? null;\n');
  });
});

describe('a text that the database fills up with spaces', () => {
  test('is not found by a Map', () => {
    expect(ask(OF_REQUEST, { key: { type: 'char' } }).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/fill key \(char\) up with spaces/),
    });
  });

  test('is found as it is on SQLite, and where its length varies', () => {
    expect(ask(OF_REQUEST, { key: { type: 'char' }, driver: 'better-sqlite3' }).result).toMatchObject({ kind: 'edit' });
    expect(ask(OF_REQUEST, { key: { type: 'varchar' } }).result).toMatchObject({ kind: 'edit' });
  });
});

describe('a column that is selected only where it is named', () => {
  const hidden = { declared: '@Column({ select: false, unique: true })' };

  test('is not in the rows', () => {
    expect(ask(OF_REQUEST, hidden).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/rows leave out key unless .*select: false/),
    });
  });

  test('is in the rows of a lookup that selects it', () => {
    const app = OF_REQUEST.replace('findOneBy({ key })', 'findOne({ where: { key }, select: { key: true, title: true } })');
    expect(ask(app, hidden).result).toMatchObject({ kind: 'edit' });
  });
});

describe('a key that a database may refuse, whose error each turn handles', () => {
  const caught = (app: string) =>
    app.replace(/ {4}(const doc = .*)\n {4}(out.*)\n/, '    try {\n      $1\n      $2\n    } catch {\n      out.push(null);\n    }\n');

  test('refuses that turn only', () => {
    expect(ask(caught(OF_REQUEST), {}).result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/would refuse all of them/) });
    expect(ask(OF_REQUEST.replace('{ key })', '{ key }).catch(() => null)'), {}).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/would refuse all of them/),
    });
  });

  test('is asked for with the others where it comes from a column, where nothing is refused, and where nobody handles it', () => {
    expect(ask(caught(OF_ROWS), { docKey: {} }).result).toMatchObject({ kind: 'edit' });
    expect(ask(caught(OF_REQUEST), { driver: 'better-sqlite3' }).result).toMatchObject({ kind: 'edit' });
    expect(ask(OF_REQUEST, {}).result).toMatchObject({ kind: 'edit' });
  });
});

describe('a key that a database may refuse, before which the loop may end', () => {
  const uuid = { key: { type: 'uuid' } };
  const ends = (app: string) => app.replace('    out.push', '    if (!doc) break;\n    out.push');
  const reason = /may end \(line 7\) before it has asked for every key/;

  test('is not asked for earlier', () => {
    expect(ask(ends(OF_REQUEST), uuid).result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(reason) });
    expect(ask(ends(OF_REQUEST).replace('break', 'return out'), uuid).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(reason),
    });
  });

  test('is asked for with the others where it is a text, comes from a column, and where only an inner function or a switch is left', () => {
    expect(ask(ends(OF_REQUEST), { key: { type: 'varchar' } }).result).toMatchObject({ kind: 'edit' });
    expect(ask(ends(OF_ROWS), { ...uuid, docKey: { type: 'uuid' } }).result).toMatchObject({ kind: 'edit' });
    expect(ask(ends(OF_REQUEST).replace('break;', 'list.every(() => { return true; });'), uuid).result).toMatchObject({ kind: 'edit' });
    expect(ask(ends(OF_REQUEST).replace('if (!doc) break;', 'switch (doc) { case null: break; }'), uuid).result).toMatchObject({ kind: 'edit' });
  });
});

describe('a key that a database may refuse, whose error is handled around the loop', () => {
  const uuid = { key: { type: 'uuid' } };
  const tried = (app: string) => app.replace('  for', '  try {\n  for').replace('  }\n  return', '  }\n  } catch { out.push(null); }\n  return');

  test('is not asked for earlier where what the turns before it did is seen', () => {
    expect(ask(tried(OF_REQUEST), uuid).result).toMatchObject({
      kind: 'declined',
      reason: expect.stringMatching(/line 8\) is still there where its errors/),
    });
  });

  test('is asked for with the others where that is not seen, and where it is never refused', () => {
    const inside = tried(OF_REQUEST)
      .replace(/ {2}(const out.*)\n {2}try \{/, '  try {\n  $1')
      .replace('out.push(null)', 'return null');
    expect(
      ask(inside.replace('  }\n  } catch', '  }\n  return out;\n  } catch').replace('}\n  return out;\n}\n', '}\n}\n'), uuid).result,
    ).toMatchObject({ kind: 'edit' });
    expect(ask(tried(OF_ROWS), { ...uuid, docKey: { type: 'uuid' } }).result).toMatchObject({ kind: 'edit' });
    expect(ask(tried(OF_REQUEST), { key: { type: 'varchar' } }).result).toMatchObject({ kind: 'edit' });
  });
});
