/** A long run's early requests: their details give way in memory, and are read again from the recording. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../src/collector/collector';
import { readAgain } from '../../src/collector/readAgain';
import { createProfileBuilder, type ProfileBuilder } from '../../src/core/profile/profileBuilder';
import type { ScopeDetail, ScopeSummary } from '../../src/core/profile/queryProfile';
import { unpackDetail } from '../../src/protocol/packedDetail';
import type { ProbeEvent } from '../../src/protocol/probe';
import { ProfiledApp, rows } from '../unit/builders/profiledApp';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-again-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** 300 requests of 101 queries each, half of which have no room. */
function longRun(): { readonly file: string; readonly builder: ProfileBuilder } {
  const file = path.join(folder, 'long.ndjson');
  const lines = [JSON.stringify({ e: 'recording', version: 1, name: 'Long', startedAtMs: 1, cwd: '/app' })];
  const builder = createProfileBuilder({ runId: 'run', root: '/app' });
  const add = (p: string | number, event: ProbeEvent): void => {
    lines.push(JSON.stringify({ p, ...event }));
    builder.add(p, event);
  };
  const recorded = new Proxy(builder, { get: (target, name) => (name === 'add' ? add : Reflect.get(target, name)) });
  const app = new ProfiledApp({}, 1, recorded);
  for (let request = 1; request <= 300; request++) {
    app.request(`GET /authors/${request}`, () => {
      const authors = app.find(
        'Author',
        rows(100, (index) => ({ id: request * 1000 + index })),
        { at: 'list.ts:3 list' },
      );
      for (let index = 0; index < 100; index++) app.lazy('Author.books', authors, request * 1000 + index, [], { at: 'list.ts:5 list' });
    });
  }
  builder.endProcess(1);
  fs.writeFileSync(file, lines.join('\n'));
  return { file, builder };
}

describe('the first request of a long run', () => {
  const { file, builder } = longRun();
  const first = builder.scopes().find(({ name }) => name === 'GET /authors/1') as ScopeSummary;
  const gone = builder.scopeDetail(first.id) as ScopeDetail;

  it('had to give way, with its counts and its finding left', () => {
    expect(gone).toMatchObject({ queries: [], operations: [], droppedQueries: 101, scope: { queryCount: 101 } });
    expect(gone.findings.map(({ kind }) => kind)).toEqual(['lazy-n-plus-one']);
  });

  it('is whole again, and its finding still names its operation', async () => {
    const whole = await readAgain(gone, { recordingPath: file, isRedacted: false });
    expect(whole.queries).toHaveLength(101);
    expect(whole.droppedQueries).toBe(0);
    expect(whole.groups.map(({ count }) => count)).toEqual([1, 100]);
    expect(whole.findings).toBe(gone.findings);
    const parent = whole.operations.find(({ id }) => id === whole.findings[0]?.parent?.operation);
    expect(parent).toMatchObject({ api: 'Repository.find', entity: 'Author', queryCount: 1 });
    expect(whole.queries[1]?.sql).toContain('1000');
  });

  it('tells no values where none are to be shown', async () => {
    const whole = await readAgain(gone, { recordingPath: file, isRedacted: true });
    expect(whole.queries).toHaveLength(101);
    expect(whole.queries.every(({ sql }) => !sql.includes('1000'))).toBe(true);
  });

  it.each([
    ['not recorded', null],
    ['deleted', path.join(folder, 'none.ndjson')],
    ['of another run', path.join(folder, 'other.ndjson')],
  ])('stays as it is where the recording is %s', async (_, recordingPath) => {
    if (recordingPath?.endsWith('other.ndjson'))
      fs.writeFileSync(recordingPath, fs.readFileSync(file, 'utf8').replaceAll('GET /authors/1"', 'GET /x"'));
    expect(await readAgain(gone, { recordingPath, isRedacted: false })).toBe(gone);
  });

  it('is not read again where nothing is missing', async () => {
    const last = builder.scopes().at(-1) as ScopeSummary;
    const detail = builder.scopeDetail(last.id) as ScopeDetail;
    expect(detail.queries).toHaveLength(101);
    expect(await readAgain(detail, { recordingPath: file, isRedacted: false })).toBe(detail);
  });

  it('is whole in a recording that is open in the panel, when the panel asks for all of it', async () => {
    const collector = createCollector({ probePath: '', storageFolder: null });
    const { runId } = await collector.request('openRecording', { file });
    const asked = async (whole?: true) =>
      unpackDetail((await collector.request('scopeDetail', { runId, scope: first.id, ...(whole ? { whole } : {}) }))!).queries;
    expect(await asked()).toHaveLength(0);
    expect(await asked(true)).toHaveLength(101);
    await collector.dispose();
  });

  it('names the files of a folder here, where the recording was made elsewhere', async () => {
    const collector = createCollector({ probePath: '', storageFolder: null });
    const sources = fs.mkdtempSync(path.join(folder, 'sources-'));
    fs.writeFileSync(path.join(sources, 'list.ts'), '');
    const { runId } = await collector.request('openRecording', { file, folders: [sources] });
    const whole = unpackDetail((await collector.request('scopeDetail', { runId, scope: first.id, whole: true }))!);
    const files = whole.operations.map(({ site }) => site?.file);
    expect([...new Set(files)]).toEqual([path.join(sources, 'list.ts')]);
    expect(whole.queries).toHaveLength(101);
    await collector.dispose();
  });
});
