/** How scopes are told: once, by the name they have when something of theirs is put into words. */
import { expect, it } from 'vitest';
import { parseLine } from '../../../src/collector/probeServer';
import type { ProbeEvent } from '../../../src/protocol/probe';
import { Recorder } from '../../../src/probe/recorder';
import type { Importance } from '../../../src/probe/transport';

function recording(): { recorder: Recorder; events: () => ProbeEvent[]; importances: Importance[] } {
  let text = '';
  const importances: Importance[] = [];
  const recorder = new Recorder(
    {
      greet: () => true,
      send(line, importance) {
        text += line;
        importances.push(importance);
        return true;
      },
      wake: () => undefined,
      flush: () => undefined,
      flushSoon: () => undefined,
      flushAtExit: () => undefined,
      close: () => undefined,
    },
    () => undefined,
  );
  return { recorder, events: () => text.split('\n').filter(Boolean).flatMap(parseLine), importances };
}

it('tells a scope by the name that was found before anything was told of it', () => {
  const { recorder, events, importances } = recording();
  const scope = recorder.startScope('http', 'GET /authors/7', '/authors/7', {
    origin: 'http://127.0.0.1:3000',
    request: { headers: {}, withheld: ['cookie'], hasBody: false },
  });
  recorder.renameScope(scope, 'GET /authors/:id');
  expect(events()).toEqual([]);
  recorder.fill();
  expect(events()).toEqual([
    {
      e: 'scope',
      id: 1,
      kind: 'http',
      name: 'GET /authors/:id',
      path: '/authors/7',
      t: scope.lastSeen,
      origin: 'http://127.0.0.1:3000',
      request: { headers: {}, withheld: ['cookie'], hasBody: false },
    },
  ]);
  expect(importances).toEqual(['definition']);
});

it('tells every SQL text once, and takes none for another of the same length', () => {
  const { recorder, events } = recording();
  const operation = recorder.startOperation({ api: 'DataSource.query', entity: null, relation: null, source: 1 }, null, null, 0);
  const long = 'x'.repeat(10_000);
  const asked = ['SELECT 1', 'SELECT 2', 'SELECT 1', 'SELECT 2', 'SELECT 2', `SELECT 1${' '.repeat(256)}`, 'SELECT 1', long, long];
  for (const sql of asked) recorder.query(operation, sql, undefined, 1, 1, { rows: 0, values: undefined, error: null, waitMs: 0, target: undefined });
  recorder.fill();
  const texts = new Map<number, string>();
  for (const event of events()) if (event.e === 'sql') texts.set(event.id, event.text);
  const told = events().flatMap((event) => (event.e === 'query' ? [texts.get(Number(event.sql))] : []));
  expect(told).toEqual(asked);
  expect(texts.size).toBe(new Set(asked).size);
});

it('tells the name that is found later by itself', () => {
  const { recorder, events } = recording();
  const scope = recorder.startScope('http', 'GET /authors/7', '/authors/7');
  recorder.fill();
  recorder.renameScope(scope, 'GET /authors/:id');
  expect(events().map((event) => [event.e, 'name' in event && event.name])).toEqual([
    ['scope', 'GET /authors/7'],
    ['scopeName', 'GET /authors/:id'],
  ]);
});

it('tells a scope before what happens in it, and its end behind that', () => {
  const { recorder, events } = recording();
  const start = { api: 'Repository.find', entity: 'Author', relation: null, source: 1 };
  const first = recorder.startScope('http', 'GET /', '/');
  const operation = recorder.startOperation(start, first, null, 0);
  const second = recorder.startScope('http', 'GET /other', '/other');
  recorder.endOperation(operation, undefined);
  recorder.endScope(second, 200, null);
  recorder.endScope(first, 200, null);
  expect(events().map((event) => [event.e, 'id' in event && event.id])).toEqual([
    ['scope', 1],
    ['op', 1],
    ['scope', 2],
    ['opEnd', 1],
    ['scopeEnd', 2],
    ['scopeEnd', 1],
  ]);
});
