/** Who leads here: the relations whose target is this entity, its subclasses, the inverse of a relation, the foreign keys on a column. */
import type { Location } from 'vscode-languageserver-types';
import type { Entity, SourceRange } from '../core/model/relationGraph';
import type { GraphIndex, Hit } from './graphIndex';
import { toLocation } from './toLsp';

export function references(index: GraphIndex, hit: Hit | null): Location[] {
  if (!hit) return [];
  return placesOf(index, hit).map(toLocation);
}

function placesOf(index: GraphIndex, hit: Hit): SourceRange[] {
  switch (hit.kind) {
    case 'entity':
      return [...index.pointingAt(hit.entity).map(({ relation }) => relation.source), ...childrenOf(index, hit.entity)];
    case 'relation': {
      const inverse = index.inverseOf(hit.relation);
      return [...(inverse ? [inverse.relation.source] : []), ...joinColumnSources(hit)];
    }
    case 'column':
      return index
        .pointingAt(hit.entity)
        .filter(({ relation }) => relation.joinColumns.some(({ references: column }) => column === hit.column.column))
        .map(({ relation }) => relation.source);
  }
}

function childrenOf(index: GraphIndex, entity: Entity): SourceRange[] {
  return [...index.byId.values()].filter(({ parentId }) => parentId === entity.id).map(({ source }) => source);
}

/** The declared columns that hold the relation's key. */
function joinColumnSources({ entity, relation }: Extract<Hit, { kind: 'relation' }>): SourceRange[] {
  const columns = entity.columns.filter(
    ({ column, relation: virtual }) => virtual === null && relation.joinColumns.some((join) => join.column === column),
  );
  return columns.flatMap(({ source }) => source ?? []);
}
