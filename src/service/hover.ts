import { MarkupKind, type Hover } from 'vscode-languageserver-types';
import type { Entity, SourceRange } from '../core/model/relationGraph';
import type { RelationLoadStats } from '../core/profile/queryProfile';
import { describeColumn, describeEntity } from './entityHover';
import type { GraphIndex, Hit } from './graphIndex';
import { describeRelation } from './relationHover';
import { commandLink, toRange } from './toLsp';

export interface HoverInput {
  readonly index: GraphIndex;
  readonly hit: Hit | null;
  readonly statsOf: (entity: string, relation: string) => RelationLoadStats | undefined;
  readonly indexesForeignKeys: () => boolean;
}

export function hover({ index, hit, statsOf, indexesForeignKeys }: HoverInput): Hover | null {
  switch (hit?.kind) {
    case undefined:
      return null;
    case 'entity':
      return answer(`${describeEntity(index, hit.entity)}\n\n${diagramLinks(hit.entity)}`, hit.entity.source);
    case 'column':
      return answer(describeColumn(index, hit.entity, hit.column, hit.alsoIn), hit.column.source);
    case 'relation': {
      const { on, entity, relation, alsoIn } = hit;
      const stats = [entity, ...alsoIn].map(({ name }) => statsOf(name, relation.property)).find((found) => found !== undefined);
      // The inverse side's argument explains the relation it names.
      const inverse = on === 'inverse' ? index.inverseOf(relation) : undefined;
      if (on === 'inverse' && !inverse) return null;
      const shown = inverse
        ? { ...inverse, alsoIn: [], stats: statsOf(inverse.entity.name, inverse.relation.property) }
        : { entity, relation, alsoIn, stats };
      return answer(
        `${describeRelation({ index, indexesForeignKeys, ...shown })}\n\n${diagramLinks(shown.entity)}`,
        on === 'name' ? relation.source : null,
      );
    }
  }
}

/** Ways into the diagram, as links that run a command: the client must trust these. */
function diagramLinks({ id, type }: Entity): string {
  const links = [
    commandLink('Show in diagram', 'relationLens.showInDiagram', id),
    ...(type === 'view' ? [] : [commandLink('Show delete impact', 'relationLens.showDeleteImpact', id)]),
    commandLink('Show load impact', 'relationLens.showLoadImpact', id),
  ];
  return links.join(' · ');
}

function answer(value: string, range: SourceRange | null): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, ...(range ? { range: toRange(range) } : {}) };
}
