/** Scopes that go on from another one: what runs after a response, and the steps of a scenario. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { ProfiledApp } from '../../builders/profiledApp';

const ids = [101, 102, 103, 104];
const authors = ids.map((id) => ({ id, name: `author ${id}` }));

function loops(app: ProfiledApp): Finding[] {
  return app.findings().filter(({ kind }) => kind === 'loop-n-plus-one');
}

function booksOf(app: ProfiledApp, keys: readonly number[] = ids): void {
  for (const id of keys) app.findBy('Book', 'authorId', id, [{ id: id + 1000, authorId: id }], { at: 'audit.ts:20 audit', api: 'Repository.findBy' });
}

/** A request that lists authors, and what follows its response. */
function afterwards(run: (app: ProfiledApp) => void, within: (app: ProfiledApp) => void = () => undefined): ProfiledApp {
  const app = new ProfiledApp();
  app.request('GET /', () => {
    app.find('Author', authors, { at: 'list.ts:10 list' });
    within(app);
  });
  app.pause(5);
  run(app);
  return app;
}

describe('a loop after the response', () => {
  it('has the request’s own query as its parent, and is mended by itself', () => {
    expect(loops(afterwards(booksOf))).toMatchObject([
      {
        scopeName: 'after GET /',
        severity: 'warning',
        entity: 'Author',
        relation: 'books',
        count: 4,
        site: { file: '/app/audit.ts', line: 20 },
        parent: { site: { file: '/app/list.ts', line: 10 }, proven: true },
        advice: { kind: 'batch-in', predictedQueryCount: 1, currentQueryCount: 4 },
      },
    ]);
  });

  it('is no less of a loop where its first turns came before the response', () => {
    const app = afterwards(
      (after) => booksOf(after, ids.slice(1)),
      (request) => booksOf(request, ids.slice(0, 1)),
    );
    expect(loops(app)).toMatchObject([{ scopeName: 'after GET /', severity: 'warning', count: 3, parent: { site: { line: 10 }, proven: true } }]);
  });

  it('has the nearer query as its parent, where that was run after the response as well', () => {
    const app = afterwards((after) => {
      after.find('Author', authors, { at: 'audit.ts:18 audit' });
      booksOf(after);
    });
    expect(loops(app)).toMatchObject([{ parent: { site: { file: '/app/audit.ts', line: 18 }, proven: true } }]);
  });

  it('has none in rows that its keys have nothing to do with, nor in those of other requests', () => {
    const customers = afterwards((after) => {
      for (const id of ids) after.findBy('Order', 'customerId', id, [{ id, customerId: id }], { at: 'audit.ts:30 audit' });
    });
    expect(loops(customers)).toMatchObject([{ site: { line: 30 }, parent: null }]);
    const app = new ProfiledApp();
    app.request('GET /', () => app.find('Author', authors, { at: 'list.ts:10 list' }));
    app.request('GET /other', () => app.find('Country', [{ id: 1, name: 'x' }], { at: 'other.ts:10 list' }));
    app.pause(5);
    booksOf(app);
    expect(loops(app)).toMatchObject([{ scopeName: 'after GET /other', parent: null }]);
  });

  it('is none where it asks once, for one row or for all', () => {
    const app = afterwards((after) => {
      booksOf(after, ids.slice(0, 1));
      after.find('Book', [{ id: 1, authorId: 101 }], { at: 'audit.ts:40 audit', tail: ` WHERE "Book"."authorId" IN (${ids.join(', ')})` });
    });
    expect(app.findings()).toEqual([]);
  });
});

describe('steps of a scenario', () => {
  function step(app: ProfiledApp, id: number, follows: number | undefined, run: () => void): number {
    app.send({ e: 'scope', id, kind: 'test', name: `step ${id}`, path: null, t: app.time, ...(follows === undefined ? {} : { follows }) });
    app.enter(id);
    run();
    app.closeRequest(id);
    return id;
  }

  it('may loop over what an earlier one has read', () => {
    const app = new ProfiledApp();
    const first = step(app, 1, undefined, () => app.find('Author', authors, { at: 'steps.ts:10 list' }));
    const second = step(app, 2, first, () => app.find('Country', [{ id: 1, name: 'x' }], { at: 'steps.ts:15 countries' }));
    step(app, 3, second, () => booksOf(app));
    expect(loops(app)).toMatchObject([{ scopeName: 'step 3', parent: { site: { file: '/app/steps.ts', line: 10 }, proven: true } }]);
  });

  it('know nothing of other scenarios', () => {
    const app = new ProfiledApp();
    step(app, 1, undefined, () => app.find('Author', authors, { at: 'steps.ts:10 list' }));
    step(app, 2, undefined, () => booksOf(app));
    expect(loops(app)).toMatchObject([{ scopeName: 'step 2', parent: null }]);
  });
});

it('ends what goes on after a response once there are many of those, and keeps its findings', () => {
  const app = new ProfiledApp();
  for (let request = 0; request < 300; request++) {
    app.request(`GET /${request}`, () => app.find('Author', authors, { at: 'list.ts:10 list' }));
    app.pause(5);
    booksOf(app);
    app.pause(5);
    app.builder.takeChangedScopes();
  }
  const after = app.builder.scopes().filter(({ kind }) => kind === 'unattributed');
  expect(after.map(({ live }) => live)).toEqual([...Array<boolean>(100).fill(false), ...Array<boolean>(200).fill(true)]);
  expect(loops(app)).toHaveLength(300);
  expect(loops(app).every(({ parent }) => parent?.proven === true)).toBe(true);
});
