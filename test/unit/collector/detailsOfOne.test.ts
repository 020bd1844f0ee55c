/** Whoever looks at one request has that one described: what is known of all others is left as it is. */
import { expect, it } from 'vitest';
import { Run } from '../../../src/collector/run';
import { ScopeHistoryFile } from '../../../src/collector/scopeHistory';
import { createProfileBuilder } from '../../../src/core/profile/profileBuilder';
import { ProfiledApp } from '../builders/profiledApp';

function aRun(): { readonly run: Run; readonly app: ProfiledApp } {
  const run = new Run({ id: 'run', name: 'App', cwd: '/app', startedAtMs: 0, recordingsFolder: null, history: new ScopeHistoryFile(null) });
  const listener = { ...createProfileBuilder({ runId: 'run' }), add: (processId: number, event: never) => run.event(processId, event, '') };
  return { run, app: new ProfiledApp({}, 1, listener as never) };
}

it('asking for a request’s details makes nobody hear of another’s', () => {
  const { run, app } = aRun();
  const ask = (name: string, ms: number) =>
    app.request(name, () => app.call('Repository.findBy', 'Book', [{ sql: 'SELECT * FROM book WHERE id = 1', ms }], { at: 'b.ts:3 list' }));
  ask('GET /slow', 250);
  for (let asked = 0; asked < 100; asked++) ask('GET /quick', 1.8);
  run.takeUpdate();
  for (let asked = 0; asked < 5; asked++) ask('GET /quick', 1.8);
  run.takeUpdate();
  // The slow query is said to be usually quick, in 100 runs of it: told again in 200, or where somebody looks at it.
  expect(run.scopeDetail(2)?.queries).toHaveLength(1);
  expect(run.takeUpdate().findings).toBeUndefined();
  expect(run.scopeDetail(1)?.findings).toMatchObject([{ usual: { runs: 105 } }]);
});
