import { addDecorator, ensureImport } from '../edits/decoratorEdits';
import { beginningOfIndexWith, isKeyIndexed } from '../model/indexedColumns';
import { fixOf, isWrittenAs, nameOf, relationRule, syntaxOf, tableMates, withArticle } from './ruleSyntax';

export const fkNoIndex = relationRule('fk-no-index', (context, entity, relation) => {
  if ((context.indexesForeignKeys && relation.foreignKey) || relation.kind !== 'many-to-one' || !relation.owner || relation.joinColumns.length === 0)
    return null;
  const inTable = [entity, ...tableMates(context, entity)];
  if (entity.type === 'view' || isKeyIndexed(inTable, relation) || !context.entity(relation.targetId)) return null;
  const beginning = beginningOfIndexWith(inTable, relation);
  const columns = relation.joinColumns.map(({ column }) => `${entity.table}.${column}`).join(', ');
  return {
    severity: 'warning',
    message: `The foreign key of ${nameOf(entity, relation)} (${columns}) ${beginning === null ? 'has no index' : `is in an index that begins with ${beginning}, and in none that begins with it`}: loading the ${entity.name} rows of ${withArticle(relation.target)}, or deleting ${withArticle(relation.target)}, reads the whole table.`,
    source: relation.source,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      // TypeORM fails over an index on a relation within an embedded value, whose path it does not look up (IndexMetadata.build).
      if (!syntax || !isWrittenAs(syntax, relation)) return [];
      const changes = [addDecorator(syntax.source, syntax.member, '@Index()'), ...ensureImport(syntax.source, 'Index', 'typeorm')];
      return fixOf(`Add @Index() to ${nameOf(entity, relation)}`, [{ source: syntax.source, changes }], true);
    },
  };
});
