import { nameOf, relationRule } from './ruleSyntax';

/** Two relations to one entity over one foreign key: what is set on one is overwritten by the other at the next save. */
export const duplicateAssociation = relationRule('duplicate-association', (_context, entity, relation) => {
  if (!relation.owner || relation.joinColumns.length === 0 || relation.targetId === null) return null;
  const columns = columnsOf(relation.joinColumns);
  const first = entity.relations.find(
    (other) => other.owner && other.targetId === relation.targetId && other.joinColumns.length > 0 && columnsOf(other.joinColumns) === columns,
  );
  if (!first || first === relation) return null;
  return {
    severity: 'warning',
    message: `${nameOf(entity, relation)} and ${nameOf(entity, first)} are the same relation to ${relation.target}, over one foreign key (${columns}): saving one overwrites the other. Keep one of them.`,
    source: relation.source,
    related: [{ message: `${nameOf(entity, first)} has the same foreign key`, source: first.source }],
  };
});

function columnsOf(joinColumns: readonly { readonly column: string }[]): string {
  return joinColumns.map(({ column }) => column).join(', ');
}
