/** From a relation to where it leads: the field on the other side that points back, and the target entity. */
import type { Location } from 'vscode-languageserver-types';
import type { GraphIndex, Hit } from './graphIndex';
import { toLocation } from './toLsp';

export function definitions(index: GraphIndex, hit: Hit | null): Location[] {
  if (hit?.kind === 'column') return columnDefinition(hit);
  if (hit?.kind !== 'relation') return [];
  const inverse = index.inverseOf(hit.relation);
  const target = hit.relation.targetId === null ? undefined : index.byId.get(hit.relation.targetId);
  return [...(inverse ? [toLocation(inverse.relation.source)] : []), ...(target && hit.on !== 'inverse' ? [toLocation(target.source)] : [])];
}

/** A foreign key's column leads to the relation that it belongs to. */
function columnDefinition({ entity, column }: Extract<Hit, { kind: 'column' }>): Location[] {
  return entity.relations
    .filter(({ joinColumns }) => joinColumns.some((join) => join.column === column.column))
    .map(({ source }) => toLocation(source));
}
