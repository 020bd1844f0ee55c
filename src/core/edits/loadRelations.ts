/**
 * Makes one TypeORM call load relations too: the least change that does it, in the style of the file.
 * Where the change could alter what the call returns otherwise, it is declined with the reason.
 */
import type { LoadStrategy } from '../profile/queryProfile';
import type { RelationGraph } from '../model/relationGraph';
import { addToFindOptions } from './findOptions';
import type { MethodCall } from './findCall';
import { addJoins } from './queryBuilderJoins';
import { relationsAlong, type RelationStep } from './relationPath';
import type { Change, SourceText } from './sourceText';

export interface LoadRequest {
  readonly graph: RelationGraph;
  readonly entity: string;
  /** As the profile names the call: `EntityManager.find`. */
  readonly api: string;
  /** Property paths from the entity. */
  readonly paths: readonly string[];
  readonly strategy: LoadStrategy | null;
  /** Driver that the finding was seen on; null where it is not known. */
  readonly driver: string | null;
}

/** Relations of every wanted path, resolved. */
export type ResolvedPaths = ReadonlyMap<string, readonly RelationStep[]>;

/** `changes` is empty where the call loads all of it already. */
export type ChangeResult =
  | {
      readonly kind: 'changes';
      readonly changes: readonly Change[];
      /** Statements that the change adds for what was loaded before it: relations that were joined and are now queries of their own. */
      readonly extraQueries?: number;
      /** How many statements there will be only a run tells: the code may run more than once. */
      readonly isUntold?: true;
    }
  | Declined;
export interface Declined {
  readonly kind: 'declined';
  readonly reason: string;
}

const FIND_METHODS = new Set(['find', 'findOne', 'findOneOrFail', 'findAndCount', 'findBy', 'findOneBy', 'findOneByOrFail', 'findAndCountBy']);
const BUILDER_METHODS = new Set(['getMany', 'getOne', 'getOneOrFail', 'getManyAndCount']);

export function loadRelations(source: SourceText, call: MethodCall, request: LoadRequest): ChangeResult {
  const resolved = new Map<string, readonly RelationStep[]>();
  for (const path of request.paths) {
    const steps = relationsAlong(request.graph, request.entity, path);
    if (!steps) return declined(unresolved(request, path));
    resolved.set(path, steps);
  }
  const method = call.expression.name.text;
  if (FIND_METHODS.has(method)) return addToFindOptions(source, call, request, resolved);
  if (BUILDER_METHODS.has(method)) return addJoins(source, call, request, resolved);
  return declined(`${method}() takes no relations. Use find() with relations, or a query builder.`);
}

export function declined(reason: string): Declined {
  return { kind: 'declined', reason };
}

function unresolved({ graph, entity, paths }: LoadRequest, path: string): string {
  if (!graph.entities.some(({ name }) => name === entity)) return `${entity} is not among the entities found in the sources.`;
  const child = graph.entities.find(({ parent, name }) => parent === entity && relationsAlong(graph, name, path));
  if (child) return `only the subclass ${child.name} declares ${paths.length === 1 ? 'it' : path}; query ${child.name} itself to load it.`;
  return `${entity} has no relation '${path}' in the sources any more.`;
}
