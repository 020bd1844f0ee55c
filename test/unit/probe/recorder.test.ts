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
