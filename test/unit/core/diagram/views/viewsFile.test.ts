import { describe, expect, it } from 'vitest';
import { emptyFilter, emptyView, type DiagramView } from '../../../../../src/core/diagram/views/diagramView';
import { fromKey, toKey } from '../../../../../src/core/diagram/views/entityKeys';
import { readViews } from '../../../../../src/core/diagram/views/readViews';
import { writeViews } from '../../../../../src/core/diagram/views/writeViews';

const folder = '/home/me/shop';
const book = `${folder}/src/catalog/book.entity.ts#Book`;
const tag = `${folder}/src/catalog/tag.entity.ts#Tag`;
const shared = '/home/me/lib/src/audit.entity.ts#Audit';

const checkout: DiagramView = {
  filter: {
    ...emptyFilter,
    modules: ['src/sales', 'src/catalog'],
    folders: [`${folder}/src/sales`],
    kinds: ['tree', 'entity'],
    text: 'order "x"',
    hidden: [tag],
    revealed: [shared],
  },
  focus: { table: book, depth: 2 },
  detail: 'keys',
  junctions: 'drawn',
  junctionsOtherwise: new Set([`${book}.tags`]),
  grouping: 'relations',
  groups: new Map([
    [tag, 'Book'],
    [shared, 'Audits'],
    [book, 'Book'],
  ]),
  moduleColours: new Map([['src/sales', 'amber']]),
  tableColours: new Map([
    [tag, 'teal'],
    [book, 'pink'],
  ]),
  notes: [
    { id: 'n2', text: 'two\nlines', table: tag, x: 10.4, y: -20, width: 200, height: 90, colour: null },
    { id: 'n1', text: 'Say “why”', table: null, x: 0, y: 0, width: 180, height: 80, colour: 'amber' },
  ],
  positions: new Map([
    [tag, { x: 12.6, y: 40 }],
    [shared, { x: -1, y: 0 }],
    [book, { x: 400.4, y: 0.2 }],
  ]),
};

const text = `{
  "version": 1,
  "views": {
    "Checkout": {
      "filter": {
        "modules": ["src/catalog", "src/sales"],
        "folders": ["src/sales"],
        "kinds": ["entity", "tree"],
        "hidden": ["src/catalog/tag.entity.ts#Tag"],
        "revealed": ["../lib/src/audit.entity.ts#Audit"],
        "text": "order \\"x\\""
      },
      "focus": { "table": "src/catalog/book.entity.ts#Book", "depth": 2 },
      "detail": "keys",
      "junctions": "drawn",
      "junctionsOtherwise": ["src/catalog/book.entity.ts#Book.tags"],
      "grouping": "relations",
      "groups": {
        "Audits": ["../lib/src/audit.entity.ts#Audit"],
        "Book": ["src/catalog/book.entity.ts#Book", "src/catalog/tag.entity.ts#Tag"]
      },
      "moduleColours": {
        "src/sales": "amber"
      },
      "tableColours": {
        "src/catalog/book.entity.ts#Book": "pink",
        "src/catalog/tag.entity.ts#Tag": "teal"
      },
      "notes": [
        { "id": "n1", "x": 0, "y": 0, "width": 180, "height": 80, "colour": "amber", "text": "Say “why”" },
        { "id": "n2", "table": "src/catalog/tag.entity.ts#Tag", "x": 10, "y": -20, "width": 200, "height": 90, "text": "two\\nlines" }
      ],
      "positions": {
        "../lib/src/audit.entity.ts#Audit": [-1, 0],
        "src/catalog/book.entity.ts#Book": [400, 0],
        "src/catalog/tag.entity.ts#Tag": [13, 40]
      }
    },
    "Empty": {}
  }
}
`;

