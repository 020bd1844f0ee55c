import type { Entity, Relation } from '../model/relationGraph';
import { factsOf, nameOf, relationRule, syntaxOf, fixOf, withArticle } from './ruleSyntax';
import { removeDecorator } from '../edits/decoratorEdits';

const COLUMNS = new Set(['Column', 'PrimaryColumn']);

/** `@Column` beside a relation decorator: TypeORM makes an extra column of the same name. */
export const columnAndRelation = relationRule('column-and-relation', (context, entity, relation) => {
  const found = factsOf(context, relation)?.decorators.find(({ name }) => COLUMNS.has(name));
  // Before 0.3 a primary relation was written with both decorators; TypeORM still takes them for one.
  if (!found || found.name === 'PrimaryColumn') return null;
  if (isOneColumn(entity, relation)) {
    const message = `${nameOf(entity, relation)} is a relation and a column at once: it holds the key, or ${withArticle(relation.target)} wherever the relation is loaded. Declare the key as a property of its own.`;
    return { severity: 'warning', message, source: found.place };
  }
  const key = relation.joinColumns[0]?.column;
  if (key === undefined) {
    const message = `${nameOf(entity, relation)} is a relation and a column at once: only the column is there, since the relation has no foreign key on this side. Declare each as a property of its own, or keep the one that you need.`;
    return { severity: 'error', message, source: found.place };
  }
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} is a relation and a column at once: TypeORM adds a column '${relation.property}' beside the foreign key '${key}'. Declare the key as a property of its own if you need it.`,
    source: found.place,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const column = syntax?.decorators.find(({ name }) => COLUMNS.has(name));
      return syntax && column ? fixOf('Remove @Column', [{ source: syntax.source, changes: removeDecorator(syntax.source, column) }]) : [];
    },
  };
});

/** The join column bears the declared column's name, so that TypeORM takes both for one. */
function isOneColumn({ columns }: Entity, { property, joinColumns }: Relation): boolean {
  return columns.some(
    (column) => column.property === property && column.relation === null && joinColumns.some((join) => join.column === column.column),
  );
}
