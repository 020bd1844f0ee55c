/** A graph of names and shapes that a text format may stumble over. Every name becomes an entity, its table, a column, a relation and a junction table. */
import type { Entity, RelationGraph } from '../../../src/core/model/relationGraph';
import { aColumn, aGraph, aRelation, anEntity, anId } from '../../unit/builders/graphBuilder';

export const awkwardNames: readonly string[] = [
  'a "quoted" name',
  "an 'apostrophe'",
  'with `backticks`',
  'two  spaces and\ttab',
  'line\nbreak',
  'back\\slash',
  'trailing\\',
  'a<b>&amp;c',
  'curly {braces}',
  '[brackets] (parentheses)',
  'semi;colon, comma: colon',
  '#hash #quot; #35;',
  '%percent %% comment %newline()',
  '--',
  '..',
  '!include',
  '@enduml',
  '-> <-- }o--||',
  'größe',
  '日本語',
  'имя',
  '😀',
  'bell\u0007',
  'x'.repeat(300),
  '1st',
  '_',
  '$dollar',
  'direction LR',
  'https://example.org/?a=b&c',
  ...[
    'PK',
    'pk',
    'FK',
    'uk-1',
    'to',
    'one',
    'many',
    'only',
    'u',
    'o',
    'title',
    'style',
    'class',
    'classDef',
    'end',
    'subgraph',
    'direction',
    'default',
  ],
  ...['table', 'ref', 'enum', 'note', 'indexes', 'project', 'TableGroup', 'null', 'as', 'records', 'node', 'graph', 'digraph', 'edge', 'strict'],
  ...['entity', 'package', 'hide', 'abstract', 'interface', 'skinparam', 'title', 'constructor', '__proto__', 'toString', 'accTitle', 'erDiagram'],
];

/** All of it at once, each entity in one of three modules of which two end alike. */
export function awkwardGraph(): RelationGraph {
  const names = [...new Set(awkwardNames)];
  const named = names.map((name, index) => anAwkwardEntity(name, names[(index + 1) % names.length] ?? name, index));
  return aGraph(...named, ...unusualShapes());
}

function anAwkwardEntity(name: string, next: string, index: number): Entity {
  return anEntity(name, {
    table: name,
    schema: index % 5 === 0 ? 'a "schema"' : null,
    module: ['src/catalog', 'admin/catalog', 'src/größe "x"'][index % 3] ?? 'src',
    columns: [
      anId(),
      aColumn(name, { column: name, type: name, nullable: index % 2 === 0 }),
      aColumn(`to.${name}`, { column: `${name} id`, type: null }),
    ],
    relations: [
      aRelation('many-to-one', `to ${name}`, next, { owner: true, joinColumns: [{ column: `${name} id`, references: 'id' }], onDelete: 'SET NULL' }),
      aRelation('many-to-many', `all ${name}`, next, {
        owner: true,
        joinTable: { table: `${name} joins ${next}`, joinColumns: [`${name} left`], inverseJoinColumns: ['right'] },
      }),
    ],
    indices: [{ columns: [`to ${name}`, name], unique: true }],
  });
}

function joins(...pairs: readonly (readonly [column: string, references: string])[]): { column: string; references: string }[] {
  return pairs.map(([column, references]) => ({ column, references }));
}

function unusualShapes(): Entity[] {
  const composite = [aColumn('tenant', { primary: true, type: 'enum', length: null }), aColumn('number', { primary: true, type: 'numeric(10,2)' })];
  const pair = [
    { column: 'tenant', references: 'tenant' },
    { column: 'parent number', references: 'number' },
  ];
  const self = { ...aRelation('many-to-one', 'parent', 'Composite', { owner: true, inverse: 'children', joinColumns: pair }) };
  return [
    anEntity('Composite', {
      columns: [...composite, aColumn('parent.number', { column: 'parent number' })],
      relations: [self, aRelation('one-to-many', 'children', 'Composite', { inverse: 'parent' })],
    }),
    // Two relations over the same columns, of which one names them in another order; and one that crosses them onto themselves.
    anEntity('Permuted', {
      columns: [aColumn('a', { primary: true }), aColumn('b', { primary: true })],
      relations: [
        aRelation('many-to-one', 'one', 'Composite', { owner: true, joinColumns: joins(['a', 'tenant'], ['b', 'number']) }),
        aRelation('many-to-one', 'other', 'Composite', { owner: true, joinColumns: joins(['b', 'number'], ['a', 'tenant']) }),
        aRelation('many-to-one', 'crossed', 'Permuted', { owner: true, joinColumns: joins(['a', 'b'], ['b', 'a']) }),
      ],
    }),
    anEntity('Itself', {
      relations: [aRelation('one-to-one', 'self', 'Itself', { owner: true, joinColumns: [{ column: 'id', references: 'id' }] })],
    }),
    anEntity('Friend', {
      relations: [
        aRelation('many-to-many', 'friends', 'Friend', {
          owner: true,
          joinTable: { table: 'friends', joinColumns: ['a'], inverseJoinColumns: ['b'] },
        }),
      ],
    }),
    anEntity('Report', { type: 'view', columns: [aColumn('sum', { type: 'int' })] }),
    anEntity('Twice', { columns: [anId(), aColumn('user_id')], relations: twiceTheSameColumn() }),
    anEntity('Animal', { discriminatorValue: 'Animal', columns: [anId(), aColumn('bark', { declaredIn: 'Dog' })] }),
    anEntity('Dog', { type: 'entity-child', table: 'animal', parent: 'Animal', parentId: '/app/entities.ts#Animal', discriminatorValue: 'Dog' }),
    anEntity('Collar', {
      columns: [anId(), aColumn('dog_id')],
      relations: [aRelation('many-to-one', 'dog', 'Dog', { owner: true, joinColumns: [{ column: 'dog_id', references: 'id' }] })],
    }),
    { ...anEntity('Friend', { table: 'friend' }), id: '/other/entities.ts#Friend' },
    anEntity('FriendLink', { table: 'friends', columns: [aColumn('a', { primary: true }), aColumn('b', { primary: true })] }),
    anEntity('Nothing', { columns: [] }),
    anEntity('Dangling', {
      relations: [
        aRelation('many-to-one', 'lost', 'Nobody', { targetId: null, owner: true, joinColumns: [{ column: 'lost_id', references: 'id' }] }),
        aRelation('many-to-one', 'unknownColumn', 'Itself', { owner: true, joinColumns: [{ column: 'not there', references: 'nor there' }] }),
        aRelation('one-to-many', 'ownerless', 'Itself'),
      ],
      indices: [{ columns: ['nothing'], unique: false }],
    }),
  ];
}

function twiceTheSameColumn(): Entity['relations'] {
  const joinColumns = [{ column: 'user_id', references: 'id' }];
  return ['user', 'lazyUser'].map((property) => aRelation('many-to-one', property, 'Itself', { owner: true, joinColumns }));
}
