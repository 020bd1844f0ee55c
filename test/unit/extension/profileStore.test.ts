import { describe, expect, it } from 'vitest';
import { ProfileStore, type ProfileChange, type RunSource } from '../../../src/extension/profile/profileStore';
import type { Finding, ProfileUpdate, RunInfo, ScopeSummary } from '../../../src/protocol/collector';
import { packDetail, type PackedDetail } from '../../../src/protocol/packedDetail';
import { aScope } from './builders';

describe('ProfileStore', () => {
  it('merges updates of a run: scopes by id, findings and statistics where they changed', () => {
    const store = new ProfileStore();
    const finding = { id: 1 } as Finding;
    const findings = [{ scope: 1, findings: [finding] }];
    store.apply(anUpdate({ scopes: [aScope({ id: 1, queryCount: 2, live: true }), aScope({ id: 2 })], findings }), nobody);
    store.apply(anUpdate({ scopes: [aScope({ id: 1, queryCount: 101 })] }), nobody);
    const [run] = store.runs;
    expect([...run!.scopes.values()].map(({ id, queryCount }) => [id, queryCount])).toEqual([
      [1, 101],
      [2, 1],
    ]);
    expect(run!.findings).toEqual([finding]);
  });

  it('takes what is told of a scope’s findings in place of what was told of it before, and leaves those of other scopes alone', () => {
    const store = new ProfileStore();
    const told = (...findings: [scope: number, ids: readonly number[]][]) =>
      store.apply(anUpdate({ findings: findings.map(([scope, ids]) => ({ scope, findings: ids.map((id) => ({ id, scope }) as Finding) })) }), nobody);
    const known = () => store.runs[0]?.findings.map(({ scope, id }) => [scope, id]);
    told([2, [3]]);
    told([1, [1, 2]]);
    expect(known()).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ]);
    told([1, [2]], [2, []], [3, [4]]);
    expect(known()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(store.runs[0]?.findings).toBe(store.runs[0]?.findings);
  });

  it('takes the newest run that has something to show as the latest', () => {
    const store = new ProfileStore();
    expect(store.latest).toBeNull();
    store.apply(anUpdate({ run: aRun('a'), scopes: [aScope()] }), nobody);
    store.apply(anUpdate({ run: aRun('b') }), nobody);
    expect(store.latest?.info.id).toBe('a');
    store.apply(anUpdate({ run: aRun('b'), scopes: [aScope({ id: 9, kind: 'unattributed' })] }), nobody);
    expect(store.latest?.info.id).toBe('a');
    store.apply(anUpdate({ run: aRun('b'), scopes: [aScope()] }), nobody);
    expect(store.latest?.info.id).toBe('b');
  });

  it('tells of changes until one stops listening', () => {
    const store = new ProfileStore();
    const changes: ProfileChange[] = [];
    const subscription = store.onDidChange((change) => changes.push(change));
    store.apply(anUpdate({ scopes: [aScope({ queryCount: 5 })] }), nobody);
    store.apply(anUpdate({ findings: [{ scope: 1, findings: [] }], dropped: 2 }), nobody);
    subscription.dispose();
    store.apply(anUpdate({ scopes: [aScope()] }), nobody);
    expect(changes.map(({ scopes, findings, dropped }) => [scopes.length, findings, dropped])).toEqual([
      [1, [], 0],
      [0, [{ scope: 1, findings: [] }], 2],
    ]);
  });

  it.each([
    ['the first request, once', [{ scopes: [aScope()] }, { scopes: [aScope({ id: 2 })] }], [true, false]],
    ['not what the app does at its start', [{ scopes: [aScope({ kind: 'unattributed' })] }, { scopes: [aScope({ id: 2 })] }], [false, true]],
    ['the end of a script', [{ scopes: [aScope({ kind: 'unattributed' })] }, { run: { ...aRun(), state: 'ended' } }], [false, true]],
    ['not the end of a run without queries', [{}, { run: { ...aRun(), state: 'ended' } }], [false, false]],
  ] satisfies [string, Partial<ProfileUpdate>[], boolean[]][])('finds worth showing: %s', (_case, updates, expected) => {
    const store = new ProfileStore();
    const shown: boolean[] = [];
    store.onDidChange(({ worthShowing }) => shown.push(worthShowing));
    for (const update of updates) store.apply(anUpdate(update), nobody);
    expect(shown).toEqual(expected);
  });

  it('tells when a DataSource has built its metadata, and asks the collector of the run for it', async () => {
    const store = new ProfileStore();
    const built: boolean[] = [];
    store.onDidChange(({ metadataBuilt }) => built.push(metadataBuilt));
    const dataSources = [{ cwd: '/app' }];
    const source = { request: async (method: string) => (method === 'metadata' ? dataSources : null) } as unknown as RunSource;
    store.apply(anUpdate({ metadataBuilt: 1 }), source);
    store.apply(anUpdate(), source);
    expect(built).toEqual([true, false]);
    expect(await store.metadata(aRun().id)).toBe(dataSources);
    expect(await store.metadata('unknown')).toEqual([]);
  });

  it('asks the collector of the run for a scope’s details, with the summary as it is now', async () => {
    const store = new ProfileStore();
    store.apply(
      anUpdate({ run: aRun('a'), scopes: [aScope({ id: 7, queryCount: 3 })] }),
      aSource((id) => aDetail(aScope({ id, queryCount: 2 }))),
    );
    expect((await store.detail('a', 7))?.scope).toMatchObject({ id: 7, queryCount: 3 });
    expect(await store.detail('unknown', 7)).toBeNull();
  });

  it('hands on what comes with the end of a request that is waited for, and asks for none of a run that is over', () => {
    const store = new ProfileStore();
    const asked: unknown[] = [];
    const told: unknown[] = [];
    store.onDidChange(({ detail }) => told.push(detail?.scope.id));
    const source: RunSource = { request: async (method, params) => (asked.push([method, params]), null as never) };
    store.apply(anUpdate({ run: aRun('a'), scopes: [aScope()] }), source);
    store.follow('a', 'GET /authors', 1);
    store.apply(anUpdate({ run: aRun('a'), detail: aDetail(aScope({ id: 2 })) }), source);
    store.markEnded('a');
    store.follow('a', 'GET /authors', 2);
    store.follow('unknown', 'GET /authors', 2);
    expect(asked).toEqual([['follow', { runId: 'a', name: 'GET /authors', from: 1 }]]);
    expect(told).toEqual([undefined, 2, undefined]);
  });

  it('has no details where the collector fails or is gone', async () => {
    const store = new ProfileStore();
    store.apply(anUpdate({ run: aRun('a'), scopes: [aScope({ id: 7 })] }), { request: () => Promise.reject(new Error('gone')) });
    expect(await store.detail('a', 7)).toBeNull();
  });

  it('keeps details beyond the end of the collector, first of what has findings, then of what is new', async () => {
    const asked: number[] = [];
    const source = aSource((id) => {
      asked.push(id);
      return aDetail(aScope({ id }));
    });
    const store = new ProfileStore();
    const scopes = Array.from({ length: 250 }, (_, index) => aScope({ id: index + 1, warnings: index === 3 ? 1 : 0 }));
    store.apply(anUpdate({ run: aRun('a'), scopes }), source);
    await store.archive('a');
    expect(asked.slice(0, 3)).toEqual([4, 250, 249]);
    expect(asked).toHaveLength(200);
    expect((await store.detail('a', 4))?.scope.id).toBe(4);
    expect(await store.detail('a', 5)).toBeNull();
    expect(asked).toHaveLength(200);
    store.apply(anUpdate({ run: aRun('a'), scopes: [aScope({ id: 4 })] }), source);
    expect((await store.detail('a', 4))?.scope.id).toBe(4);
  });

  it('says that a run has ended when its collector cannot any more', () => {
    const store = new ProfileStore();
    store.apply(anUpdate({ run: aRun('a') }), nobody);
    const states: string[] = [];
    store.onDidChange(({ run }) => states.push(run.state));
    store.markEnded('a');
    store.markEnded('a');
    store.markEnded('unknown');
    expect(states).toEqual(['ended']);
  });

  it('forgets everything on request, and asks the collectors to', () => {
    const store = new ProfileStore();
    const cleared: unknown[] = [];
    let resets = 0;
    store.onDidReset(() => resets++);
    store.apply(anUpdate({ run: aRun('a'), scopes: [aScope()] }), {
      request: async (method, params) => (cleared.push([method, params]), null as never),
    });
    store.clear();
    expect(store.runs).toEqual([]);
    expect(cleared).toEqual([['clear', { runId: 'a' }]]);
    expect(resets).toBe(1);
  });

  it('keeps twenty runs', () => {
    const store = new ProfileStore();
    for (let run = 1; run <= 25; run++) store.apply(anUpdate({ run: aRun(`r${run}`) }), nobody);
    expect(store.runs.map(({ info }) => info.id).at(0)).toBe('r6');
    expect(store.runs).toHaveLength(20);
  });
});

const nobody: RunSource = { request: () => Promise.resolve(null as never) };

function aSource(detail: (scope: number) => PackedDetail): RunSource {
  return { request: async (_method, params) => Promise.resolve(detail((params as { scope: number }).scope) as never) };
}

function aRun(id = 'run'): RunInfo {
  return { id, name: 'Shop', startedAtMs: 0, state: 'connected', pids: [1], typeormVersions: [], drivers: [], message: null };
}

function anUpdate(update: Partial<ProfileUpdate> = {}): ProfileUpdate {
  return { run: aRun(), scopes: [], dropped: 0, ...update };
}

function aDetail(scope: ScopeSummary): PackedDetail {
  return packDetail({ scope, operations: [], queries: [], droppedQueries: 0, groups: [], findings: [] });
}
