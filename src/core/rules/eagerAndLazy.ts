import { nameOf, relationRule } from './ruleSyntax';

/** Both flags on one relation: it is loaded at once, and then handed out as a promise all the same. */
export const eagerAndLazy = relationRule('eager-and-lazy', (_context, entity, relation) =>
  relation.eager && relation.lazy
    ? {
        severity: 'warning',
        message: `${nameOf(entity, relation)} is eager and lazy at once: every find loads it, and reading it still takes an await. Keep one of the two.`,
        source: relation.source,
      }
    : null,
);
