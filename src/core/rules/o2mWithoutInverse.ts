import { nameInverse, writeOtherSide } from './otherSide';
import { nameOf, relationRule, relationsBetween } from './ruleSyntax';

/** A one-to-many is held by the other side's foreign key: without a many-to-one it is held by nothing. */
export const o2mWithoutInverse = relationRule('o2m-without-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (relation.kind !== 'one-to-many' || relation.tree || relation.inverseSource || relation.inverse || !target) return null;
  const back = relationsBetween(context, target, entity).filter(({ kind }) => kind === 'many-to-one');
  const [only] = back;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is one-to-many but names no inverse side: TypeORM needs the many-to-one in ${target.name} that holds the foreign key.${only ? ` Name '${only.property}'.` : ''}`,
    source: relation.source,
    related: [
      {
        message: only ? `${nameOf(target, only)} leads back to ${entity.name}` : `${target.name} is declared here`,
        source: only?.source ?? target.source,
      },
    ],
    fixes: () => (only ? nameInverse(context, entity, relation, target, only.property) : writeOtherSide(context, entity, relation, target)),
  };
});
