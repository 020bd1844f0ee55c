import { describe, expect, it } from 'vitest';
import { graphToDiagram } from '../../../../src/core/diagram/graphToDiagram';
import { groupModuleId, groupTables, isGroup, type Grouped, type Groups } from '../../../../src/core/diagram/groupTables';
import type { DiagramModel } from '../../../../src/core/diagram/diagramModel';
import { aGraph, anEntity, aRelation, relate } from './graphs';
import { bookshop } from './models';

/** Entities by name with the names of those that they refer to. `folderOf` says where each lies. */
function schema(references: Readonly<Record<string, readonly string[]>>, folderOf: (name: string) => string): DiagramModel {
  const plain = new Map(Object.keys(references).map((name) => [name, anEntity(name, { module: folderOf(name) })]));
  const entities = [...plain].map(([name, entity]) => {
    const targets = (references[name] ?? []).flatMap((target) => plain.get(target) ?? []);
    return relate(entity, ...targets.map((target) => aRelation(entity, target.name.toLowerCase(), 'many-to-one', target)));
  });
  return graphToDiagram(aGraph(...entities));
}

/** Two topics that one relation ties together, and a table of its own. */
const topics = {
  Product: [],
  Variant: ['Product'],
  Price: ['Variant', 'Product'],
  Stock: ['Variant'],
  Order: [],
  Line: ['Order', 'Variant'],
  Payment: ['Order'],
  Refund: ['Payment', 'Order', 'Line'],
  Setting: [],
} as const;
const ownFolders = (name: string): string => `src/entity/${name.toLowerCase()}`;
const oneFolder = (): string => 'src/entity';

function membersOf({ model }: Pick<Grouped, 'model'>): Record<string, string[]> {
  return Object.fromEntries(
    model.modules.map(({ id, name }) => [name, model.tables.filter(({ module }) => module === id).map((table) => table.name)] as const),
  );
}

const expected = {
  'Variant + 3': ['Product', 'Variant', 'Price', 'Stock'],
  'Order + 3': ['Order', 'Line', 'Payment', 'Refund'],
  'Without relations': ['Setting'],
};

