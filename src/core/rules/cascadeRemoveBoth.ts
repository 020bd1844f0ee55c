import { cascadeWithoutRemove } from './m2mCascadeRemove';
import { nameOf, relationRule } from './ruleSyntax';

/** Both sides remove each other: TypeORM refuses to start. */
export const cascadeRemoveBoth = relationRule('cascade-remove-both', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (!inverse || inverse.relation === relation || !relation.cascade.includes('remove') || !inverse.relation.cascade.includes('remove')) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} and ${nameOf(inverse.entity, inverse.relation)} both cascade removal to each other; TypeORM refuses to start with that. Keep the cascade on one side.`,
    source: relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} cascades removal too`, source: inverse.relation.source }],
    fixes: () => [...cascadeWithoutRemove(context, relation)],
  };
});