describe('views.json', () => {
  it('is written to be reviewed: sorted, a line for each position and note, whole numbers, only what differs', () => {
    const views = new Map([
      ['Empty', emptyView],
      ['Checkout', checkout],
    ]);
    expect(writeViews(views, folder)).toBe(text);
  });

  it('is read as it was written, in a folder of another name too', () => {
    for (const home of [folder, '/srv/ci/build']) {
      const read = readViews(text, home);
      expect(read.kind).toBe('good');
      expect(writeViews(read.views, home)).toBe(text);
    }
    expect(readViews(text, folder).views.get('Empty')).toEqual(emptyView);
  });

  it('is no less good for being absent or empty', () => {
    for (const nothing of [null, '', '\n']) expect(readViews(nothing, folder)).toEqual({ kind: 'good', views: new Map() });
  });

  it('is the same text whatever the order of what it holds', () => {
    const backwards: DiagramView = {
      ...checkout,
      positions: new Map([...checkout.positions].reverse()),
      tableColours: new Map([...checkout.tableColours].reverse()),
      notes: [...checkout.notes].reverse(),
    };
    expect(writeViews(new Map([['Checkout', backwards]]), folder)).toBe(writeViews(new Map([['Checkout', checkout]]), folder));
  });
});

describe('a views.json that is not what we write', () => {
  const reasonOf = (content: string): string => {
    const read = readViews(content, folder);
    return read.kind === 'corrupt' ? read.reason : `not corrupt but ${read.kind}`;
  };
  const withView = (view: unknown): string => JSON.stringify({ version: 1, views: { Mine: view } });

  it.each([
    ['{ "version": 1,', /^It is not valid JSON: .+\.$/],
    ['{\n<<<<<<< HEAD\n  "version": 1\n=======\n>>>>>>> other\n}', /merge conflict that is not resolved \(line 2\)/],
    ['[]', /holds no object/],
    ['{}', /does not say its version/],
    [withView({ positions: { 'a.ts#A': 'left' } }), /^views → Mine → positions → a\.ts#A is not \[x, y\]\.$/],
    [withView({ positions: [] }), /positions is not an object/],
    [withView({ detail: 'some' }), /detail is none of auto, names, keys, all/],
    [withView({ tableColours: { 'a.ts#A': 'red' } }), /no known colour/],
    [withView({ notes: [{ id: 'n' }] }), /notes → 1 needs an id/],
    [withView({ filter: { kinds: ['poem'] } }), /unknown kind, poem/],
    [withView({ focus: { depth: 1 } }), /focus needs a table/],
    [withView('x'), /views → Mine is not an object/],
  ])('is told apart, with the reason: %s', (content, reason) => {
    expect(reasonOf(content)).toMatch(reason);
  });

  it('gives back what could be understood', () => {
    const read = readViews(withView({ detail: 'keys', positions: { 'a.ts#A': 'left', 'b.ts#B': [1, 2] } }), folder);
    expect(read.views.get('Mine')).toMatchObject({ detail: 'keys', positions: new Map([[`${folder}/b.ts#B`, { x: 1, y: 2 }]]) });
  });

  it('of a later version is shown as far as it goes, and said to be later', () => {
    const read = readViews(JSON.stringify({ version: 2, views: { Mine: { detail: 'keys', sparkle: true } } }), folder);
    expect(read).toMatchObject({ kind: 'newer', version: 2 });
    expect(read.views.get('Mine')?.detail).toBe('keys');
  });
});

describe('keys of entities', () => {
  it.each([
    [`${folder}/src/a.ts#A`, 'src/a.ts#A', folder],
    ['/home/me/lib/a.ts#A', '../lib/a.ts#A', folder],
    ['/srv/other/a.ts#A', '/srv/other/a.ts#A', folder],
    ['/home/me/shop2/a.ts#A', '../shop2/a.ts#A', folder],
    ['c:/work/shop/src/a.ts#A', 'src/a.ts#A', 'c:/work/shop'],
    ['d:/lib/a.ts#A', 'd:/lib/a.ts#A', 'c:/work/shop'],
  ])('%s is %s in %s, and back', (id, key, home) => {
    expect(toKey(id, home)).toBe(key);
    expect(fromKey(key, home)).toBe(id);
  });
});
