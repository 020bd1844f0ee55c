import { nameInverse, whoNames } from './otherSide';
import { nameOf, relationRule } from './ruleSyntax';

/** The other side names this one, this one does not name the other; a many-to-many then fails from the other side. */
export const inverseOneSided = relationRule('inverse-one-sided', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (relation.kind !== 'many-to-many' || !relation.owner || relation.inverseSource || relation.inverse || !target) return null;
  const namer = whoNames(context, entity, relation, target);
  if (!namer) return null;
  return {
    severity: 'error',
    message: `${nameOf(target, namer)} names ${nameOf(entity, relation)} as its inverse, but ${relation.property} does not name ${namer.property}: every query from ${target.name} would fail ("Cannot read properties of undefined").`,
    source: relation.source,
    related: [{ message: `${nameOf(target, namer)} names ${relation.property}`, source: namer.inverseSource ?? namer.source }],
    // Two owning sides that name each other are no better.
    fixes: () => (namer.owner ? [] : nameInverse(context, entity, relation, target, namer.property)),
  };
});
