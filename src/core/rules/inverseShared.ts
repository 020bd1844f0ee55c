import { nameOf, relationRule } from './ruleSyntax';

/** Two relations that claim one and the same inverse: the rows of the second are never seen. */
export const inverseShared = relationRule('inverse-shared', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (!inverse || relation.declaredIn !== entity.name) return null;
  const rival = entity.relations.find(
    (other) => other !== relation && other.declaredIn === entity.name && other.targetId === relation.targetId && other.inverse === relation.inverse,
  );
  if (!rival || inverse.relation.inverse === relation.property) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} and ${nameOf(entity, rival)} both name ${nameOf(inverse.entity, inverse.relation)} as their inverse; it can lead back to one of them only.`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(entity, rival)} names it too`, source: rival.inverseSource ?? rival.source }],
  };
});
