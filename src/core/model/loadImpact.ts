/**
 * What loading an entity pulls with it: the relations that a `find` asks for and those that are eager, how many queries that takes,
 * and how many rows a join returns for one entity. Rules: TypeORM's SelectQueryBuilder (buildRelations, buildEagerRelations, the
 * "query" strategy after the main query) and FindOptionsUtils.joinEagerRelations.
 */
import { findEntity } from './questions';
import type { Entity, EntityId, Relation, RelationGraph, RelationKind } from './relationGraph';

export type LoadStrategy = 'join' | 'query';

/** The `relations` option as a tree: `{ books: { tags: {} } }`. */
export interface WantedRelations {
  readonly [property: string]: WantedRelations;
}

export interface LoadQuestion {
  readonly relations: WantedRelations;
  readonly strategy: LoadStrategy;
  /** 0 for 0.3; 1.x where it is not known. */
  readonly typeormMajor?: number | null;
  /** How many targets one entity has on average, where it was measured; null where it was not. */
  readonly fanOut?: (entity: string, relation: string) => number | null;
}

/** One relation that is loaded. */
export interface LoadStep {
  /** From the entity that is asked for: `books.tags`. */
  readonly path: string;
  /** Position of the step it hangs on; null for a relation of the entity itself. */
  readonly parent: number | null;
  readonly entity: EntityId;
  readonly property: string;
  /** Null where the target is not among the graph's entities. */
  readonly target: EntityId | null;
  readonly kind: RelationKind;
  readonly reason: 'asked' | 'eager';
  /** Columns that it adds to the result. */
  readonly columns: number;
  /** Targets per entity: 1 for to-one relations, the measured average for others, null where nobody measured. */
  readonly fanOut: number | null;
  /** Queries that it takes on its own: 0 in a join. */
  readonly queries: number;
  /** True where it leads to an entity that its own path came through by eager relations: TypeORM never gets to an end there. */
  readonly endless: boolean;
}

export interface LoadImpact {
  readonly entity: EntityId;
  readonly strategy: LoadStrategy;
  readonly steps: readonly LoadStep[];
  /** Columns of the entity and of everything that is loaded with it. */
  readonly columns: number;
  readonly queries: number;
  /** Rows that a join returns for one entity; one factor for each to-many relation. */
  readonly rows: RowMultiplication;
  /** Relations of the entity that stay unloaded until they are awaited. */
  readonly lazy: readonly string[];
  /** Paths that were asked for and are no relations. */
  readonly unknown: readonly string[];
}

interface RowMultiplication {
  readonly factors: readonly { readonly path: string; readonly fanOut: number | null }[];
  /** Product of the factors; null where one of them was not measured. */
  readonly perEntity: number | null;
  /** Entities that these rows carry, the first one included; null likewise. */
  readonly entities: number | null;
  /** `books × tags`; empty where every row is an entity of its own. */
  readonly formula: string;
  /** True where two collections beside each other are paired row by row: the result then grows faster than what it holds. */
  readonly multiplies: boolean;
}

/** What a `find` of an entity (by id or name) loads; null where there is no such entity. */
export function loadImpact(graph: RelationGraph, entityIdOrName: string, question: LoadQuestion): LoadImpact | null {
  const entity = findEntity(graph, entityIdOrName);
  if (!entity) return null;
  const search: Search = { graph, question, steps: [], unknown: [] };
  addRelations(search, entity, question.relations, { index: null, path: '', eagerFrom: [entity.id], eagerLevels: Infinity });
  const { steps, unknown } = search;
  return {
    entity: entity.id,
    strategy: question.strategy,
    steps,
    columns: entity.columns.length + steps.reduce((sum, { columns }) => sum + columns, 0),
    queries: 1 + steps.reduce((sum, { queries }) => sum + queries, 0),
    rows: question.strategy === 'join' ? multiplyRows(steps) : multiplyRows([]),
    lazy: entity.relations.filter(({ property, lazy }) => lazy && !steps.some(({ path }) => path === property)).map(({ property }) => property),
    unknown,
  };
}

/** `{ books: { tags: true } }`: dotted paths as the `relations` option is written; `{}` where there are none. */
export function plainRelations(paths: Iterable<string>): string {
  const children = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const [key = '', ...rest] = path.split('.');
    children.set(key, [...(children.get(key) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])]);
  }
  const parts = [...children].map(([key, nested]) => `${key}: ${nested.length > 0 ? plainRelations(nested) : 'true'}`);
  return parts.length > 0 ? `{ ${parts.join(', ')} }` : '{}';
}

interface Search {
  readonly graph: RelationGraph;
  readonly question: LoadQuestion;
  readonly steps: LoadStep[];
  readonly unknown: string[];
}

interface Place {
  readonly index: number | null;
  readonly path: string;
  /** Entities that eager relations have led through without being asked. */
  readonly eagerFrom: readonly EntityId[];
  /** How many levels of eager relations are loaded below. */
  readonly eagerLevels: number;
}

