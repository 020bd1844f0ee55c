import { describe, expect, it } from 'vitest';
import { ProfileStore, type ProfileChange, type RunSource } from '../../../src/extension/profile/profileStore';
import type { Finding, RelationLoadStats, RunInfo } from '../../../src/protocol/collector';
import type { PackedDetail } from '../../../src/protocol/packedDetail';
import { aFinding, aSite } from '../builders/findingBuilder';
import { aScope } from './builders';

const site = aSite({ file: '/app/authors.ts', line: 12 });
const books = aFinding({ id: 1, scope: 1, severity: 'warning', entity: 'Author', relation: 'books', site });
const awards = aFinding({ id: 2, scope: 1, severity: 'warning', entity: 'Author', relation: 'awards', site: { ...site, line: 14 } });
const said = { kind: books.kind, file: site.file, line: 12, reason: 'few' };

/** A run with two findings of one request, whose collector is gone. */
async function anArchivedRun(): Promise<{ store: ProfileStore; changes: ProfileChange[] }> {
  const store = new ProfileStore();
  const scope = aScope({ id: 1, warnings: 2 });
  const detail = { scope, operations: [], queries: [], groups: [], droppedQueries: 0, findings: [books, awards] } as unknown as PackedDetail;
  const source = { request: async () => detail } as unknown as RunSource;
  const run = { id: 'run', state: 'ended' } as RunInfo;
  const relationStats = [books, awards].map(({ entity, relation }) => ({ entity, relation, warning: true }) as unknown as RelationLoadStats);
  store.apply({ run, scopes: [scope], findings: [{ scope: 1, findings: [books, awards] }], relationStats, dropped: 0 }, source);
  await store.archive('run');
  const changes: ProfileChange[] = [];
  store.onDidChange((change) => changes.push(change));
  return { store, changes };
}

describe('what is suppressed after the collector went away', () => {
  it('goes from the request, its count and the heat of its relation, and is listed with its reason', async () => {
    const { store, changes } = await anArchivedRun();
    store.setAside(said, 'comment');
    const ids = (findings: readonly Finding[] | null | undefined) => findings?.map(({ id }) => id);
    expect(changes.map(({ scopes, findings }) => [scopes.map(({ warnings }) => warnings), findings])).toEqual([
      [[1], [{ scope: 1, findings: [awards] }]],
    ]);
    expect(store.latest?.relationStats.map(({ relation, warning }) => [relation, warning])).toEqual([
      ['books', false],
      ['awards', true],
    ]);
    const detail = await store.detail('run', 1);
    expect(ids(detail?.findings)).toEqual([2]);
    expect(detail?.suppressed).toEqual([{ finding: books, by: 'comment', reason: 'few' }]);
    expect(detail?.scope.warnings).toBe(1);
  });

  it('is nothing where the line is another', async () => {
    const { store, changes } = await anArchivedRun();
    store.setAside({ ...said, line: 13 }, 'comment');
    expect(changes).toEqual([]);
    expect(store.latest?.findings).toHaveLength(2);
  });
});
