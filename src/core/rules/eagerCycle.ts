import { removeOption } from '../edits/decoratorEdits';
import type { Entity, Relation } from '../model/relationGraph';
import type { RuleContext } from './rule';
import { fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/**
 * Eager relations that lead back to where they began. TypeORM itself refuses two sides that are both eager; longer cycles, and an entity eager
 * for itself, end in "Maximum call stack size exceeded" (typeorm issues 1573, 3663).
 */
export const eagerCycle = relationRule('eager-cycle', (context, entity, relation) => {
  const cycle = relation.eager ? cycleFrom(context, entity, relation) : null;
  if (!cycle) return null;
  const way = cycle.map((step) => nameOf(step.entity, step.relation)).join(' → ');
  return {
    severity: 'error',
    message: `${way} → ${entity.name} is a cycle of eager relations: loading any of them never ends. Take eager from one of them.`,
    source: relation.source,
    related: cycle.slice(1).map((step) => ({ message: `${nameOf(step.entity, step.relation)} is eager too`, source: step.relation.source })),
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      return syntax?.decorator
        ? fixOf(`Remove eager from ${nameOf(entity, relation)}`, [
            { source: syntax.source, changes: removeOption(syntax.source, syntax.decorator, 'eager') },
          ])
        : [];
    },
  };
});

interface Step {
  readonly entity: Entity;
  readonly relation: Relation;
}

/** The shortest way back to the entity along eager relations. */
function cycleFrom(context: RuleContext, start: Entity, first: Relation): readonly Step[] | null {
  let frontier: (readonly Step[])[] = [[{ entity: start, relation: first }]];
  const seen = new Set<string | null>();
  while (frontier.length > 0) {
    const next: (readonly Step[])[] = [];
    for (const way of frontier) {
      const reached = context.entity(way.at(-1)?.relation.targetId ?? null);
      if (!reached || seen.has(reached.id)) continue;
      if (reached.id === start.id) return way;
      seen.add(reached.id);
      for (const relation of reached.relations.filter(({ eager }) => eager)) next.push([...way, { entity: reached, relation }]);
    }
    frontier = next;
  }
  return null;
}
