/** A viewer that shows a route gets the next request's details with the news of its end, once for each time that it asks. */
import { describe, expect, it } from 'vitest';
import { Run } from '../../../src/collector/run';
import { ScopeHistoryFile } from '../../../src/collector/scopeHistory';
import type { ProfileUpdate } from '../../../src/protocol/collector';
import { unpackDetail } from '../../../src/protocol/packedDetail';

describe('a route that is followed', () => {
  const hello = { e: 'hello', protocol: 1, token: '', pid: 7, ppid: 0, node: 'v20', cwd: '/app', argv: [], timeOrigin: 0 } as const;

  function aRun() {
    const run = new Run({ id: 'run', name: 'App', cwd: '/app', startedAtMs: 0, recordingsFolder: null, history: new ScopeHistoryFile(null) });
    run.connected(1, hello);
    run.event(1, hello, '');
    let last = 0;
    const begin = (name: string): number => {
      run.event(1, { e: 'scope', id: ++last, kind: 'http', name, path: null, t: last }, '');
      return last;
    };
    const end = (id: number): void => run.event(1, { e: 'scopeEnd', id, t: id, status: 200, responseHash: null }, '');
    return { run, begin, end, request: (name: string) => end(begin(name)) };
  }

  const detailIn = ({ detail }: ProfileUpdate) => detail?.scope.id;

  it('sends details along once it has a request that ended, and not again before it is asked again', () => {
    const { run, begin, end, request } = aRun();
    request('GET /authors');
    expect(detailIn(run.takeUpdate())).toBeUndefined();
    run.follow('GET /authors', 2);
    expect(detailIn(run.takeUpdate())).toBeUndefined();
    request('GET /books');
    const second = begin('GET /authors');
    expect(detailIn(run.takeUpdate())).toBeUndefined();
    end(second);
    const update = run.takeUpdate();
    expect(detailIn(update)).toBe(3);
    expect(unpackDetail(update.detail!)).toEqual(run.scopeDetail(3));
    request('GET /authors');
    expect(detailIn(run.takeUpdate())).toBeUndefined();
  });

  it('sends those of the last of several, also of the very request that was shown while it ran', () => {
    const { run, begin, end, request } = aRun();
    const shown = begin('GET /authors');
    run.follow('GET /authors', shown);
    end(shown);
    expect(detailIn(run.takeUpdate())).toBe(shown);
    run.follow('GET /authors', shown);
    request('GET /authors');
    request('GET /authors');
    expect(detailIn(run.takeUpdate())).toBe(3);
  });

  it('is the one that was asked for last', () => {
    const { run, request } = aRun();
    run.follow('GET /authors', 1);
    run.follow('GET /books', 1);
    request('GET /authors');
    expect(detailIn(run.takeUpdate())).toBeUndefined();
    request('GET /books');
    expect(detailIn(run.takeUpdate())).toBe(2);
  });
});
