import { nameOf, relationRule } from './ruleSyntax';

/** Un-linking a child whose key may not be NULL: 0.3 fails, 1.x deletes the row. */
export const orphanNullifyNotNull = relationRule('orphan-nullify-not-null', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (
    relation.kind !== 'one-to-many' ||
    relation.tree ||
    inverse?.relation.kind !== 'many-to-one' ||
    inverse.relation.orphanedRowAction !== 'nullify'
  )
    return null;
  if (!relation.cascade.includes('insert') && !relation.cascade.includes('update')) return null;
  // Written on the wrong side: orphan-on-wrong-side tells it, and its fix settles both.
  if (relation.orphanedRowAction !== 'nullify') return null;
  const columns = inverse.entity.columns.filter(({ column }) => inverse.relation.joinColumns.some((join) => join.column === column));
  if (columns.length === 0 || columns.some(({ nullable }) => nullable)) return null;
  const outcome = context.typeormMajor === 0 ? 'saving then fails' : 'TypeORM deletes it (0.3 failed)';
  return {
    severity: context.typeormMajor === 0 ? 'error' : 'warning',
    message: `The ${inverse.entity.name} that is taken out of ${nameOf(entity, relation)} cannot be un-linked, because ${inverse.entity.table}.${columns[0]?.column ?? ''} may not be NULL: ${outcome}. Say which you want with orphanedRowAction on ${nameOf(inverse.entity, inverse.relation)}.`,
    source: relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} holds the key`, source: inverse.relation.source }],
  };
});
