/** What the probe keeps of calls and queries, and what the collector reads back from its lines. */
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/collector/probeServer';
import type { OperationState, OperationStart, ScopeState } from '../../../src/probe/context';
import { EventLog, type QueryEntry } from '../../../src/probe/eventLog';
import { SiteStreak } from '../../../src/probe/siteStreak';

const scope: ScopeState = {
  id: 4,
  kind: 'http',
  name: 'GET /',
  isTold: true,
  endedAt: undefined,
  findName: undefined,
  isNamed: false,
  lastSeen: 0,
  unbegun: undefined,
  streak: new SiteStreak(),
};

function anOperation(id: number, more: Partial<OperationState> = {}, start: Partial<OperationStart> = {}): OperationState {
  const full = { api: 'Repository.find', entity: 'Author', relation: null, source: 1, ...start };
  return { id, start: full, scope, parent: 0, site: 7, source: 1, t: 10.5, entities: 0, roots: 0, returned: false, ...more };
}

function aQuery(operation: OperationState, id: number, more: Partial<QueryEntry> = {}): QueryEntry {
  return {
    operation,
    id,
    sql: 3,
    parameters: undefined,
    t: 11,
    ms: 0.25,
    rows: 2,
    error: null,
    values: undefined,
    waitMs: 0,
    target: undefined,
    ...more,
  };
}

function drained(log: EventLog, hasRoom: (line: string) => boolean = () => true): { lines: string[]; refused: number[] } {
  const lines: string[] = [];
  const refused: number[] = [];
  log.drain(
    (line) => {
      const sent = hasRoom(line);
      if (sent) lines.push(line);
      return sent;
    },
    ({ id }) => refused.push(id),
  );
  return { lines, refused };
}

describe('the event log', () => {
  it('makes one line of a call that nothing came in between of, which the collector reads as start, queries and end', () => {
    const log = new EventLog();
    const operation = anOperation(1, { entities: 5, roots: 2 }, { ownerOperation: 9, ownerKey: [1, 'a'], relation: 'books' });
    log.start(operation);
    log.query(aQuery(operation, 1, { parameters: [1, 'it’s "x"', null] }));
    log.query(aQuery(operation, 2, { sql: 'SELECT "a"', error: 'no such table', values: { id: [1, 'b'] } }));
    log.end(operation, 12.3456, null);
    const { lines } = drained(log);
    expect(lines).toHaveLength(1);
    expect(parseLine(lines[0] ?? '')).toEqual([
      {
        e: 'op',
        id: 1,
        scope: 4,
        parent: 0,
        api: 'Repository.find',
        entity: 'Author',
        relation: 'books',
        site: 7,
        source: 1,
        t: 10.5,
        ownerOperation: 9,
        ownerKey: [1, 'a'],
      },
      {
        e: 'query',
        id: 1,
        op: 1,
        scope: 4,
        source: 1,
        site: 7,
        sql: 3,
        params: [1, 'it’s "x"', null],
        t: 11,
        ms: 0.25,
        rows: 2,
        error: null,
      },
      {
        e: 'query',
        id: 2,
        op: 1,
        scope: 4,
        source: 1,
        site: 7,
        sql: 'SELECT "a"',
        t: 11,
        ms: 0.25,
        rows: 2,
        error: 'no such table',
        values: { id: [1, 'b'] },
      },
      { e: 'opEnd', id: 1, t: 12.346, entities: 5, roots: 2, error: null },
    ]);
  });

  it('tells what a query waited for a connection, and who answered', () => {
    const log = new EventLog();
    const operation = anOperation(1);
    log.query(aQuery(operation, 1, { waitMs: 12.5, target: 'replica db-2:5432', values: { id: [1] } }));
    log.query(aQuery(operation, 2, { waitMs: 3 }));
    log.query(aQuery(operation, 3, { target: 'master' }));
    const [both, waited, answered] = drained(log).lines.flatMap(parseLine);
    expect(both).toMatchObject({ waitMs: 12.5, target: 'replica db-2:5432', values: { id: [1] } });
    expect(waited).toMatchObject({ waitMs: 3 });
    expect(waited).not.toHaveProperty('target');
    expect(waited).not.toHaveProperty('values');
    expect(answered).toMatchObject({ target: 'master' });
    expect(answered).not.toHaveProperty('waitMs');
  });

  it('keeps the order of calls that run at the same time', () => {
    const log = new EventLog();
    const [one, two] = [anOperation(1), anOperation(2, { scope: null, parent: 1 })];
    log.start(one);
    log.start(two);
    log.query(aQuery(two, 1));
    log.query(aQuery(one, 2));
    log.line('{"e":"notice","message":"between"}\n');
    log.end(two, 13, 'Error: no');
    log.end(one, 14, null);
    const events = drained(log).lines.flatMap(parseLine);
    expect(events.map((event) => [event.e, 'id' in event ? event.id : 0])).toEqual([
      ['op', 1],
      ['op', 2],
      ['query', 1],
      ['query', 2],
      ['notice', 0],
      ['opEnd', 2],
      ['opEnd', 1],
    ]);
    expect(events[1]).toMatchObject({ scope: 0, parent: 1 });
    expect(events[2]).toMatchObject({ op: 2, scope: 0 });
    expect(events[5]).toMatchObject({ error: 'Error: no' });
  });

  it('tells of a call that has not ended yet, and of its end later', () => {
    const log = new EventLog();
    const operation = anOperation(1);
    log.start(operation);
    log.query(aQuery(operation, 1));
    expect(
      drained(log)
        .lines.flatMap(parseLine)
        .map(({ e }) => e),
    ).toEqual(['op', 'query']);
    log.end(operation, 12, null);
    expect(
      drained(log)
        .lines.flatMap(parseLine)
        .map(({ e }) => e),
    ).toEqual(['opEnd']);
    expect(drained(log).lines).toEqual([]);
  });

  it('names every query of a line that there was no room for', () => {
    const log = new EventLog();
    for (const id of [1, 2, 3]) {
      const operation = anOperation(id);
      log.start(operation);
      log.query(aQuery(operation, id * 10));
      log.query(aQuery(operation, id * 10 + 1));
      log.end(operation, 12, null);
    }
    const { lines, refused } = drained(log, (line) => !line.startsWith('["c",2,'));
    expect(lines).toHaveLength(2);
    expect(refused).toEqual([20, 21]);
  });
});

describe('a line', () => {
  it.each(['', '{"e":"op"', '["c",1]', '["x",1,2]', '[]', '12', 'null', '{"a":1}'])('that is no event is none: %s', (line) => {
    expect(parseLine(line)).toEqual([]);
  });
});
