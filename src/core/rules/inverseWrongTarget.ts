import type { Entity, Relation } from '../model/relationGraph';
import { inverseName } from './inverseName';
import { onlyWayBack, renameInverse } from './otherSide';
import { isSameFamily, nameOf, relationRule } from './ruleSyntax';

/** The inverse leads to a third entity: rows of the wrong parent come back, and wrong keys are written. */
export const inverseWrongTarget = relationRule('inverse-wrong-target', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const back = inverse && context.entity(inverse.relation.targetId);
  // An inherited field leads back to one heir at most; which one is meant cannot be told.
  if (!inverse || !back || isSameFamily(context, back, entity) || relation.declaredIn !== entity.name) return null;
  const meant = onlyWayBack(context, inverse.entity, entity, relation);
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} names ${nameOf(inverse.entity, inverse.relation)} as its inverse, but that leads to ${back.name}, not to ${entity.name}: ${consequence(entity, relation)}.${meant ? ` Did you mean '${meant}'?` : ''}`,
    source: relation.inverseSource ?? relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} leads to ${back.name}`, source: inverse.relation.source }],
    fixes: () => {
      const name = inverseName(context, relation);
      return meant && name ? renameInverse(name, meant) : [];
    },
  };
});

/** The side without a foreign key is read by the key of the relation that it names; the other has its own (query-builder/RelationLoader.ts). */
function consequence(entity: Entity, relation: Relation): string {
  return relation.owner ? 'the two are not the sides of one relation' : `TypeORM would return rows of the wrong ${entity.name}`;
}
