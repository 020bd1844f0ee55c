/** Ways from one entity to another along relations, and the `relations` option of a find that loads one. */
import type { EntityId } from '../model/relationGraph';
import type { DiagramEdge, DiagramModel, DiagramTable, EdgeEnd } from './diagramModel';

interface PathHop {
  readonly edge: DiagramEdge;
  readonly from: EntityId;
  readonly to: EntityId;
  /** The field that leads this way; null where only the other side declares one. */
  readonly property: string | null;
}

export type Path = readonly PathHop[];

export interface PathOptions {
  /** Most relations in one path (default 6). */
  readonly maxLength?: number;
  /** Most paths (default 12). */
  readonly limit?: number;
}

/**
 * Simple paths (no entity twice), shortest first; among equals those that every hop has a field for, then in the diagram's order.
 * Inheritance is no way to load anything and is not followed.
 */
export function findPaths(model: DiagramModel, from: EntityId, to: EntityId, { maxLength = 6, limit = 12 }: PathOptions = {}): Path[] {
  const hops = hopsOf(model.edges);
  const found: Path[] = [];
  const distance = distancesTo(to, hops);
  // By growing length: the first paths found are the shortest, and a schema with very many ways is not searched to its end.
  for (let length = 1; length <= maxLength && found.length < limit; length++) extend([], from, to, length, { hops, distance, found, limit });
  const fieldless = (path: Path): number => path.filter(({ property }) => property === null).length;
  return [...found].sort((a, b) => a.length - b.length || fieldless(a) - fieldless(b));
}

/** `{ author: { profile: true } }`, or null where a hop has no field in its direction. */
export function toRelationsOption(path: Path): string | null {
  if (path.length === 0 || path.some(({ property }) => property === null)) return null;
  // A relation in an embedded value (`address.country`) is reached through the embedded value's own key.
  const keys = path.flatMap(({ property }) => (property ?? '').split('.'));
  return keys.reduceRight((inner, key) => `{ ${key}: ${inner} }`, 'true');
}

/** `Review → book → author`: the entity's name, then the fields, or the target's name in brackets where there is none. */
export function describePath(path: Path, nameOf: (id: EntityId) => string): string {
  const [first] = path;
  if (!first) return '';
  return [nameOf(first.from), ...path.map(({ property, to }) => property ?? `(${nameOf(to)})`)].join(' → ');
}

/**
 * Fields that each lead to many: a join over the path returns `books × tags` rows for one entity. Empty where it returns one. Where
 * there is no field, the target's name stands for it.
 */
export function manyAlong(path: Path, nameOf: (id: EntityId) => string): string[] {
  return path.flatMap((hop) => (farEnd(hop).max === 'many' ? [hop.property ?? nameOf(hop.to)] : []));
}

function farEnd({ edge, from, to, property }: PathHop): EdgeEnd {
  const isForward = edge.from.table === from && edge.to.table === to && edge.from.property === property;
  return isForward ? edge.to : edge.from;
}

/**
 * `createQueryBuilder('author').leftJoinAndSelect('author.books', 'books')…`, one join a line. Aliases are the fields' names, numbered
 * where one comes twice. A hop without a field in its direction is joined by the other side's: `.leftJoinAndMapMany('book.orderLines',
 * OrderLine, 'orderLines', 'orderLines.book = book.id')`; null where that takes more than one column, or a junction table.
 */
export function toQueryBuilder(path: Path, model: DiagramModel): string | null {
  const [first] = path;
  if (!first) return null;
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const nameOf = (id: EntityId): string => lowerFirst(tables.get(id)?.name ?? '');
  const root = nameOf(first.from);
  const taken = new Set([root]);
  let at = root;
  const joins: string[] = [];
  for (const hop of path) {
    const many = farEnd(hop).max === 'many';
    const field = hop.property ?? `${nameOf(hop.to)}${many ? 's' : ''}`;
    const alias = freeAlias(field.split('.').at(-1) ?? field, taken);
    const join = hop.property === null ? joinByCondition(hop, { at, field, alias }, tables) : `('${at}.${field}', '${alias}')`;
    if (join === null) return null;
    joins.push(`  .leftJoinAnd${hop.property === null ? (many ? 'MapMany' : 'MapOne') : 'Select'}${join}`);
    at = alias;
  }
  return [`createQueryBuilder('${root}')`, ...joins].join('\n');
}

interface Join {
  /** Alias of what is joined to. */
  readonly at: string;
  readonly field: string;
  readonly alias: string;
}

/** TypeORM reads `alias.relation` in a condition as the relation's foreign key, of one column. */
function joinByCondition(hop: PathHop, { at, field, alias }: Join, tables: ReadonlyMap<EntityId, DiagramTable>): string | null {
  const { edge, from, to } = hop;
  const [key, ...more] = edge.to.columns;
  const referenced = tables.get(from)?.columns.find(({ column }) => column === key);
  if (edge.joinTable !== null || edge.from.table !== to || edge.from.property === null || more.length > 0 || !referenced) return null;
  return `('${at}.${field}', ${tables.get(to)?.name ?? ''}, '${alias}', '${alias}.${edge.from.property} = ${at}.${referenced.property}')`;
}

function freeAlias(wanted: string, taken: Set<string>): string {
  let alias = wanted;
  for (let number = 2; taken.has(alias); number++) alias = `${wanted}${number}`;
  taken.add(alias);
  return alias;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

interface Search {
  readonly hops: ReadonlyMap<EntityId, readonly PathHop[]>;
  readonly distance: ReadonlyMap<EntityId, number>;
  readonly found: Path[];
  readonly limit: number;
}

function extend(path: Path, at: EntityId, to: EntityId, left: number, search: Search): void {
  if (search.found.length >= search.limit) return;
  if (left === 0) {
    if (at === to) search.found.push(path);
    return;
  }
  // A path that has arrived is found at its own length, and one that cannot arrive in time is given up.
  if ((at === to && path.length > 0) || (search.distance.get(at) ?? Infinity) > left) return;
  for (const hop of search.hops.get(at) ?? []) {
    const isBack = path.some((earlier) => earlier.from === hop.to) || hop.to === hop.from;
    if (!isBack) extend([...path, hop], hop.to, to, left - 1, search);
  }
}

function hopsOf(edges: readonly DiagramEdge[]): Map<EntityId, PathHop[]> {
  const hops = new Map<EntityId, PathHop[]>();
  const add = (hop: PathHop): void => {
    const list = hops.get(hop.from);
    if (list) list.push(hop);
    else hops.set(hop.from, [hop]);
  };
  for (const edge of edges) {
    if (edge.kind === 'inheritance') continue;
    add({ edge, from: edge.from.table, to: edge.to.table, property: edge.from.property });
    add({ edge, from: edge.to.table, to: edge.from.table, property: edge.to.property });
  }
  return hops;
}

function distancesTo(target: EntityId, hops: ReadonlyMap<EntityId, readonly PathHop[]>): Map<EntityId, number> {
  const distance = new Map<EntityId, number>([[target, 0]]);
  const queue = [target];
  for (const at of queue) {
    for (const { to } of hops.get(at) ?? []) {
      if (distance.has(to)) continue;
      distance.set(to, (distance.get(at) ?? 0) + 1);
      queue.push(to);
    }
  }
  return distance;
}
