/** Whoever follows a run is told of each scope's findings as they change, and of nothing else: what is told does not grow with the run. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { bounds } from '../../../../src/core/profile/evidence';
import { bookshop, ProfiledApp, rows } from '../../builders/profiledApp';

/** What a follower knows: of each scope what was told of it last. */
class Follower {
  readonly known = new Map<number, readonly Finding[]>();

  constructor(private readonly app: ProfiledApp) {}

  /** @returns how many findings were told */
  listen(): number {
    const told = this.app.builder.takeChangedFindings();
    for (const { scope, findings } of told) this.known.set(scope, findings);
    return told.reduce((sum, { findings }) => sum + findings.length, 0);
  }

  get all(): Finding[] {
    return [...this.known].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings);
  }
}

/** A request that loads the books of three authors one by one, and whatever else is named. */
function ask(app: ProfiledApp, ...more: readonly string[]): void {
  app.request('GET /authors', () => {
    const op = app.find(
      'Author',
      rows(3, (id) => ({ id: 101 + id })),
      { at: 'a.ts:1 list' },
    );
    for (const relation of ['books', ...more]) {
      for (let key = 0; key < 3; key++) app.lazy(`Author.${relation}`, op, 101 + key, [], { at: `a.ts:2 ${relation}` });
    }
  });
}

describe('findings that changed', () => {
  it('are those of the scopes that were judged, once', () => {
    const app = new ProfiledApp();
    const follower = new Follower(app);
    ask(app);
    ask(app);
    expect(follower.listen()).toBe(2);
    expect(follower.listen()).toBe(0);
    ask(app);
    expect(follower.listen()).toBe(1);
    expect(follower.all).toEqual(app.findings());
  });

  it('are told anew while a scope goes on, and not where judging it again gives the same', () => {
    const app = new ProfiledApp();
    const follower = new Follower(app);
    const id = app.openRequest('GET /authors');
    const op = app.find(
      'Author',
      rows(4, (n) => ({ id: 101 + n })),
      { at: 'a.ts:1 list' },
    );
    for (let key = 0; key < 3; key++) app.lazy('Author.books', op, 101 + key, [], { at: 'a.ts:2 list' });
    expect([follower.listen(), follower.all[0]?.count]).toEqual([1, 3]);
    app.lazy('Author.books', op, 104, [], { at: 'a.ts:2 list' });
    expect([follower.listen(), follower.all[0]?.count]).toEqual([1, 4]);
    app.closeRequest(id);
    expect(follower.listen()).toBe(0);
    expect(follower.all).toEqual(app.findings());
  });

  it('are gone where the user says no to them, and back where he changes his mind', () => {
    const app = new ProfiledApp();
    const follower = new Follower(app);
    ask(app);
    follower.listen();
    app.builder.suppress([{ finding: 'lazy-n-plus-one', reason: 'few' }]);
    follower.listen();
    expect(follower.known).toEqual(new Map([[1, []]]));
    app.builder.suppress([]);
    expect(follower.listen()).toBe(1);
  });

  it('do not grow with the run, and add up to its findings however many are forgotten', () => {
    const app = new ProfiledApp();
    const follower = new Follower(app);
    let most = 0;
    for (let asked = 0; asked < bounds.findings / 2 + 200; asked++) {
      ask(app, 'country');
      if (asked % 10 === 0) most = Math.max(most, follower.listen());
    }
    follower.listen();
    expect(most).toBe(20);
    expect(follower.all).toEqual(app.findings());
  });

  it('of slow queries are told as their statement runs on, each time that it has run twice as often', () => {
    const app = new ProfiledApp({ driver: 'postgres', entities: bookshop });
    const follower = new Follower(app);
    const query = (ms: number) =>
      app.request('GET /', () =>
        app.call('Repository.findBy', 'Book', [{ sql: 'SELECT * FROM book WHERE id = $1', params: [1], ms }], { at: 'b.ts:3 list' }),
      );
    query(250);
    let told = 0;
    for (let asked = 0; asked < 640; asked++) {
      query(1.8);
      told += follower.listen();
    }
    expect(told).toBeLessThan(10);
    // Asked for as a whole, they are exact.
    expect(app.findings()).toMatchObject([{ usual: { runs: 640 } }]);
    expect(app.builder.scopeDetail(1)?.findings).toMatchObject([{ usual: { runs: 640 } }]);
    follower.listen();
    expect(follower.all).toEqual(app.findings());
  });

  it('of what a call path reads are judged anew where something else is read, not for each further run of it', () => {
    const app = new ProfiledApp();
    const follower = new Follower(app);
    const authors = rows(12, (n) => ({ id: 101 + n }));
    const request = (run: number, by: 'code' | null) => {
      app.request('GET /', () => {
        const op = app.find('Author', authors, { at: 'list.ts:10 list' });
        const books = { by, filled: 12 * run, bytes: 0, firstReads: 0 };
        app.reads(op, run, [{ entities: 12 * run, relations: { books } }]);
      });
      follower.listen();
      return app.builder.takeChangedScopes().length;
    };
    const told = Array.from({ length: 50 }, (_, index) => request(index + 1, null));
    expect(told.filter((scopes) => scopes > 1)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 40]);
    expect(follower.all[0]?.message).toContain('on none of 480 entities in 40 runs');
    expect(app.findings().map(({ message }) => message.slice(-11))).toEqual(Array.from({ length: 50 }, () => 'in 50 runs.'));
    expect(request(51, 'code')).toBe(51);
    expect([follower.all, app.findings()]).toEqual([[], []]);
  });
});
