import { nearnessTo } from '../model/nearness';
import type { RelationGraph } from '../model/relationGraph';

/** By file; what others have found out about a graph is kept by its identity, so a file's findings share one. */
const sortedGraphs = new WeakMap<RelationGraph, Map<string, RelationGraph>>();

/** Of entities with one name the edits take the first: that is then the one nearest to the file that the finding is about. */
export function nearestFirst(graph: RelationGraph, file: string): RelationGraph {
  if (new Set(graph.entities.map(({ name }) => name)).size === graph.entities.length) return graph;
  const byFile = sortedGraphs.get(graph) ?? new Map<string, RelationGraph>();
  sortedGraphs.set(graph, byFile);
  const sorted = byFile.get(file) ?? sortByNearness(graph, file);
  byFile.set(file, sorted);
  return sorted;
}

function sortByNearness(graph: RelationGraph, file: string): RelationGraph {
  const near = nearnessTo(file);
  const ranked = graph.entities.map((entity) => ({ entity, nearness: near(entity.source.file) }));
  ranked.sort((one, other) => other.nearness - one.nearness);
  return { ...graph, entities: ranked.map(({ entity }) => entity) };
}
