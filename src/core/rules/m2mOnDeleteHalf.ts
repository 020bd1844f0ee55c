import { nameOf, relationRule } from './ruleSyntax';

/**
 * A many-to-many's `onDelete` is that of the junction's foreign key to its own entity; the other one's comes from the inverse side, and is
 * CASCADE where there is none (`JunctionEntityMetadataBuilder`; typeorm issue 12870).
 */
export const m2mOnDeleteHalf = relationRule('m2m-ondelete-half', (context, entity, relation) => {
  if (relation.kind !== 'many-to-many' || !relation.owner || !relation.joinTable) return null;
  const action = relation.onDelete?.toUpperCase();
  if (!action || action === 'CASCADE' || context.inverseOf(relation)) return null;
  if (!context.entity(relation.targetId)) return null;
  return {
    severity: 'warning',
    message: `onDelete: '${relation.onDelete}' of ${nameOf(entity, relation)} holds for one of the two foreign keys of ${relation.joinTable.table}; the other cascades, for ${relation.target} has no side of its own. Write the other side, with its onDelete.`,
    source: relation.source,
  };
});