function addRelations(search: Search, entity: Entity, wanted: WantedRelations, place: Place): void {
  const asked = askedRelations(search, entity, wanted, place.path);
  const isAsked = (relation: Relation): boolean => asked.some((each) => each.relation === relation);
  const eager = place.eagerLevels === 0 ? [] : entity.relations.filter((relation) => relation.eager && !isAsked(relation));
  for (const { relation, nested } of asked) addStep(search, entity, relation, 'asked', nested, place);
  for (const relation of eager) addStep(search, entity, relation, 'eager', {}, place);
}

/** A relation in an embedded value is asked for by the value's key first: `{ address: { city: true } }`. */
function askedRelations(
  search: Search,
  entity: Entity,
  wanted: WantedRelations,
  path: string,
  embedded = '',
): { readonly relation: Relation; readonly nested: WantedRelations }[] {
  return Object.entries(wanted).flatMap(([key, nested]) => {
    const property = `${embedded}${key}`;
    const relation = entity.relations.find((candidate) => candidate.property === property);
    if (relation) return [{ relation, nested }];
    if (entity.relations.some((candidate) => candidate.property.startsWith(`${property}.`)))
      return askedRelations(search, entity, nested, path, `${property}.`);
    search.unknown.push(join(path, property));
    return [];
  });
}

function addStep(search: Search, entity: Entity, relation: Relation, reason: LoadStep['reason'], nested: WantedRelations, place: Place): void {
  const { graph, question, steps } = search;
  const target = relation.targetId === null ? undefined : findEntity(graph, relation.targetId);
  const endless = reason === 'eager' && target !== undefined && place.eagerFrom.includes(target.id);
  const path = join(place.path, relation.property);
  const index = steps.length;
  steps.push({
    path,
    parent: place.index,
    entity: entity.id,
    property: relation.property,
    target: target?.id ?? null,
    kind: relation.kind,
    reason,
    columns: target?.columns.length ?? 0,
    fanOut: isToMany(relation.kind) ? (question.fanOut?.(entity.name, relation.property) ?? null) : 1,
    queries: queriesFor(question, reason),
    endless,
  });
  if (!target || endless) return;
  const eagerFrom = reason === 'eager' ? [...place.eagerFrom, target.id] : [target.id];
  addRelations(search, target, nested, { index, path, eagerFrom, eagerLevels: eagerLevelsBelow(question, relation, reason, place) });
}

/**
 * A join follows the eager relations of the entity itself to their end, but only one level of those behind a relation that was asked
 * for (buildEagerRelations). Queries of their own follow all.
 */
function eagerLevelsBelow({ strategy }: LoadQuestion, { eager }: Relation, reason: LoadStep['reason'], { eagerLevels }: Place): number {
  if (strategy === 'query') return Infinity;
  if (eager && eagerLevels === Infinity) return Infinity;
  return reason === 'asked' ? 1 : eagerLevels - 1;
}

/**
 * The "query" strategy loads a relation of all entities at once, then asks which belongs to which (RelationIdLoader): two queries.
 * 0.3 joins what is eager even then.
 */
function queriesFor({ strategy, typeormMajor }: LoadQuestion, reason: LoadStep['reason']): number {
  if (strategy === 'join') return 0;
  return reason === 'eager' && typeormMajor === 0 ? 0 : 2;
}

function isToMany(kind: RelationKind): boolean {
  return kind === 'one-to-many' || kind === 'many-to-many';
}

/** Rows that a join of these steps returns for one entity. */
function multiplyRows(steps: readonly LoadStep[]): RowMultiplication {
  const many = steps.filter(({ kind, endless }) => isToMany(kind) && !endless);
  const factors = many.map(({ path, fanOut }) => ({ path, fanOut }));
  return {
    factors,
    perEntity: product(factors.map(({ fanOut }) => atLeastOne(fanOut))),
    entities: countEntities(steps),
    formula: factors.map(({ path }) => path).join(' × '),
    multiplies: many.some((one) => many.some((other) => one !== other && !isWithin(one, other) && !isWithin(other, one))),
  };
}

/** An entity without targets still has its row: a join never makes less than one. */
function atLeastOne(fanOut: number | null): number | null {
  return fanOut === null ? null : Math.max(1, fanOut);
}

function isWithin(inner: LoadStep, outer: LoadStep): boolean {
  return inner.path.startsWith(`${outer.path}.`);
}

function countEntities(steps: readonly LoadStep[]): number | null {
  const perStep: (number | null)[] = [];
  for (const { parent, fanOut } of steps) perStep.push(product([parent === null ? 1 : (perStep[parent] ?? null), fanOut]));
  return perStep.includes(null) ? null : perStep.reduce<number>((sum, count) => sum + (count ?? 0), 1);
}

function product(factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>((total, factor) => (total === null || factor === null ? null : total * factor), 1);
}

function join(path: string, property: string): string {
  return path === '' ? property : `${path}.${property}`;
}