describe('groups of tables', () => {
  it('are their relations’ where each entity has a folder of its own', () => {
    expect(membersOf(groupTables(schema(topics, ownFolders), 'auto'))).toEqual(expected);
  });

  it('are the folders where these sort the entities', () => {
    const shop = bookshop();
    expect(groupTables(shop, 'auto')).toEqual({ model: shop, groups: new Map() });
    expect(groupTables(shop, 'auto').model).toBe(shop);
    const sorted = schema(topics, (name) => (['Order', 'Line', 'Payment', 'Refund'].includes(name) ? 'src/sales' : 'src/catalog'));
    expect(groupTables(sorted, 'auto').model).toBe(sorted);
  });

  it('are what one asks for', () => {
    const apart = schema(topics, ownFolders);
    expect(groupTables(apart, 'folders').model).toBe(apart);
    expect(membersOf(groupTables(schema(topics, oneFolder), 'relations'))).toEqual(expected);
  });

  it('divide one large folder and leave the small ones beside it', () => {
    const family = (name: string, size: number): Record<string, string[]> =>
      Object.fromEntries([[name, []], ...Array.from({ length: size - 1 }, (_, index) => [`${name}${index}`, [name]] as [string, string[]])]);
    const many = { ...family('Tree', 25), ...family('House', 25), ...family('Car', 3) };
    const grouped = groupTables(
      schema(many, (name) => (name.startsWith('Car') ? 'src/cars' : 'src/models')),
      'auto',
    );
    const sizes = Object.fromEntries(Object.entries(membersOf(grouped)).map(([name, members]) => [name, members.length]));
    expect(sizes).toEqual({ 'Tree + 24': 25, 'House + 24': 25, cars: 3 });
    expect(grouped.model.modules.map((module) => isGroup(module))).toEqual([false, true, true]);
  });

  it('tell two groups apart whose best known tables have one name', () => {
    const first = anEntity('Item', { id: '/a.ts#Item', module: 'a' });
    const second = anEntity('Item', { id: '/b.ts#Item', module: 'b' });
    const [part, piece] = [anEntity('Part', { module: 'c' }), anEntity('Piece', { module: 'd' })];
    const graph = aGraph(
      first,
      second,
      relate(part, aRelation(part, 'item', 'many-to-one', first)),
      relate(piece, aRelation(piece, 'item', 'many-to-one', second)),
    );
    expect(membersOf(groupTables(graphToDiagram(graph), 'auto'))).toEqual({ 'Item + 1': ['Item', 'Part'], 'Item 2': ['Item', 'Piece'] });
  });

  it('keep the folder of a table in mind', () => {
    const { model } = groupTables(schema(topics, ownFolders), 'auto');
    expect(model.tables[0]).toMatchObject({ name: 'Product', module: groupModuleId('Variant'), folderModule: 'src/entity/product' });
  });

  it('are the folders where there is but a handful of tables, until one asks for others', () => {
    const few = { Product: [], Variant: ['Product'], Setting: [] };
    expect(membersOf(groupTables(schema(few, ownFolders), 'auto'))).toEqual({ product: ['Product'], variant: ['Variant'], setting: ['Setting'] });
    expect(membersOf(groupTables(schema(few, ownFolders), 'relations'))).toEqual({
      'Product + 1': ['Product', 'Variant'],
      'Without relations': ['Setting'],
    });
  });

  it('of no tables are none', () => {
    const empty: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };
    for (const grouping of ['auto', 'folders', 'relations'] as const)
      expect(groupTables(empty, grouping)).toEqual({ model: empty, groups: new Map() });
  });
});

describe('groups after an edit', () => {
  const before = groupTables(schema(topics, ownFolders), 'auto').groups;
  const after = (references: Readonly<Record<string, readonly string[]>>, kept: Groups = before): Record<string, string[]> =>
    membersOf(groupTables(schema(references, ownFolders), 'auto', kept));

  it('hold every table that they had, whatever its relations are now', () => {
    expect(after({ ...topics, Stock: ['Order', 'Payment', 'Refund', 'Line'], Line: [] })).toEqual(expected);
  });

  it('take in new tables by their relations, through each other too', () => {
    const more = { ...topics, Parcel: ['Shipment'], Shipment: ['Order', 'Line', 'Variant'], Note: [] };
    expect(after(more)).toEqual({
      'Variant + 3': expected['Variant + 3'],
      'Order + 5': [...expected['Order + 3'], 'Parcel', 'Shipment'],
      'Without relations': ['Setting', 'Note'],
    });
  });

  it('forget tables that are gone', () => {
    const { Refund: gone, ...rest } = topics;
    expect(gone).toBeDefined();
    expect(after(rest)).toMatchObject({ 'Order + 2': ['Order', 'Line', 'Payment'] });
    expect([...groupTables(schema(rest, ownFolders), 'auto', before).groups.keys()].some((id) => id.endsWith('#Refund'))).toBe(false);
  });

  it('are the same objects for what did not change', () => {
    const model = schema(topics, ownFolders);
    const [first, second] = [groupTables(model, 'auto'), groupTables(model, 'auto', before)];
    expect(second.model.tables.every((table, index) => table === first.model.tables[index])).toBe(true);
  });

  it('leave folders alone that were groups themselves', () => {
    const one = { ...topics, Sole: [] };
    const large = (name: string): string => (name === 'Sole' ? 'src/sole' : 'src/entity');
    const kept = new Map([...before].filter(([id]) => !id.endsWith('#Setting')));
    const { model } = groupTables(schema(one, large), 'auto', kept);
    expect(model.tables.find(({ name }) => name === 'Sole')?.module).toBe('src/sole');
  });
});
