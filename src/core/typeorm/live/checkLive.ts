/**
 * The graph read from the sources beside what TypeORM built in the running app. A DataSource rarely loads all entities of a workspace, so
 * the app's entities are looked up among those of the sources, and what it did not load is not missed.
 */
import type { MetadataEvent } from '../../../protocol/probe';
import { compareGraphs, type Change, type EntityChange } from '../../model/compareGraphs';
import { graphPath } from '../../model/graphPath';
import { nearnessTo } from '../../model/nearness';
import type { Entity, Index, RelationGraph, SourceRange } from '../../model/relationGraph';
import { metadataToGraph } from './metadataToGraph';

/** One DataSource of the running app. */
export interface LiveDataSource {
  readonly metadata: MetadataEvent;
  /** Working directory of its process: of two entities with one name and table, the nearer one is meant. */
  readonly cwd: string;
  /** True while it is being initialised, synchronised or migrated. */
  readonly busy: boolean;
}

export interface LiveCheck {
  /** The DataSource's name and driver, `default (postgres)`. */
  readonly dataSource: string;
  /** What the DataSource has loaded. */
  readonly entities: number;
  readonly relations: number;
  readonly columns: number;
  /** Entities that are the same in the sources and in the app. */
  readonly equal: number;
  /** In the order of the app's entities. */
  readonly differences: readonly LiveDifference[];
}

export type LiveDifferenceKind = 'entity' | 'column' | 'relation' | 'index' | 'unique';

export interface LiveDifference {
  readonly kind: LiveDifferenceKind;
  readonly entity: string;
  /** Property path of a column or relation, the property paths of an index or unique constraint; null for the entity itself. */
  readonly property: string | null;
  /** The field that differs; null where the sources or the app lack the whole. */
  readonly field: string | null;
  /** What the sources say; null where they lack it. */
  readonly sources: unknown;
  /** What the app has built; null where it lacks it. */
  readonly app: unknown;
  /** The difference in a sentence. */
  readonly message: string;
  /** Where the sources declare it, or the entity that should; null where no source was read for it. */
  readonly source: SourceRange | null;
}

/** Null where the probe is of a version that does not tell enough to compare. */
export function checkLive(sources: RelationGraph, live: Pick<LiveDataSource, 'metadata' | 'cwd'>): LiveCheck | null {
  const { metadata, cwd } = live;
  if (metadata.detailed !== true) return null;
  const app = metadataToGraph(metadata);
  const counterparts = counterpartsOf(app, sources, cwd);
  const { entities, equal } = compareGraphs(asOnDriver(counterparts, metadata.driver), app);
  const count = (list: 'relations' | 'columns'): number => app.entities.reduce((sum, entity) => sum + entity[list].length, 0);
  return {
    dataSource: `${metadata.name ?? 'default'} (${metadata.driver})`,
    entities: app.entities.length,
    relations: count('relations'),
    columns: count('columns'),
    equal,
    differences: entities.flatMap((change) => differencesOf(change)),
  };
}

/** For each entity of the app the one of the sources that is meant: of the same name, and where there are several, of the same table, nearest. */
function counterpartsOf(app: RelationGraph, sources: RelationGraph, cwd: string): RelationGraph {
  const byName = new Map<string, Entity[]>();
  for (const entity of sources.entities) byName.set(entity.name, [...(byName.get(entity.name) ?? []), entity]);
  const near = nearnessTo(graphPath(cwd));
  const entities = app.entities.flatMap(({ name, table }) => {
    const candidates = byName.get(name) ?? [];
    const sameTable = candidates.filter((candidate) => candidate.table === table);
    const [nearest] = [...(sameTable.length > 0 ? sameTable : candidates)].sort((one, other) => near(other.source.file) - near(one.source.file));
    if (nearest)
      byName.set(
        name,
        candidates.filter((candidate) => candidate !== nearest),
      );
    return nearest ?? [];
  });
  return { entities, problems: [] };
}

