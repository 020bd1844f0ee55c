/** Entities by what they share with others: kept up to date entity by entity, so that rules may ask for it at every keystroke. */
import type { Entity, EntityId } from '../model/relationGraph';
import type { Trait } from './rule';

export class EntityTraits {
  private readonly holders = new Map<Trait, Set<EntityId>>();
  private readonly traits = new Map<EntityId, readonly Trait[]>();

  /** Puts an entity in place of what was known of it (null: it is gone). Returns the traits of which the holders, or what they hold, are others now. */
  replace(id: EntityId, entity: Entity | null): ReadonlySet<Trait> {
    const before = this.traits.get(id) ?? [];
    const now = entity ? traitsOf(entity) : [];
    for (const trait of before) {
      const ids = this.holders.get(trait);
      ids?.delete(id);
      if (ids?.size === 0) this.holders.delete(trait);
    }
    for (const trait of now) {
      const ids = this.holders.get(trait);
      if (ids) ids.add(id);
      else this.holders.set(trait, new Set([id]));
    }
    if (now.length > 0) this.traits.set(id, now);
    else this.traits.delete(id);
    return new Set([...before.filter((trait) => !now.includes(trait)), ...now.filter((trait) => !before.includes(trait))]);
  }

  holdersOf(trait: Trait): readonly EntityId[] {
    return [...(this.holders.get(trait) ?? [])].sort();
  }
}

/** The children of a single-table inheritance stand in their root's table and are not counted as its holders. */
function traitsOf(entity: Entity): readonly Trait[] {
  const traits: Trait[] = [];
  if (entity.type !== 'entity-child' && !entity.abstract) traits.push(tableTrait(entity.schema, entity.table));
  if (entity.parentId !== null) traits.push(`parent ${entity.parentId}`);
  for (const { owner, joinTable } of entity.relations) {
    if (owner && joinTable) traits.push(junctionTrait(entity.schema, joinTable.table));
  }
  return [...new Set(traits)];
}

export function tableTrait(schema: string | null, table: string): Trait {
  return `table ${schema ? `${schema}.` : ''}${table}`;
}

/** A junction table stands in its owner's schema, where it names none of its own. */
export function junctionTrait(schema: string | null, table: string): Trait {
  return `junction ${schema && !table.includes('.') ? `${schema}.` : ''}${table}`;
}
