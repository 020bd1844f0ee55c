import { setOption } from '../edits/decoratorEdits';
import { fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/**
 * The relation says that it is always there, and its own foreign-key column may be NULL. TypeORM keeps the column as `@Column` says it
 * (`RelationJoinColumnBuilder`), and joins by what the relation says: since 1.0 with an INNER JOIN, which leaves rows without the other out.
 */
export const fkNullableMismatch = relationRule('fk-nullable-mismatch', (context, entity, relation) => {
  if (!relation.owner || relation.nullable || relation.kind === 'many-to-many') return null;
  const column = entity.columns.find(
    ({ column: name, nullable, relation: of }) => of === null && nullable && relation.joinColumns.some((join) => join.column === name),
  );
  if (!column) return null;
  const effect =
    context.typeormMajor === 0
      ? `rows with NULL there have no ${relation.property} although none is expected`
      : `loading ${relation.property} leaves the ${entity.name} rows with NULL there out`;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} says nullable: false, but its column ${entity.name}.${column.property} may be NULL: ${effect}. Say the same on both.`,
    source: relation.source,
    related: column.source ? [{ message: `${entity.name}.${column.property} is nullable`, source: column.source }] : [],
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      if (!syntax?.decorator) return [];
      return fixOf(`Let ${nameOf(entity, relation)} be null`, [
        { source: syntax.source, changes: setOption(syntax.source, syntax.decorator, 'nullable', 'true') },
      ]);
    },
  };
});
