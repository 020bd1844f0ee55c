import { removeOption } from '../edits/decoratorEdits';
import { fixOf, isToMany, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** An eager collection is joined by every find, wanted or not, and repeats the parent's columns for each child. */
export const eagerToMany = relationRule('eager-to-many', (context, entity, relation) => {
  if (!relation.eager || !isToMany(relation)) return null;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} is an eager collection: every find of ${entity.name} loads it, wanted or not. Load it where it is needed, with relations: { ${relation.property}: true }.`,
    source: relation.source,
    fixes: () => dropEager(),
  };

  function dropEager() {
    const syntax = syntaxOf(context, relation);
    return syntax?.decorator
      ? fixOf('Remove eager: true', [{ source: syntax.source, changes: removeOption(syntax.source, syntax.decorator, 'eager') }])
      : [];
  }
});
