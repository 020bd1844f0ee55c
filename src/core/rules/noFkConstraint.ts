import { removeOption } from '../edits/decoratorEdits';
import { fixOf, nameOf, relationRule, syntaxOf } from './ruleSyntax';

/** `createForeignKeyConstraints: false` with `onDelete` or `onUpdate`: without a constraint nobody follows them (`RelationMetadataBuilder`: no foreign key is made). */
export const noFkConstraint = relationRule('no-fk-constraint', (context, entity, relation) => {
  if (relation.foreignKey || !(relation.owner || relation.kind === 'many-to-many')) return null;
  const option = relation.onDelete ? 'onDelete' : relation.onUpdate ? 'onUpdate' : null;
  if (!option) return null;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} has ${option}: '${relation.onDelete ?? relation.onUpdate}' and createForeignKeyConstraints: false: no constraint is made, so nothing follows ${option}.`,
    source: relation.source,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      if (!syntax?.decorator) return [];
      return ['createForeignKeyConstraints', option].flatMap((key) =>
        syntax.decorator
          ? fixOf(`Remove ${key} from ${nameOf(entity, relation)}`, [
              { source: syntax.source, changes: removeOption(syntax.source, syntax.decorator, key) },
            ])
          : [],
      );
    },
  };
});
