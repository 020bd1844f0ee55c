import { moveOption } from './moveOption';
import { nameOf, relationRule } from './ruleSyntax';

/** `orphanedRowAction` is read from the many-to-one side only (typeorm issue 12033). */
export const orphanOnWrongSide = relationRule('orphan-on-wrong-side', (context, entity, relation) => {
  if (relation.orphanedRowAction === 'nullify' || relation.kind === 'many-to-one' || relation.tree) return null;
  const inverse = context.inverseOf(relation);
  const action = relation.orphanedRowAction;
  const movable = inverse?.relation.kind === 'many-to-one' && inverse.relation.orphanedRowAction === 'nullify';
  const there = movable && inverse ? ` Write it on ${nameOf(inverse.entity, inverse.relation)}.` : '';
  return {
    severity: 'error',
    message: `orphanedRowAction: '${action}' is ignored on ${nameOf(entity, relation)}: TypeORM reads it from the many-to-one side only.${there}`,
    source: relation.source,
    related: inverse ? [{ message: `${nameOf(inverse.entity, inverse.relation)} is the other side`, source: inverse.relation.source }] : [],
    fixes: () => (movable && inverse ? moveOption(context, relation, inverse, 'orphanedRowAction', action) : []),
  };
});
