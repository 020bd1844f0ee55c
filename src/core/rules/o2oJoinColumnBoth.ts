import { bothOwn } from './bothOwn';
import { nameOf, relationRule } from './ruleSyntax';

/** Both sides of a one-to-one have `@JoinColumn`: two foreign keys that know nothing of each other. */
export const o2oJoinColumnBoth = relationRule('o2o-joincolumn-both', (context, entity, relation) =>
  bothOwn(context, entity, relation, {
    kind: 'one-to-one',
    decorators: ['JoinColumn', 'JoinColumns'],
    message: (inverse) =>
      `${nameOf(entity, relation)} and ${nameOf(inverse.entity, inverse.relation)} both have @JoinColumn: two foreign keys, of which each side sees its own only. Keep one.`,
  }),
);
