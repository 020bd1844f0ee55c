import { misplaced } from './misplacedDecorator';
import { factsOf, nameOf, relationRule } from './ruleSyntax';

/** The foreign key of a one-to-many is on the other side: `@JoinColumn` here is ignored. Where it asks for nothing, the message asks for nothing more. */
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
  const asksForNothing = factsOf(context, relation)?.decorators.some(({ name, bare }) => name === 'JoinColumn' && bare);
  if (!found || !asksForNothing) return found;
  return { ...found, message: `${ignored}, and ${there} needs none for it.` };
});
