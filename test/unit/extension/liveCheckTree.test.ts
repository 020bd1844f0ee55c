import { describe, expect, it } from 'vitest';
import { liveCheckSentence, liveCheckSummary, liveCheckTree, type LiveCheckNode } from '../../../src/extension/panels/liveCheckTree';
import type { LiveCheck, LiveDifference } from '../../../src/protocol/lsp';

const source = { file: '/app/book.ts', line: 4, column: 3, endLine: 4, endColumn: 8 };
const title: LiveDifference = {
  kind: 'column',
  entity: 'Book',
  property: 'title',
  field: 'column',
  sources: 'title',
  app: 'book_title',
  message: 'Book.title: column is "title" in the sources, "book_title" in the app',
  source,
};
const table: LiveDifference = { ...title, kind: 'entity', entity: 'Order', property: null, field: 'table', sources: 'orders', app: 'acme_orders' };
const session: LiveDifference = { ...title, kind: 'entity', entity: 'Session', property: null, field: null, sources: null, app: true, source: null };
const aCheck = (overrides: Partial<LiveCheck> = {}): LiveCheck => ({
  dataSource: 'default (postgres)',
  entities: 3,
  relations: 2,
  columns: 9,
  equal: 3,
  differences: [],
  ...overrides,
});

describe('the tree of differences to the running app', () => {
  it('is empty where all is equal', () => {
    expect(liveCheckTree([aCheck()])).toEqual([]);
  });

  it('leads from entity to difference to source', () => {
    expect(outline(liveCheckTree([aCheck({ equal: 1, differences: [title, table, session] })]))).toEqual([
      'Book · 1 difference @4',
      '  title: column · title → book_title @4',
      'Order · 1 difference @4',
      '  table · orders → acme_orders @4',
      'Session · 1 difference',
      '  Session · only in the running app',
    ]);
  });

  it('tells several DataSources apart, and leaves out those that are equal', () => {
    const archive = aCheck({ dataSource: 'archive (mysql)', equal: 2, differences: [title] });
    expect(outline(liveCheckTree([aCheck(), archive, aCheck({ differences: [session], equal: 2 })])).filter((line) => !line.startsWith(' '))).toEqual(
      ['archive (mysql) · 1 difference', 'default (postgres) · 1 difference'],
    );
  });

  it('gives every node an id of its own', () => {
    const ids = (nodes: readonly LiveCheckNode[]): string[] => nodes.flatMap(({ id, children }) => [id, ...ids(children)]);
    const all = ids(liveCheckTree([aCheck({ differences: [title, title] }), aCheck({ differences: [title] })]));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the live check in words', () => {
  it.each<[checks: LiveCheck[], summary: string, sentence: string]>([
    [[aCheck()], '3 entities as in the running app', 'Checked against the running app: 3 entities equal.'],
    [[aCheck({ equal: 1 })], '1 entity as in the running app', 'Checked against the running app: 1 entity equal.'],
    [
      [aCheck(), aCheck({ equal: 2, differences: [title] })],
      '1 difference to the running app',
      'Checked against the running app: 5 entities equal, 1 difference.',
    ],
  ])('%#', (checks, summary, sentence) => {
    expect([liveCheckSummary(checks), liveCheckSentence(checks)]).toEqual([summary, sentence]);
  });
});

function outline(nodes: readonly LiveCheckNode[], indent = ''): string[] {
  return nodes.flatMap(({ label, description, source: place, children }) => [
    `${indent}${label} · ${description}${place ? ` @${place.line}` : ''}`,
    ...outline(children, `${indent}  `),
  ]);
}
