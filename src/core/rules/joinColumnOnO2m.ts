import { misplaced } from './misplacedDecorator';
import { nameOf, relationRule } from './ruleSyntax';

/** The foreign key of a one-to-many is on the other side: `@JoinColumn` here is ignored. */
export const joinColumnOnO2m = relationRule('joincolumn-on-o2m', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const there = inverse ? nameOf(inverse.entity, inverse.relation) : 'the many-to-one side';
  return misplaced(context, entity, relation, {
    decorator: 'JoinColumn',
    on: (kind) => kind === 'one-to-many',
    severity: 'warning',
    message: `@JoinColumn is ignored on ${nameOf(entity, relation)}: the foreign key stands on the other side. Write it on ${there}.`,
  });
});
