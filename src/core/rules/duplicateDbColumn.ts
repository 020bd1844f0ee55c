import type { Column } from '../model/relationGraph';
import type { Rule } from './rule';

/** Two properties with one column in the database: "duplicate column name" when the schema is made, and one value lost at each save. */
export const duplicateDbColumn: Rule = {
  id: 'duplicate-db-column',
  *check(_context, entity) {
    const first = new Map<string, Column>();
    for (const column of entity.columns) {
      // A foreign key's column may belong to several relations (a tenant's id in each of them), and to a property beside them.
      if (column.relation !== null || column.kind === 'virtual' || column.kind === 'virtual-property') continue;
      const earlier = first.get(column.column);
      if (!earlier) {
        first.set(column.column, column);
        continue;
      }
      yield {
        rule: 'duplicate-db-column',
        severity: 'error',
        message: `${entity.name}.${column.property} and ${entity.name}.${earlier.property} are both the column ${entity.table}.${column.column}. Give one of them another name, or its embedded value another prefix.`,
        source: column.source ?? entity.source,
        related: earlier.source ? [{ message: `${entity.name}.${earlier.property} has the same column`, source: earlier.source }] : [],
        fixes: () => [],
      };
    }
  },
};
