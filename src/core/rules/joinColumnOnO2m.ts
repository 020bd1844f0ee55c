import type { Relation } from '../model/relationGraph';
import { misplaced } from './misplacedDecorator';
import type { RuleContext } from './rule';
import { nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** The foreign key of a one-to-many is on the other side: `@JoinColumn` here is ignored. Where it asks for nothing, nothing is lost. */
export const joinColumnOnO2m = relationRule('joincolumn-on-o2m', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  const there = inverse ? nameOf(inverse.entity, inverse.relation) : 'the many-to-one side';
  const ignored = `@JoinColumn is ignored on ${nameOf(entity, relation)}: the foreign key stands on the other side`;
  const found = misplaced(context, entity, relation, {
    decorator: 'JoinColumn',
    on: (kind) => kind === 'one-to-many',
    severity: 'warning',
    message: `${ignored}. Write it on ${there}.`,
  });
  if (!found || asksForSomething(context, relation)) return found;
  return { ...found, severity: 'hint', message: `${ignored}, and ${there} needs none for it.` };
});

function asksForSomething(context: RuleContext, relation: Relation): boolean {
  const written = syntaxOf(context, relation)?.decorators.find(({ name }) => name === 'JoinColumn');
  return written === undefined || written.call.arguments.length > 0;
}
