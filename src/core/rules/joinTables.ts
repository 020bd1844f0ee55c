/** Rules on the names of junction tables. */
import type { Entity, Relation } from '../model/relationGraph';
import { sameData } from '../model/sameData';
import { junctionTrait, tableTrait } from './entityTraits';
import { nameOf, relationRule } from './ruleSyntax';

/** The junction table of a many-to-many is an entity's table: TypeORM makes both, and the schema breaks (typeorm issues 1224, 3148). */
export const joinTableEqualsEntityTable = relationRule('jointable-equals-entity-table', (context, entity, relation) => {
  if (!relation.owner || !relation.joinTable) return null;
  const { table } = relation.joinTable;
  const [taken] = context
    .entitiesWith(tableOf(entity.schema, table))
    .filter((other) => other.type === 'regular' && context.isSameProgram(entity, other));
  if (!taken) return null;
  return {
    severity: 'error',
    message: `The junction table of ${nameOf(entity, relation)} is ${table}, which is the table of the entity ${taken.name}. Where the link has columns of its own, relate ${entity.name} to ${taken.name} and ${taken.name} to ${relation.target} instead of the many-to-many.`,
    source: relation.source,
    related: [{ message: `${taken.name} has this table`, source: taken.source }],
  };
});

/** Two many-to-manys with one junction table: each reads the other's links as its own. */
export const joinTableShared = relationRule('jointable-shared', (context, entity, relation) => {
  if (!relation.owner || !relation.joinTable) return null;
  const { table } = relation.joinTable;
  const trait = junctionTrait(entity.schema, table);
  for (const holder of context.entitiesWith(trait)) {
    if (!context.isSameProgram(entity, holder) || isOtherVersion(entity, holder)) continue;
    for (const other of holder.relations) {
      const isItself = other.source.file === relation.source.file && other.source.line === relation.source.line;
      const isOtherSide = other.targetId === entity.id && (other.property === relation.inverse || other.inverse === relation.property);
      if (isItself || isOtherSide || !other.owner || other.joinTable?.table !== table || isMirror(entity, relation, holder, other)) continue;
      return {
        severity: 'error',
        message: `${nameOf(entity, relation)} and ${nameOf(holder, other)} share the junction table ${table}: each sees the other's links as its own. Give one of them a name: @JoinTable({ name: '…' }).`,
        source: relation.source,
        related: [{ message: `${nameOf(holder, other)} has the same junction table`, source: other.source }],
      };
    }
  }
  return null;
});

/** Two classes of one name are two versions of one entity, as in examples that lie side by side: one DataSource could not load both. */
function isOtherVersion(entity: Entity, other: Entity): boolean {
  return entity.id !== other.id && entity.name === other.name;
}

/** The same links told from the other end: each reads what the other writes, as it is meant to. */
function isMirror(entity: Entity, relation: Relation, holder: Entity, other: Relation): boolean {
  if (other.targetId !== entity.id || relation.targetId !== holder.id || !relation.joinTable || !other.joinTable) return false;
  const { joinColumns, inverseJoinColumns } = relation.joinTable;
  return sameData(joinColumns, other.joinTable.inverseJoinColumns) && sameData(inverseJoinColumns, other.joinTable.joinColumns);
}

function tableOf(schema: string | null, table: string): ReturnType<typeof tableTrait> {
  return table.includes('.') ? tableTrait(null, table) : tableTrait(schema, table);
}
