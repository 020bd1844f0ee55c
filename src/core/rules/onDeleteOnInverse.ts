import { removeOption } from '../edits/decoratorEdits';
import type { Relation } from '../model/relationGraph';
import { moveOption } from './moveOption';
import type { Fix, RuleContext } from './rule';
import { fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** `onDelete` belongs to the foreign key: on the side without it, TypeORM ignores it (typeorm issues 3059, 1913). */
export const onDeleteOnInverse = relationRule('ondelete-on-inverse', (context, entity, relation) => {
  const misplaced = relation.kind === 'one-to-many' || (relation.kind === 'one-to-one' && !relation.owner);
  if (!misplaced || !relation.onDelete) return null;
  const inverse = context.inverseOf(relation);
  const there = inverse ? nameOf(inverse.entity, inverse.relation) : `the side in ${relation.target} that holds the foreign key`;
  const action = relation.onDelete;
  const ignored = `onDelete: '${action}' is ignored on ${nameOf(entity, relation)}`;
  const related = inverse ? [{ message: `${there} holds the foreign key`, source: inverse.relation.source }] : [];
  const holds = inverse?.relation.owner ? inverse.relation.onDelete : null;
  if (!holds) {
    return {
      severity: 'error',
      message: `${ignored}: the foreign key stands on the other side. Write it on ${there}.`,
      source: relation.source,
      related,
      fixes: () => (inverse?.relation.owner ? moveOption(context, relation, inverse, 'onDelete', action) : []),
    };
  }
  const [severity, verdict] =
    holds === action
      ? (['hint', `${there}, which holds the foreign key, says it already.`] as const)
      : (['warning', `${there}, which holds the foreign key, says '${holds}', and that is what happens.`] as const);
  return {
    severity,
    message: `${ignored}: ${verdict} Take it away here.`,
    source: relation.source,
    related,
    fixes: () => removeHere(context, relation, holds === action),
  };
});

function removeHere(context: RuleContext, relation: Relation, safe: boolean): Fix[] {
  const syntax = syntaxOf(context, relation);
  if (!syntax?.decorator) return [];
  return fixOf('Remove onDelete', [{ source: syntax.source, changes: removeOption(syntax.source, syntax.decorator, 'onDelete') }], safe);
}
