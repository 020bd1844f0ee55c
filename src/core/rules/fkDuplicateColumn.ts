import { setOption } from '../edits/decoratorEdits';
import type { Column, Entity, Relation } from '../model/relationGraph';
import { addJoinColumn } from './joinColumnEdit';
import { fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/**
 * `authorId` beside `author`, and the relation's foreign key is another column: the table has both, and what is written to one is not in the
 * other. TypeORM takes a column for the foreign key only where their names in the database are equal (typeorm issues 2651, 3603).
 */
export const fkDuplicateColumn = relationRule('fk-duplicate-column', (context, entity, relation) => {
  const [join, ...more] = relation.joinColumns;
  if (!relation.owner || relation.kind === 'many-to-many' || !join || more.length > 0) return null;
  const column = columnMeant(entity, relation);
  if (!column || column.column === join.column) return null;
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} has its foreign key in ${entity.table}.${join.column}, and ${entity.name}.${column.property} is a column of its own (${column.column}): what is written to one is not in the other.`,
    source: relation.source,
    related: column.source ? [{ message: `${entity.name}.${column.property} is the other column`, source: column.source }] : [],
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      if (!syntax) return [];
      const title = `Let ${nameOf(entity, relation)} use the column ${column.column}`;
      const written = syntax.decorators.find(({ name }) => name === 'JoinColumn');
      const changes = written ? setOption(syntax.source, written, 'name', `'${column.column}'`) : addJoinColumn(syntax, column.column);
      return fixOf(title, [{ source: syntax.source, changes }]);
    },
  };
});

/** A column of its own that is named as the relation's id would be, and is no other relation's foreign key. */
function columnMeant(entity: Entity, relation: Relation): Column | undefined {
  const taken = new Set(entity.relations.flatMap(({ joinColumns }) => joinColumns.map(({ column }) => column)));
  const names = new Set([`${relation.property}Id`, `${relation.property}_id`, `${relation.property}ID`]);
  return entity.columns.find(
    ({ property, column, relation: of, kind }) => of === null && kind === 'regular' && names.has(property) && !taken.has(column),
  );
}
