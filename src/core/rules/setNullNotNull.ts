import { setOption } from '../edits/decoratorEdits';
import { detectStyle } from '../edits/sourceStyle';
import type { Fix, RuleContext } from './rule';
import type { Relation } from '../model/relationGraph';
import { fixOf, nameOf, relationRule, syntaxOf, withArticle } from './ruleSyntax';

/** `onDelete: 'SET NULL'` over a column that may not be NULL: deleting the parent fails. */
export const setNullNotNull = relationRule('setnull-not-null', (context, entity, relation) => {
  if (!relation.owner || relation.kind === 'many-to-many' || relation.onDelete?.toUpperCase() !== 'SET NULL') return null;
  const columns = entity.columns.filter(({ column }) => relation.joinColumns.some((join) => join.column === column));
  const strict = columns.find(({ nullable, primary }) => !nullable || primary);
  if (!strict) return null;
  const why = strict.primary ? 'is part of the primary key' : 'may not be NULL';
  return {
    severity: 'error',
    message: `${nameOf(entity, relation)} says ON DELETE SET NULL, but ${entity.table}.${strict.column} ${why}: deleting ${withArticle(relation.target)} that has ${entity.name} rows fails.`,
    source: relation.source,
    fixes: () => [
      ...(relation.nullable || strict.primary ? [] : change(context, relation, 'nullable', () => 'true', 'Let the relation be null')),
      ...change(context, relation, 'onDelete', (quote) => `${quote}CASCADE${quote}`, "Change to onDelete: 'CASCADE'"),
      ...change(context, relation, 'onDelete', (quote) => `${quote}RESTRICT${quote}`, "Change to onDelete: 'RESTRICT'"),
    ],
  };
});

function change(context: RuleContext, relation: Relation, option: string, value: (quote: string) => string, title: string): Fix[] {
  const syntax = syntaxOf(context, relation);
  if (!syntax?.decorator) return [];
  return fixOf(title, [
    { source: syntax.source, changes: setOption(syntax.source, syntax.decorator, option, value(detectStyle(syntax.source).quote)) },
  ]);
}
