import type { Entity, Relation } from '../model/relationGraph';
import { nameOf, relationRule } from './ruleSyntax';

/** A many-to-one over a unique foreign key is a one-to-one (Django's fields.W342): the other side's array never has more than one. */
export const m2oUnique = relationRule('m2o-unique', (context, entity, relation) => {
  if (relation.kind !== 'many-to-one' || relation.tree || !isUnique(entity, relation)) return null;
  const inverse = context.inverseOf(relation);
  const there = inverse ? `, and ${nameOf(inverse.entity, inverse.relation)} to one as well` : '';
  return {
    severity: 'info',
    message: `The foreign key of ${nameOf(entity, relation)} is unique, so that no ${relation.target} has two. Change it to @OneToOne with @JoinColumn()${there}, or take the unique constraint away.`,
    source: relation.source,
  };
});

function isUnique(entity: Entity, { property, joinColumns }: Relation): boolean {
  const [join, ...more] = joinColumns;
  if (!join || more.length > 0) return false;
  const names = new Set([property, ...entity.columns.filter(({ column }) => column === join.column).map((column) => column.property)]);
  const isOnly = (columns: readonly string[]): boolean => columns.length === 1 && names.has(columns[0] ?? '');
  return entity.uniques.some(isOnly) || entity.indices.some(({ unique, columns }) => unique && isOnly(columns));
}
