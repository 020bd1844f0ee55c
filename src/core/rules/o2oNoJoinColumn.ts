import { addDecorator, ensureImport } from '../edits/decoratorEdits';
import type { Fix, RuleContext } from './rule';
import type { Entity, Relation } from '../model/relationGraph';
import { fixOf, nameOf, relationRule, relationsBetween, syntaxOf } from './ruleSyntax';

/** Neither side of a one-to-one has `@JoinColumn`: there is no foreign key, and saving fails ("update values are not defined"). */
export const o2oNoJoinColumn = relationRule('o2o-no-joincolumn', (context, entity, relation) => {
  if (relation.kind !== 'one-to-one' || relation.owner || !relation.decorator) return null;
  const target = context.entity(relation.targetId);
  if (!target || (relation.inverseSource && !relation.inverse)) return null;
  const inverse = context.inverseOf(relation);
  if (
    inverse
      ? inverse.relation.kind !== 'one-to-one' || inverse.relation.owner
      : relationsBetween(context, target, entity).some(({ kind }) => kind === 'one-to-one')
  )
    return null;
  const other = inverse ? ` nor ${nameOf(inverse.entity, inverse.relation)}` : '';
  return {
    severity: 'error',
    message: `${other ? 'Neither ' : ''}${nameOf(entity, relation)}${other} has ${other ? 'a' : 'no'} @JoinColumn, so no table holds the foreign key. Put @JoinColumn() on the side whose table shall have it.`,
    source: relation.source,
    related: inverse ? [{ message: `${nameOf(inverse.entity, inverse.relation)} is the other side`, source: inverse.relation.source }] : [],
    fixes: () => [...addTo(context, entity, relation), ...(inverse ? addTo(context, inverse.entity, inverse.relation) : [])],
  };
});

function addTo(context: RuleContext, entity: Entity, relation: Relation): Fix[] {
  const syntax = syntaxOf(context, relation);
  if (!syntax) return [];
  const changes = [addDecorator(syntax.source, syntax.member, '@JoinColumn()'), ...ensureImport(syntax.source, 'JoinColumn', 'typeorm')];
  return fixOf(`Add @JoinColumn() to ${nameOf(entity, relation)}`, [{ source: syntax.source, changes }]);
}
