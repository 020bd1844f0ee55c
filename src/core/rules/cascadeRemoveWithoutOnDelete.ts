import { setOption } from '../edits/decoratorEdits';
import { detectStyle } from '../edits/sourceStyle';
import { factsOf, fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** A cascade that only TypeORM knows: `delete()`, other programs, and children that were not loaded meet the foreign key. */
export const cascadeRemoveWithoutOnDelete = relationRule('cascade-remove-without-ondelete', (context, entity, relation) => {
  const inverse = context.inverseOf(relation);
  if (relation.tree || (relation.kind !== 'one-to-many' && relation.kind !== 'one-to-one') || relation.owner || !relation.cascade.includes('remove'))
    return null;
  if (!inverse?.relation.owner || inverse.relation.onDelete || !inverse.relation.foreignKey || inverse.relation.kind === 'many-to-many') return null;
  const there = nameOf(inverse.entity, inverse.relation);
  // `cascade: true` asks for much at once; only who writes 'remove' surely means deletion.
  const isSpelledOut = factsOf(context, relation)?.decorators.some(({ cascade }) => Array.isArray(cascade?.text)) ?? false;
  return {
    severity: isSpelledOut ? 'warning' : 'info',
    message: `${nameOf(entity, relation)} removes its ${inverse.entity.name} rows only where they were loaded and remove() is called; delete(), and rows not loaded, meet the foreign key of ${there}, which has no onDelete.`,
    source: relation.source,
    related: [{ message: `${there} holds the foreign key`, source: inverse.relation.source }],
    fixes: () => {
      const syntax = syntaxOf(context, inverse.relation);
      if (!syntax?.decorator) return [];
      const { quote } = detectStyle(syntax.source);
      const changes = setOption(syntax.source, syntax.decorator, 'onDelete', `${quote}CASCADE${quote}`);
      return fixOf(`Add onDelete: 'CASCADE' to ${there}`, [{ source: syntax.source, changes }]);
    },
  };
});
