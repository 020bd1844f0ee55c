import { describe, expect, it } from 'vitest';
import { createProfileBuilder } from '../../../../src/core/profile/profileBuilder';
import { EventRedactor } from '../../../../src/core/profile/redactEvent';
import { redactProfile } from '../../../../src/core/profile/redactProfile';
import type { ProbeEvent } from '../../../../src/protocol/probe';
import { ProfiledApp, rows } from '../../builders/profiledApp';

/** A token a test can recognise, that does not hold the value. */
function tokens(): (value: string) => string {
  const known = new Map<string, string>();
  return (value) =>
    known.get(value) ?? known.set(value, `~${String.fromCharCode(97 + (known.size % 26))}${Math.floor(known.size / 26)}`).get(value) ?? '';
}

const redact = (event: ProbeEvent) => new EventRedactor(tokens()).redact(event);
const query = (about: object): ProbeEvent => ({
  e: 'query',
  id: 1,
  op: 0,
  scope: 0,
  source: 0,
  sql: '',
  site: 0,
  t: 0,
  ms: 1,
  rows: 1,
  error: null,
  ...about,
});

describe('redaction of a recording', () => {
  it('takes values out of statements, parameters, results, keys and paths', () => {
    expect(redact({ e: 'sql', id: 1, text: `SELECT "name" FROM "user" WHERE "mail" = 'a@b.c' AND "id" IN (7, 8) LIMIT 10 OFFSET 20` })).toMatchObject(
      {
        text: `SELECT "name" FROM "user" WHERE "mail" = '~a0' AND "id" IN ('~b0', '~c0') LIMIT 10 OFFSET 20`,
      },
    );
    expect(redact(query({ params: ['Ann', 7, null, true, [7], { a: 1 }], values: { id: [7, 8] } }))).toMatchObject({
      params: ['~a0', '~b0', null, true, ['~b0'], '~c0'],
      values: { id: ['~b0', '~d0'] },
    });
    expect(redact({ e: 'streamed', op: 1, values: { id: [7, 8] } })).toEqual({ e: 'streamed', op: 1, values: { id: ['~a0', '~b0'] } });
    expect(redact(query({ error: "Duplicate entry 'Ann'" }))).not.toMatchObject({ error: expect.stringContaining('Ann') as string });
    expect(redact({ e: 'scope', id: 1, kind: 'http', name: 'GET /users/:id', path: '/users/7?token=x', t: 0 })).toMatchObject({ path: null });
    expect(redact({ e: 'hello', protocol: 1, token: '', pid: 1, ppid: 0, node: '', cwd: '/', argv: ['--password=x'], timeOrigin: 0 })).toMatchObject({
      argv: [],
    });
  });

  it('takes values out of pauses, and leaves why the app paused', () => {
    const pause = { e: 'pause', kind: 'nPlusOne', message: 'N+1 query: Author.books is loaded', sql: "SELECT 'Ada'", scope: 1 } as const;
    expect(redact(pause)).toEqual({ ...pause, sql: null });
    expect(JSON.stringify(redact({ ...pause, kind: 'failedQuery', message: 'Failed query: duplicate key (Ada)' }))).not.toContain('Ada');
  });

  it('leaves names alone', () => {
    const text = 'SELECT "a"."id" FROM `author` "a" INNER JOIN [book] b ON b.authorId = a.id WHERE a.id = $1';
    expect(redact({ e: 'sql', id: 1, text })).toMatchObject({ text });
  });

  it('is judged like the run itself: the same findings, the same proof', () => {
    const recorded: ProbeEvent[] = [];
    const builder = createProfileBuilder({ runId: 'run' });
    const app = new ProfiledApp({}, 1, { ...builder, add: (_: string | number, event: ProbeEvent) => void recorded.push(event) });
    app.request('GET /authors', () => {
      const owner = app.find(
        'Author',
        rows(5, (n) => ({ id: 101 + n })),
        { at: 'a.ts:10 list' },
      );
      for (const key of [101, 102, 103, 104, 105]) app.lazy('Author.books', owner, key, [{ id: key }], { at: 'a.ts:12 list' });
    });
    const redactor = new EventRedactor(tokens());
    const judge = (events: readonly ProbeEvent[]) => {
      const replay = createProfileBuilder({ runId: 'run' });
      for (const event of events) replay.add(1, event);
      return replay.findings();
    };
    const plain = judge(recorded);
    expect(plain).toMatchObject([{ kind: 'lazy-n-plus-one', parent: { proven: true } }]);
    expect(judge(recorded.map((event) => redactor.redact(event)))).toEqual(plain);
  });
});

describe('redaction of a report', () => {
  it('shows statements by their shape, without parameters and paths', () => {
    const app = new ProfiledApp();
    app.request('GET /authors', () => app.find('Author', [{ id: 4711 }], { at: 'a.ts:10 list' }));
    const profile = app.builder.profile({
      id: 'r',
      name: '',
      startedAtMs: 0,
      state: 'ended',
      pids: [],
      typeormVersions: [],
      drivers: [],
      message: null,
    });
    const redacted = redactProfile(profile);
    expect(redacted.queries.map(({ sql, shape }) => sql === shape)).toEqual([true]);
    expect(redacted.queries[0]).not.toHaveProperty('parameters');
    expect(redacted.scopes.map(({ path }) => path)).toEqual([null]);
    expect(redacted.findings).toEqual(profile.findings);
  });
});