/** These keep unique constraints as unique indices (metadata-builder/EntityMetadataBuilder.ts); the graph of the sources is PostgreSQL's. */
const withoutUniques = new Set(['mysql', 'mariadb', 'aurora-mysql', 'sap', 'spanner']);

function asOnDriver(graph: RelationGraph, driver: string): RelationGraph {
  if (driver === 'cockroachdb') return { ...graph, entities: graph.entities.map(withIndicesAsUniques) };
  return withoutUniques.has(driver) ? { ...graph, entities: graph.entities.map(withUniquesAsIndices) } : graph;
}

function withUniquesAsIndices(entity: Entity): Entity {
  const added: readonly Index[] = entity.uniques.map((columns) => ({ columns, unique: true }));
  return { ...entity, indices: [...entity.indices, ...added], uniques: [] };
}

function withIndicesAsUniques(entity: Entity): Entity {
  const added = entity.indices.filter(({ unique }) => unique).map(({ columns }) => columns);
  return { ...entity, indices: entity.indices.filter(({ unique }) => !unique), uniques: [...entity.uniques, ...added] };
}

function differencesOf(change: EntityChange): LiveDifference[] {
  const { before, after } = change;
  const entity = (after ?? before)?.name ?? '';
  const own = before?.source ?? null;
  const describe = <Part>(kind: LiveDifferenceKind, part: Change<Part>, property: string | null, source: SourceRange | null): LiveDifference[] =>
    part.before && part.after
      ? part.fields.map(({ field, before: sources, after: app }) => {
          const message = `${nameOf(kind, entity, property)}: ${field} is ${words(sources)} in the sources, ${words(app)} in the app`;
          return { kind, entity, property, field, sources, app, message, source };
        })
      : [{ kind, entity, property, field: null, ...oneSided(part), message: oneSidedMessage(kind, entity, property, part), source }];
  return [
    ...(change.fields.length > 0 || !before || !after ? describe('entity', change, null, own) : []),
    ...change.columns.flatMap((part) => describe('column', part, propertyOf(part), part.before?.source ?? own)),
    ...change.relations.flatMap((part) => describe('relation', part, propertyOf(part), part.before?.source ?? own)),
    ...change.indices.flatMap((part) => describe('index', part, (part.before ?? part.after)?.columns.join(', ') ?? '', own)),
    ...change.uniques.flatMap((part) => describe('unique', part, (part.before ?? part.after)?.join(', ') ?? '', own)),
  ];
}

function propertyOf({ before, after }: Change<{ readonly property: string }>): string {
  return (after ?? before)?.property ?? '';
}

function oneSided({ before, after }: Change<unknown>): Pick<LiveDifference, 'sources' | 'app'> {
  return { sources: before === null ? null : true, app: after === null ? null : true };
}

function oneSidedMessage(kind: LiveDifferenceKind, entity: string, property: string | null, { before }: Change<unknown>): string {
  const name = nameOf(kind, entity, property);
  if (kind === 'entity') return `${name} is loaded by the app, and the sources that were read do not declare it`;
  return before === null ? `${name} is in the app, and not in the sources` : `${name} is in the sources, and not in the app`;
}

function nameOf(kind: LiveDifferenceKind, entity: string, property: string | null): string {
  if (property === null) return entity;
  if (kind === 'index') return `${entity}, index on ${property}`;
  if (kind === 'unique') return `${entity}, unique constraint on ${property}`;
  return `${entity}.${property}`;
}

/** A value as one would write it: `"author_id"`, `true`, `authorId → id`, `none`. */
function words(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (Array.isArray(value)) return value.map((item: unknown) => (typeof item === 'string' ? item : words(item))).join(', ');
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('references' in value && 'column' in value) return `${String(value.column)} → ${String(value.references)}`;
  return Object.entries(value)
    .map(([name, part]) => `${name} ${words(part)}`)
    .join(', ');
}
