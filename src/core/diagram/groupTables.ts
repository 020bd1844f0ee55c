/**
 * Groups tables for the picture. A folder is a group where people sort their entities by topic; where each entity has a folder of its own,
 * or one folder holds everything, tables that relate to each other are a group (communities by the Louvain method: Blondel et al. 2008,
 * “Fast unfolding of communities in large networks”).
 */
import { UndirectedGraph } from 'graphology';
import louvain from 'graphology-communities-louvain';
import { groupBy } from '../model/groupBy';
import type { EntityId } from '../model/relationGraph';
import type { DiagramModel, DiagramModule, DiagramTable } from './diagramModel';
import { neighboursOf } from './graphToDiagram';

/** `auto`: by folders, unless they tell nothing. */
export type Grouping = 'auto' | 'folders' | 'relations';

/** The name of each table's group, of those that are not grouped by their folder. */
export type Groups = ReadonlyMap<EntityId, string>;

export interface Grouped {
  /** The model with groups for modules; the same object where folders stay the groups. */
  readonly model: DiagramModel;
  readonly groups: Groups;
}

/** Fewer tables for each folder than this on average, and folders are no groups. */
const fewestPerFolder = 2;
/** More tables in one folder than this are not one group to a reader. */
const mostInFolder = 40;
/** Of fewer tables than this nobody needs groups, least of all one that says that a single table is without relations. */
const fewestTables = 4;
/** Tables that no relation ties to any other. */
const unrelated = 'Without relations';
const noGroups: Groups = new Map();

/**
 * @param kept groups of an earlier time: a table stays in the group where it was, and new ones join a group that they relate to, so that
 * an edit moves nothing.
 */
export function groupTables(model: DiagramModel, grouping: Grouping, kept: Groups = noGroups): Grouped {
  const ids = new Set(tablesToGroup(model, grouping, kept));
  if (ids.size === 0) return { model, groups: noGroups };
  const groups = kept.size === 0 ? communities(model, ids) : joinGroups(model, ids, kept);
  return { model: withGroups(model, groups), groups };
}

/** The id of a group's module, which no folder has. */
export function groupModuleId(group: string): string {
  return `~${group}`;
}

/** Whether a module is a group by relations, not a folder. */
export function isGroup({ id }: Pick<DiagramModule, 'id'>): boolean {
  return id.startsWith('~');
}

function tablesToGroup({ tables }: DiagramModel, grouping: Grouping, kept: Groups): readonly EntityId[] {
  if (grouping === 'folders') return [];
  const folders = [...groupBy(tables, ({ module }) => module).values()];
  const idsOf = (of: readonly (readonly DiagramTable[])[]): EntityId[] => of.flatMap((own) => own.map(({ id }) => id));
  if (grouping === 'relations') return idsOf(folders);
  // What was decided once holds while one edits.
  const known = folders.map((own) => own.filter(({ id }) => kept.has(id))).filter((own) => own.length > 0);
  if (known.length === 0 && tables.length < fewestTables) return [];
  if (sayNothing(known.length > 0 ? known : folders)) return idsOf(folders);
  return idsOf(folders.filter((own) => (known.length > 0 ? own.some(({ id }) => kept.has(id)) : own.length > mostInFolder)));
}

/** Folders with hardly more than a table each. */
function sayNothing(folders: readonly (readonly DiagramTable[])[]): boolean {
  return folders.flat().length < fewestPerFolder * folders.length;
}

// --- communities -----------------------------------------------------------------------------------------------------------------------

/** An edge to a table that everything refers to (a tenant, a user) says little about belonging together. */
function communities(model: DiagramModel, ids: ReadonlySet<EntityId>): Groups {
  const graph = new UndirectedGraph<object, { weight: number }>();
  const neighbours = new Map([...neighboursOf(model)].map(([id, near]) => [id, new Set(near.filter((other) => other !== id && ids.has(other)))]));
  for (const id of ids) graph.addNode(id);
  for (const [id, near] of neighbours) {
    if (!ids.has(id)) continue;
    for (const other of near) {
      if (id < other) graph.addEdge(id, other, { weight: 1 / Math.sqrt(near.size * (neighbours.get(other)?.size ?? 1)) });
    }
  }
  const communityOf = graph.size === 0 ? {} : louvain(graph, { getEdgeWeight: 'weight', randomWalk: false });
  const alone = [...ids].filter((id) => graph.degree(id) === 0);
  const related = groupBy(
    [...ids].filter((id) => graph.degree(id) > 0),
    (id) => String(communityOf[id]),
  );
  const referredBy = referrers(model);
  const names = new Set([unrelated]);
  const nameOf = new Map(model.tables.map(({ id, name }) => [id, name]));
  const named = [...related.values()].map((members) => [uniqueName(hubName(members, referredBy, nameOf), names), members] as const);
  return new Map([...named, [unrelated, alone] as const].flatMap(([name, members]) => members.map((id) => [id, name] as const)));
}

