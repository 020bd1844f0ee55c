import { inverseName } from './inverseName';
import { replaceName } from './otherSide';
import { fixOf, isFromSibling, isSameFamily, nameOf, relationRule } from './ruleSyntax';

/** a.bs → b.x, while b.x → a.cs. */
export const inverseAsymmetric = relationRule('inverse-asymmetric', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const again = inverse && context.inverseOf(inverse.relation);
  if (!inverse || !again || again.relation.property === relation.property || !isSameFamily(context, again.entity, entity)) return null;
  // The class may well name this one back; what TypeORM makes of it is its sibling's.
  if (isFromSibling(context, inverse.entity, inverse.relation)) return null;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} names ${nameOf(inverse.entity, inverse.relation)} as its inverse, but that one names ${nameOf(again.entity, again.relation)}: make both name each other.`,
    source: relation.inverseSource ?? relation.source,
    related: [
      {
        message: `${nameOf(inverse.entity, inverse.relation)} names ${again.relation.property}`,
        source: inverse.relation.inverseSource ?? inverse.relation.source,
      },
    ],
    fixes: () => {
      // A third one that names it would share it then.
      const isShared = inverse.entity.relations.some(
        (each) => each !== inverse.relation && each.targetId === inverse.relation.targetId && each.inverse === relation.property,
      );
      const name = isShared || relation.property.includes('.') ? null : inverseName(context, inverse.relation);
      return name
        ? fixOf(`Make ${nameOf(inverse.entity, inverse.relation)} name '${relation.property}'`, [replaceName(name, relation.property)])
        : [];
    },
  };
});
