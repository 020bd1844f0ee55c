import type { Entity, Relation } from '../model/relationGraph';
import { nameOf, relationRule } from './ruleSyntax';
import type { RuleContext } from './rule';

/**
 * Two children of a single-table inheritance with a relation of one name to different entities: they share one column in the one table, and
 * TypeORM makes the foreign key to the first target only; the other child's ids break it.
 */
export const stiPropertyClash = relationRule('sti-property-clash', (context, entity, relation) => {
  if (entity.type !== 'entity-child' || entity.parentId === null || !relation.owner || relation.joinColumns.length === 0) return null;
  const clash = siblingWith(context, entity, relation);
  if (!clash) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} and ${nameOf(clash.entity, clash.relation)} are both the column ${entity.table}.${relation.joinColumns[0]?.column}, and lead to different entities (${relation.target}, ${clash.relation.target}): only one foreign key is made. Name one of them otherwise.`,
    source: relation.source,
    related: [{ message: `${nameOf(clash.entity, clash.relation)} leads to ${clash.relation.target}`, source: clash.relation.source }],
  };
});

function tableOf(context: RuleContext, { targetId }: Relation): string | undefined {
  return context.entity(targetId)?.table;
}

function siblingWith(context: RuleContext, entity: Entity, relation: Relation): { readonly entity: Entity; readonly relation: Relation } | null {
  for (const sibling of context.entitiesWith(`parent ${entity.parentId ?? ''}`)) {
    if (sibling.id === entity.id || sibling.type !== 'entity-child') continue;
    const other = sibling.relations.find(
      ({ owner, joinColumns, targetId }) =>
        owner && targetId !== relation.targetId && targetId !== null && joinColumns[0]?.column === relation.joinColumns[0]?.column,
    );
    // Children of one table are one target to the database.
    if (other && relation.targetId !== null && tableOf(context, relation) !== tableOf(context, other)) return { entity: sibling, relation: other };
  }
  return null;
}