/** The member that a reader knows best: the one that most tables refer to. */
function hubName(
  members: readonly EntityId[],
  referredBy: ReadonlyMap<EntityId, ReadonlySet<EntityId>>,
  tables: ReadonlyMap<EntityId, string>,
): string {
  const fame = (id: EntityId): number => referredBy.get(id)?.size ?? 0;
  const [hub = ''] = [...members].sort((left, right) => fame(right) - fame(left) || (left < right ? -1 : 1));
  return tables.get(hub) ?? hub;
}

/** The tables that hold a foreign key to each; many-to-many relations count at both ends. */
function referrers({ edges }: DiagramModel): Map<EntityId, Set<EntityId>> {
  const referredBy = new Map<EntityId, Set<EntityId>>();
  const refer = (from: EntityId, to: EntityId): void => {
    if (from !== to) referredBy.set(to, (referredBy.get(to) ?? new Set()).add(from));
  };
  for (const { from, to, joinTable } of edges) {
    refer(from.table, to.table);
    if (joinTable !== null) refer(to.table, from.table);
  }
  return referredBy;
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name} ${number}`;
  taken.add(unique);
  return unique;
}

// --- later changes ---------------------------------------------------------------------------------------------------------------------

/** New tables join the group of most of their neighbours, one after the other, so that a few new ones may come in together. */
function joinGroups(model: DiagramModel, ids: ReadonlySet<EntityId>, kept: Groups): Groups {
  const neighbours = neighboursOf(model);
  const groups = new Map([...ids].flatMap((id) => (kept.has(id) ? [[id, kept.get(id) ?? unrelated] as const] : [])));
  const open = [...ids].filter((id) => !groups.has(id));
  while (open.length > 0) {
    const next = Math.max(
      0,
      open.findIndex((id) => (neighbours.get(id) ?? []).some((other) => groups.has(other))),
    );
    const [id = ''] = open.splice(next, 1);
    groups.set(id, mostCommon((neighbours.get(id) ?? []).flatMap((other) => groups.get(other) ?? [])) ?? unrelated);
  }
  return groups;
}

function mostCommon(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([left, a], [right, b]) => b - a || (left < right ? -1 : 1))[0]?.[0];
}

// --- the model ---------------------------------------------------------------------------------------------------------------------------

/** A table in its group, the same object each time: whoever compares models need not look into it. */
const groupedTables = new WeakMap<DiagramTable, DiagramTable>();

function withGroups(model: DiagramModel, groups: Groups): DiagramModel {
  const tables = model.tables.map((table) => {
    const group = groups.get(table.id);
    return group === undefined ? table : inGroup(table, groupModuleId(group));
  });
  const left = new Set(tables.map(({ module }) => module));
  const members = groupBy([...groups], ([, group]) => group);
  const nameOf = new Map(model.tables.map(({ id, name }) => [id, name]));
  const grouped = [...members].map(([group, own]): DiagramModule => {
    const others = own.length - 1;
    const isHub = others > 0 && own.some(([id]) => nameOf.get(id) === group);
    return { id: groupModuleId(group), name: isHub ? `${group} + ${others}` : group };
  });
  return { ...model, tables, modules: [...model.modules.filter(({ id }) => left.has(id)), ...grouped] };
}

function inGroup(table: DiagramTable, module: string): DiagramTable {
  const known = groupedTables.get(table);
  if (known?.module === module) return known;
  const grouped = { ...table, module, folderModule: table.module };
  groupedTables.set(table, grouped);
  return grouped;
}
