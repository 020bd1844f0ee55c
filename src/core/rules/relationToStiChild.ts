import { nameOf, relationRule } from './ruleSyntax';

/** A foreign key to a child of a single-table inheritance leads to the shared table: the database does not check which child the row is. */
export const relationToStiChild = relationRule('relation-to-sti-child', (context, entity, relation) => {
  const target = context.entity(relation.targetId);
  if (target?.type !== 'entity-child' || !relation.owner || relation.kind === 'many-to-many') return null;
  const parent = context.entity(target.parentId);
  return {
    severity: 'hint',
    message: `${nameOf(entity, relation)} leads to ${target.name}, but its foreign key to the table ${target.table} takes the id of any ${parent?.name ?? 'row there'}: the database does not check the discriminator.`,
    source: relation.source,
  };
});
