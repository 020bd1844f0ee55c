import { misplaced } from './misplacedDecorator';
import { nameOf, relationRule } from './ruleSyntax';

/** A many-to-many is held by a junction table: `@JoinColumn` on it does nothing. */
export const joinColumnOnM2m = relationRule('joincolumn-on-m2m', (context, entity, relation) =>
  misplaced(context, entity, relation, {
    decorator: 'JoinColumn',
    on: (kind) => kind === 'many-to-many',
    severity: 'error',
    message: `@JoinColumn does nothing on ${nameOf(entity, relation)}: a many-to-many is held by a junction table. Name its columns with @JoinTable({ joinColumn, inverseJoinColumn }).`,
  }),
);
