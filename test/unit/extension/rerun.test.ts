import { describe, expect, test } from 'vitest';
import { addressToAsk } from '../../../src/extension/profile/rerun';
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
    relationStats: [],
  };
}

const request = { name: 'GET /authors', path: '/authors?page=2', kind: 'http', origin: 'http://127.0.0.1:3000' } as const;

describe('asking again', () => {
  test('goes where the newest run answers', () => {
    const runs = [runOf('a', request), runOf('b', { ...request, name: 'GET /books', origin: 'http://127.0.0.1:4000' })];
    expect(addressToAsk(runs, 'a', 1)).toEqual({ kind: 'ask', url: 'http://127.0.0.1:4000/authors?page=2', name: 'GET /authors' });
  });

  test.each([
    ['a write', { ...request, name: 'POST /authors' }, /may write/],
    ['a job', { ...request, kind: 'job' as const, path: null }, /no request/],
    ['another machine', { ...request, origin: 'http://10.1.2.3:3000' }, /not known/],
  ])('is refused for %s', (_, scope, reason) => {
    expect(addressToAsk([runOf('a', scope)], 'a', 1)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});
