import { nameInverse, whoNames } from './otherSide';
import { nameOf, relationRule, relationsBetween } from './ruleSyntax';

/** A side that does not own the relation must say which one does. */
export const nonOwnerWithoutInverse = relationRule('non-owner-without-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if ((relation.kind !== 'one-to-one' && relation.kind !== 'many-to-many') || relation.owner || relation.inverseSource || relation.inverse || !target)
    return null;
  const owners = relationsBetween(context, target, entity).filter(
    ({ kind, owner, property }) => kind === relation.kind && owner && !(target.id === entity.id && property === relation.property),
  );
  const owner = whoNames(context, entity, relation, target) ?? (owners.length === 1 ? owners[0] : undefined);
  if (!owner) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} does not own the relation, so it must name the side that does: ${nameOf(target, owner)}.`,
    source: relation.source,
    related: [{ message: `${nameOf(target, owner)} owns it`, source: owner.source }],
    fixes: () => nameInverse(context, entity, relation, target, owner.property),
  };
});
