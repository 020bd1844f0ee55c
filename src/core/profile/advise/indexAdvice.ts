import { columnsOf, type UnindexedKey } from '../detect/foreignKeys';
import { relationName } from '../detect/words';
import type { Advice } from '../queryProfile';
import { plainAdvice } from './plainAdvice';

/** An edit may follow it: the property that owns the foreign key gets an index. */
export function indexAdvice(key: UnindexedKey): Advice {
  const name = relationName(key.entity.name, key.relation.property);
  return {
    ...plainAdvice(
      'add-index',
      null,
      `Add \`@Index()\` to ${name}: without one the database reads all of ${key.entity.table} to find the rows of one ${columnsOf(key)}. (EXPLAIN tells, should a migration have made one.)`,
    ),
    relations: [key.relation.property],
    editable: true,
    whyNot: null,
  };
}
