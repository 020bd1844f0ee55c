import { bothOwn } from './bothOwn';
import { nameOf, relationRule } from './ruleSyntax';

/** Both sides of a many-to-many have `@JoinTable`: two junction tables, and links made on one side are not seen from the other. */
export const m2mJoinTableBoth = relationRule('m2m-jointable-both', (context, entity, relation) =>
  bothOwn(context, entity, relation, {
    kind: 'many-to-many',
    decorators: ['JoinTable'],
    message: (inverse) =>
      `${nameOf(entity, relation)} and ${nameOf(inverse.entity, inverse.relation)} both have @JoinTable: links made on one side are not seen from the other. Keep one.`,
  }),
);
