import { misplaced } from './misplacedDecorator';
import { nameOf, relationRule } from './ruleSyntax';

/** Only a many-to-many has a junction table. */
export const joinTableOnNonM2m = relationRule('jointable-on-non-m2m', (context, entity, relation) =>
  misplaced(context, entity, relation, {
    decorator: 'JoinTable',
    on: (kind) => kind !== 'many-to-many',
    severity: 'error',
    message: `@JoinTable does nothing on ${nameOf(entity, relation)}: a ${relation.kind} has no junction table.${relation.kind === 'one-to-many' ? '' : ' Use @JoinColumn to name the foreign key.'}`,
  }),
);
