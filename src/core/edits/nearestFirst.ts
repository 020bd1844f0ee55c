import { nearnessTo } from '../model/nearness';
import type { RelationGraph } from '../model/relationGraph';

/** Of entities with one name the edits take the first: that is then the one nearest to the file that the finding is about. */
export function nearestFirst(graph: RelationGraph, file: string): RelationGraph {
  if (new Set(graph.entities.map(({ name }) => name)).size === graph.entities.length) return graph;
  const near = nearnessTo(file);
  return { ...graph, entities: [...graph.entities].sort((one, other) => near(other.source.file) - near(one.source.file)) };
}
