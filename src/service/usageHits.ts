/** Questions about a name within a string: what it is, where it is declared, who else says it. */
import { MarkupKind, type Hover, type Location } from 'vscode-languageserver-types';
import type { SourceText } from '../core/edits/sourceText';
import type { RelationGraph, SourceRange } from '../core/model/relationGraph';
import { usageNameAt, usagesOf } from '../core/usage/nameAt';
import { placeOf } from '../core/usage/rules/usageRule';
import type { UsageName } from '../core/usage/usage';
import { describeColumn } from './entityHover';
import type { GraphIndex, Hit } from './graphIndex';
import { describeRelation } from './relationHover';
import { toLocation, toRange } from './toLsp';

interface UsageHoverInput {
  readonly index: GraphIndex;
  readonly graph: RelationGraph;
  readonly indexesForeignKeys: () => boolean;
}

/** Null where no string names a property. */
export function usageHover({ index, graph, indexesForeignKeys }: UsageHoverInput, source: SourceText, offset: number): Hover | null {
  const name = usageNameAt(source, graph, offset);
  const value = name && describe({ index, indexesForeignKeys }, name);
  return value ? { contents: { kind: MarkupKind.Markdown, value }, range: toRange(placeOf(source, name.start, name.end)) } : null;
}

function describe({ index, indexesForeignKeys }: Omit<UsageHoverInput, 'graph'>, { entity, named }: UsageName): string | null {
  if (named.kind === 'column') return describeColumn(index, entity, named.column, []);
  if (named.kind !== 'relation') return null;
  return describeRelation({ index, entity, relation: named.relation, alsoIn: [], stats: undefined, indexesForeignKeys });
}

/** The property that a string names. */
export function usageDefinition(source: SourceText, graph: RelationGraph, offset: number): Location[] {
  const named = usageNameAt(source, graph, offset)?.named;
  const place: SourceRange | null = named?.kind === 'relation' ? named.relation.source : named?.kind === 'column' ? named.column.source : null;
  return place ? [toLocation(place)] : [];
}

/** Where strings name the relation or column that was hit. */
export function usageReferences(
  hit: Hit | null,
  graph: RelationGraph,
  files: Iterable<string>,
  sourceOf: (file: string, word: string) => SourceText | null,
): Location[] {
  if (!hit || hit.kind === 'entity') return [];
  const path = hit.kind === 'relation' ? hit.relation.property : hit.column.property;
  const ids = new Set([hit.entity, ...hit.alsoIn].map(({ id }) => id));
  const word = path.slice(path.lastIndexOf('.') + 1);
  return [...files].flatMap((file) => {
    const source = sourceOf(file, word);
    return source ? usagesOf(source, graph, ids, path).map(({ start, end }) => toLocation(placeOf(source, start, end))) : [];
  });
}
