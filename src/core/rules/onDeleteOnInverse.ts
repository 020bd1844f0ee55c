import { moveOption } from './moveOption';
import { nameOf, relationRule } from './ruleSyntax';

/** `onDelete` belongs to the foreign key: on the side without it, TypeORM ignores it (typeorm issues 3059, 1913). */
export const onDeleteOnInverse = relationRule('ondelete-on-inverse', (context, entity, relation) => {
  const misplaced = relation.kind === 'one-to-many' || (relation.kind === 'one-to-one' && !relation.owner);
  if (!misplaced || !relation.onDelete) return null;
  const inverse = context.inverseOf(relation);
  const there = inverse ? nameOf(inverse.entity, inverse.relation) : `the side in ${relation.target} that holds the foreign key`;
  const action = relation.onDelete;
  return {
    severity: 'error',
    message: `onDelete: '${action}' is ignored on ${nameOf(entity, relation)}: the foreign key stands on the other side. Write it on ${there}.`,
    source: relation.source,
    related: inverse ? [{ message: `${there} holds the foreign key`, source: inverse.relation.source }] : [],
    fixes: () => (inverse?.relation.owner && !inverse.relation.onDelete ? moveOption(context, relation, inverse, 'onDelete', action) : []),
  };
});
