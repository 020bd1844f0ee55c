import { describe, expect, test } from 'vitest';
import { answerAmong, keyOf, latestRequest, questionOf } from '../../../src/extension/profile/rerun';
import type { StoredRun } from '../../../src/extension/profile/profileStore';
import type { RunInfo } from '../../../src/protocol/collector';
import { aScope } from './builders';

const aRun = (id: string): RunInfo => ({
  id,
  name: 'app',
  startedAtMs: 0,
  state: 'connected',
  pids: [1],
  typeormVersions: ['1.1.1'],
  drivers: ['better-sqlite3'],
  message: null,
});

function runOf(id: string, ...scopes: Parameters<typeof aScope>[0][]): StoredRun {
  return {
    info: aRun(id),
    scopes: new Map(scopes.map((scope, i) => [i + 1, aScope({ id: i + 1, runId: id, ...scope })])),
    findings: [],
    findingsOf: () => [],
    relationStats: [],
    siteStats: new Map(),
  };
}

const request = { name: 'GET /authors', path: '/authors?page=2', kind: 'http', origin: 'http://127.0.0.1:3000' } as const;
const asked = (fields: Parameters<typeof aScope>[0]) => questionOf([runOf('a', { ...request, ...fields })], 'a', 1);

describe('asking again', () => {
  test('goes where the newest run answers', () => {
    const runs = [runOf('a', request), runOf('b', { ...request, name: 'GET /books', origin: 'http://127.0.0.1:4000' })];
    expect(questionOf(runs, 'a', 1)).toMatchObject({ kind: 'ask', method: 'GET', url: 'http://127.0.0.1:4000/authors?page=2', mayWrite: false });
  });

  test('sends what says how the answer is to look, and knows who else was named', () => {
    const facts = { headers: { accept: 'text/csv' }, withheld: ['cookie'], hasBody: false };
    expect(asked({ request: facts })).toMatchObject({ headers: { accept: 'text/csv' }, withheld: ['cookie'] });
  });

  test('of a request without anything of the kind sends nothing of the kind', () => {
    expect(asked({})).toMatchObject({ headers: {}, withheld: [] });
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s may write, and has to be confirmed', (method) => {
    expect(asked({ name: `${method} /authors` })).toMatchObject({ kind: 'ask', method, mayWrite: true });
  });

  test.each([
    ['a job', { kind: 'job' as const, path: null }, /no request/],
    ['another machine', { origin: 'http://10.1.2.3:3000' }, /not known/],
    ['a body', { name: 'POST /authors', request: { headers: {}, withheld: [], hasBody: true } }, /body, which is not recorded/],
  ])('is refused for %s', (_, scope, reason) => {
    expect(asked(scope)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) as string });
  });

  test('what has a body can be sent from a shell, with blanks for what is not recorded', () => {
    const facts = { headers: { accept: "it's" }, withheld: ['authorization'], hasBody: true };
    const curl = "curl -X POST 'http://127.0.0.1:3000/authors?page=2' -H 'accept: it'\\''s' -H 'authorization: …' --data '…'";
    expect(asked({ name: 'POST /authors', request: facts })).toMatchObject({ curl });
  });
});

describe('the request to prove an edit with', () => {
  test('is the latest of that name that can be asked', () => {
    const runs = [runOf('a', request), runOf('b', request, { ...request, live: true }), runOf('c', { ...request, name: 'GET /books' })];
    expect(latestRequest(runs, 'GET /authors')).toEqual({ runId: 'b', scope: 1 });
    expect(latestRequest(runs, 'GET /nowhere')).toBeNull();
  });

  test('is answered by one that was not there before', () => {
    const question = asked({});
    if (question.kind !== 'ask') throw new Error(question.reason);
    const [old, other, page, answer] = [
      aScope({ ...request, id: 1 }),
      aScope({ ...request, id: 2, name: 'GET /books', path: '/books' }),
      aScope({ ...request, id: 3, path: '/authors?page=3' }),
      aScope({ ...request, id: 4 }),
    ];
    expect(answerAmong([old, other, page], question, new Set([keyOf(old)]))).toBeUndefined();
    expect(answerAmong([old, other, page, answer], question, new Set([keyOf(old)]))).toBe(answer);
  });
});
