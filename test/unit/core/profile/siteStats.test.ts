import { describe, expect, it } from 'vitest';
import type { SiteStats } from '../../../../src/core/profile/queryProfile';
import { listWithBooks, ProfiledApp, rows } from '../../builders/profiledApp';

const line = (sites: readonly SiteStats[], at: number) =>
  sites.find((site) => site.line === at)?.scopes.map(({ name, queries, rows: returned }) => [name, queries, returned]);

describe('what lines asked', () => {
  it('is what one request ran there, however often it is asked', () => {
    const app = new ProfiledApp();
    app.request('GET /authors', () => listWithBooks(app)).request('GET /authors', () => listWithBooks(app));
    app.builder.takeChangedScopes();
    const sites = app.builder.takeChangedSites();
    expect(line(sites, 10)).toEqual([['GET /authors', 1, 3]]);
    expect(line(sites, 12)).toEqual([['GET /authors', 3, 6]]);
    expect(sites.map(({ file, scopes }) => [file, scopes[0]?.scope])).toEqual([
      ['/app/a.ts', 2],
      ['/app/a.ts', 2],
    ]);
  });

  it('is kept apart by route, the latest first', () => {
    const app = new ProfiledApp();
    const listOnly = (): void =>
      void app.find(
        'Author',
        rows(2, (n) => ({ id: n })),
        { at: 'a.ts:10 list' },
      );
    app.request('GET /authors', () => listWithBooks(app)).request('GET /names', listOnly);
    app.builder.takeChangedScopes();
    const sites = app.builder.takeChangedSites();
    expect(line(sites, 10)).toEqual([
      ['GET /names', 1, 2],
      ['GET /authors', 1, 3],
    ]);
  });

  it('grows while a request runs, and is told again only where it changed', () => {
    const app = new ProfiledApp();
    const request = app.openRequest('GET /authors');
    listWithBooks(app);
    app.builder.takeChangedScopes();
    expect(app.builder.takeChangedSites()).toHaveLength(2);
    app.find(
      'Author',
      rows(1, () => ({ id: 1 })),
      { at: 'a.ts:20 list' },
    );
    app.builder.takeChangedScopes();
    expect(app.builder.takeChangedSites().map((site) => site.line)).toEqual([20]);
    app.closeRequest(request);
    app.builder.takeChangedScopes();
    expect(app.builder.takeChangedSites()).toEqual([]);
  });

  it('is forgotten when the run is cleared', () => {
    const app = new ProfiledApp();
    app.request('GET /authors', () => listWithBooks(app));
    app.builder.takeChangedScopes();
    app.builder.clear();
    expect(app.builder.takeChangedSites()).toEqual([]);
  });
});
