import { addDecorator, ensureImport } from '../edits/decoratorEdits';
import type { Entity, Relation } from '../model/relationGraph';
import { fixOf, nameOf, relationRule, syntaxOf, tableMates, withArticle } from './ruleSyntax';

/** TypeORM makes no index for a many-to-one's foreign key, and of the databases only MySQL's family does (typeorm issue 7118). */
export const fkNoIndex = relationRule('fk-no-index', (context, entity, relation) => {
  if (context.indexesForeignKeys || relation.kind !== 'many-to-one' || !relation.owner || relation.joinColumns.length === 0) return null;
  if (
    entity.type === 'view' ||
    [entity, ...tableMates(context, entity)].some((inTable) => isCovered(inTable, relation)) ||
    !context.entity(relation.targetId)
  )
    return null;
  const columns = relation.joinColumns.map(({ column }) => `${entity.table}.${column}`).join(', ');
  return {
    severity: 'warning',
    message: `The foreign key of ${nameOf(entity, relation)} (${columns}) has no index: loading the ${entity.name} rows of ${withArticle(relation.target)}, or deleting ${withArticle(relation.target)}, reads the whole table.`,
    source: relation.source,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      if (!syntax) return [];
      const changes = [addDecorator(syntax.source, syntax.member, '@Index()'), ...ensureImport(syntax.source, 'Index', 'typeorm')];
      return fixOf(`Add @Index() to ${nameOf(entity, relation)}`, [{ source: syntax.source, changes }], true);
    },
  };
});

/** Any index, unique or key that begins with the column would do; the graph keeps columns sorted, so one that holds it counts. */
function isCovered(entity: Entity, relation: Relation): boolean {
  const [first] = relation.joinColumns;
  const columns = entity.columns.filter(({ column }) => column === first?.column);
  const names = new Set([relation.property, ...columns.map(({ property }) => property)]);
  const holds = (properties: readonly string[]): boolean => properties.some((property) => names.has(property));
  const keys = entity.columns.filter(({ primary }) => primary);
  return (
    columns.some(({ unique }) => unique) ||
    keys.some(({ column }) => column === first?.column) ||
    entity.indices.some((index) => holds(index.columns)) ||
    entity.uniques.some(holds)
  );
}
