import { isInstalled } from '../model/isInstalled';
import { COUNTERPART, whoNames, writeOtherSide } from './otherSide';
import { nameOf, relationRule, relationsBetween } from './ruleSyntax';

/** Only one side is defined: legal, and often meant. A hint, with the other side ready to be written. */
export const missingInverse = relationRule('missing-inverse', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (
    !relation.owner ||
    relation.tree ||
    relation.inverseSource ||
    relation.inverse ||
    !target ||
    !relation.decorator ||
    // Nothing can be written into a package.
    isInstalled(target.source.file) ||
    relation.property.includes('.')
  )
    return null;
  if (relation.declaredIn !== entity.name || target.type === 'view' || whoNames(context, entity, relation, target)) return null;
  const back = relationsBetween(context, target, entity).filter(({ kind, inverse }) => kind === COUNTERPART[relation.kind] && inverse === null);
  if (back.length > 0 && target.id !== entity.id) return null;
  return {
    severity: 'hint',
    message: `${nameOf(entity, relation)} is defined on one side only: nothing in ${target.name} leads back to ${entity.name}.`,
    source: relation.source,
    fixes: () => writeOtherSide(context, entity, relation, target),
  };
});
