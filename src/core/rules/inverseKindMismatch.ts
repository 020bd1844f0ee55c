import { COUNTERPART } from './otherSide';
import { nameOf, relationRule } from './ruleSyntax';

/** One-to-many with anything but many-to-one, and the like. */
export const inverseKindMismatch = relationRule('inverse-kind-mismatch', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (!inverse || relation.tree || inverse.relation.kind === COUNTERPART[relation.kind]) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is ${relation.kind}, so its inverse must be ${COUNTERPART[relation.kind]}, but ${nameOf(inverse.entity, inverse.relation)} is ${inverse.relation.kind}.`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} is declared here`, source: inverse.relation.source }],
  };
});
