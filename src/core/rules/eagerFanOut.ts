import type { Entity, Relation } from '../model/relationGraph';
import type { Rule, RuleContext } from './rule';
import { isToMany } from './ruleSyntax';

/** More joins than this for a plain `find()` are worth a look (the bound that Hypersistence Optimizer and NHibernate's profilers warn at). */
const JOINS = 5;

/** What `eager: true` adds up to: each `find*` of the entity joins all of it, whoever asks and whatever is read (typeorm issues 3857, 4998). */
export const eagerFanOut: Rule = {
  id: 'eager-fanout',
  *check(context, entity) {
    const paths = eagerPaths(context, entity);
    const toMany = paths.filter(({ relation }) => isToMany(relation));
    if (paths.length <= JOINS && toMany.length < 2) return;
    const joined =
      toMany.length === paths.length
        ? `${paths.length} eager collections, whose rows multiply`
        : `${paths.length} eager relations${toMany.length > 1 ? `, ${toMany.length} of them collections, whose rows multiply` : ''}`;
    const names = paths.slice(0, 6).map(({ path }) => path);
    yield {
      rule: 'eager-fanout',
      severity: 'warning',
      message: `Every find of ${entity.name} joins ${joined}: ${names.join(', ')}${paths.length > names.length ? ', …' : ''}. Take eager away and name what is needed in relations.`,
      source: entity.source,
      related: paths.slice(0, 6).map(({ path, relation }) => ({ message: `${path} is eager`, source: relation.source })),
      fixes: () => [],
    };
  },
};

interface EagerPath {
  readonly path: string;
  readonly relation: Relation;
}

/** Eager relations of the entity and of what they lead to; each entity on a way once, for cycles have a rule of their own. */
function eagerPaths(context: RuleContext, entity: Entity, prefix = '', above: readonly string[] = []): EagerPath[] {
  if (above.includes(entity.id)) return [];
  return entity.relations
    .filter(({ eager }) => eager)
    .flatMap((relation) => {
      const path = `${prefix}${relation.property}`;
      const target = context.entity(relation.targetId);
      return [{ path, relation }, ...(target ? eagerPaths(context, target, `${path}.`, [...above, entity.id]) : [])];
    })
    .slice(0, 50);
}
