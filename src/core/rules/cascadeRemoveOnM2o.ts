import { cascadeWithoutRemove } from './m2mCascadeRemove';
import { nameOf, relationRule } from './ruleSyntax';

/** A child that removes its parent. */
export const cascadeRemoveOnM2o = relationRule('cascade-remove-on-m2o', (context, entity, relation) => {
  if (relation.kind !== 'many-to-one' || relation.tree || !relation.cascade.includes('remove')) return null;
  return {
    severity: 'warning',
    message: `Removing one ${entity.name} also removes its ${relation.target} through ${nameOf(entity, relation)}, which other rows may belong to.`,
    source: relation.source,
    fixes: () => cascadeWithoutRemove(context, relation),
  };
});
