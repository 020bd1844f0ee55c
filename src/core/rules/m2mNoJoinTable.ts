import { addDecorator, ensureImport } from '../edits/decoratorEdits';
import type { Entity, Relation } from '../model/relationGraph';
import type { Fix, RuleContext } from './rule';
import { fixOf, isWrittenAs, nameOf, relationRule, relationsBetween, syntaxOf } from './ruleSyntax';

/** Neither side of a many-to-many has `@JoinTable`: there is no junction table ("Cannot read properties of undefined (reading 'ownerColumns')"). */
export const m2mNoJoinTable = relationRule('m2m-no-jointable', (context, entity, relation) => {
  if (relation.kind !== 'many-to-many' || relation.owner || !relation.decorator) return null;
  const target = context.entity(relation.targetId);
  if (!target || (relation.inverseSource && !relation.inverse)) return null;
  const inverse = context.inverseOf(relation);
  const others = relationsBetween(context, target, entity).filter((other) => other !== relation && other.kind === 'many-to-many');
  if (inverse ? inverse.relation.kind !== 'many-to-many' || inverse.relation.owner : others.some(({ owner }) => owner)) return null;
  const sides = inverse
    ? `Neither ${nameOf(entity, relation)} nor ${nameOf(inverse.entity, inverse.relation)} has a`
    : `${nameOf(entity, relation)} has no`;
  return {
    severity: 'error',
    message: `${sides} @JoinTable, so there is no junction table. Put @JoinTable() on one side.`,
    source: relation.source,
    related: inverse ? [{ message: `${nameOf(inverse.entity, inverse.relation)} is the other side`, source: inverse.relation.source }] : [],
    fixes: () => [...addTo(context, entity, relation), ...(inverse ? addTo(context, inverse.entity, inverse.relation) : [])],
  };
});

function addTo(context: RuleContext, entity: Entity, relation: Relation): Fix[] {
  const syntax = syntaxOf(context, relation);
  // One that is there, and makes no owner, would not by being there twice.
  if (!syntax || !isWrittenAs(syntax, relation) || syntax.decorators.some(({ name }) => name === 'JoinTable')) return [];
  const changes = [addDecorator(syntax.source, syntax.member, '@JoinTable()'), ...ensureImport(syntax.source, 'JoinTable', 'typeorm')];
  return fixOf(`Add @JoinTable() to ${nameOf(entity, relation)}`, [{ source: syntax.source, changes }]);
}
