/** Which tables a view shows, and what there is to choose from. */
import { groupBy } from '../../model/groupBy';
import { neighboursOf } from '../graphToDiagram';
import type { DiagramColumn, DiagramModel, DiagramTable } from '../diagramModel';
import type { DiagramFilter, DiagramView, TableKind, ViewFocus } from './diagramView';

/** Ids of the tables that a view shows. A focus on a table that is gone leaves nothing out. */
export function shownTables(model: DiagramModel, { filter, focus }: Pick<DiagramView, 'filter' | 'focus'>): Set<string> {
  const near = focus && model.tables.some(({ id }) => id === focus.table) ? around(model, focus) : null;
  const meets = toPredicate(filter);
  const hidden = new Set(filter.hidden);
  const revealed = new Set(filter.revealed);
  const shown = model.tables.filter((table) => {
    if (hidden.has(table.id)) return false;
    return revealed.has(table.id) || ((near === null || near.has(table.id)) && meets(table));
  });
  return new Set(shown.map(({ id }) => id));
}

/** The filter that shows tables as well, by name only what it would leave out otherwise. */
export function revealTables(model: DiagramModel, { filter, focus }: Pick<DiagramView, 'filter' | 'focus'>, ids: readonly string[]): DiagramFilter {
  const unhidden = { ...filter, hidden: filter.hidden.filter((id) => !ids.includes(id)) };
  const shown = shownTables(model, { filter: unhidden, focus });
  return { ...unhidden, revealed: [...filter.revealed, ...ids.filter((id) => !shown.has(id))] };
}

function around(model: DiagramModel, { table, depth }: ViewFocus): Set<string> {
  const adjacent = neighboursOf(model);
  const reached = new Set([table]);
  let frontier = [table];
  for (let step = 0; step < depth; step++) {
    frontier = frontier.flatMap((id) => adjacent.get(id) ?? []).filter((id) => !reached.has(id));
    for (const id of frontier) reached.add(id);
  }
  return reached;
}

function toPredicate({ modules, folders, dataSources, kinds, text }: DiagramFilter): (table: DiagramTable) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (table) =>
    (modules.length === 0 || modules.includes(table.module) || (table.folderModule !== undefined && modules.includes(table.folderModule))) &&
    (folders.length === 0 || folders.some((folder) => table.source.file.startsWith(`${folder}/`))) &&
    (dataSources.length === 0 || (table.dataSources ?? []).some((name) => dataSources.includes(name))) &&
    (kinds.length === 0 || kindsOf(table).some((kind) => kinds.includes(kind))) &&
    words.every((word) => isNamed(table, word));
}

function isNamed({ name, table, columns, relations }: DiagramTable, word: string): boolean {
  const holds = (text: string): boolean => text.toLowerCase().includes(word);
  return (
    holds(name) ||
    holds(table) ||
    columns.some(({ property, column }) => holds(property) || holds(column)) ||
    relations.some(({ property }) => holds(property))
  );
}

/** What a table is; a table with embedded values is that beside what it is otherwise. */
function kindsOf({ look, columns }: DiagramTable): TableKind[] {
  const own: TableKind = look === 'table' ? 'entity' : look;
  return columns.some(isEmbedded) ? [own, 'embedded'] : [own];
}

function isEmbedded({ property, source }: DiagramColumn): boolean {
  return property.includes('.') && source !== null;
}

/** One thing to filter by, with how many tables it stands for. */
export interface Facet<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly count: number;
}

export interface Facets {
  readonly modules: readonly Facet[];
  readonly folders: readonly Facet[];
  readonly dataSources: readonly Facet[];
  readonly kinds: readonly Facet<TableKind>[];
}

/** What a model's tables can be told apart by; a list with one entry would tell nothing and is empty. */
export function facetsOf(model: DiagramModel): Facets {
  const { tables } = model;
  const names = new Map(model.modules.map(({ id, name }) => [id, name]));
  const modules = countEach(tables.map(({ module }) => module)).map(([value, count]) => ({ value, label: names.get(value) ?? value, count }));
  const dataSources = countEach(tables.flatMap((table) => table.dataSources ?? [])).map(([value, count]) => ({ value, label: value, count }));
  const kinds = countEach(tables.flatMap(kindsOf));
  return {
    modules: choice(modules.sort(byLabel)),
    folders: choice(foldersOf(tables)),
    dataSources: choice(dataSources.sort(byLabel)),
    kinds: choice(
      kindOrder.flatMap((kind) => kinds.filter(([value]) => value === kind).map(([value, count]) => ({ value, label: kindLabels[value], count }))),
    ),
  };
}

const kindOrder: readonly TableKind[] = ['entity', 'view', 'tree', 'child', 'link', 'junction', 'embedded'];

/** In the plural, as a filter names them. */
export const kindLabels: Readonly<Record<TableKind, string>> = {
  entity: 'plain entities',
  view: 'views',
  tree: 'trees',
  child: 'single-table children',
  link: 'link entities',
  junction: 'junction tables',
  embedded: 'with embedded values',
};

function choice<T>(facets: readonly T[]): readonly T[] {
  return facets.length > 1 ? facets : [];
}

function byLabel(one: Facet, other: Facet): number {
  return one.label.localeCompare(other.label, 'en');
}

function countEach<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

const maxFolders = 60;

/** Folders where the sources part, below what all of them share; labelled by their path from there. */
function foldersOf(tables: readonly DiagramTable[]): Facet[] {
  const pathOf = ({ source }: DiagramTable): string => source.file.slice(0, source.file.lastIndexOf('/'));
  const tablesIn = groupBy(tables, pathOf);
  const sizeOfModule = new Map(countEach(tables.map(({ module }) => module)));
  const shared = sharedFolder([...tablesIn.keys()]);
  const folders = new Map<string, { count: number; readonly modules: Set<string> }>();
  for (const [path, own] of tablesIn) {
    for (const folder of foldersBelow(path, shared)) {
      const held = folders.get(folder) ?? { count: 0, modules: new Set() };
      folders.set(folder, held);
      held.count += own.length;
      for (const { module } of own) held.modules.add(module);
    }
  }
  // One that holds just what a module, or its only folder, holds would be the same choice under another name.
  const isOneModule = ({ count, modules }: { count: number; modules: ReadonlySet<string> }): boolean =>
    modules.size === 1 && [...modules].every((module) => sizeOfModule.get(module) === count);
  const passesOn = new Set(
    [...folders].flatMap(([path, { count }]) => {
      const parent = path.slice(0, path.lastIndexOf('/'));
      return folders.get(parent)?.count === count ? [parent] : [];
    }),
  );
  return [...folders]
    .filter(([path]) => !passesOn.has(path))
    .map(([value, held]) => ({ value, label: value.slice(shared.length + 1), count: held.count, held }))
    .sort(byLabel)
    .slice(0, maxFolders)
    .filter(({ held }) => !isOneModule(held))
    .map(({ value, label, count }) => ({ value, label, count }));
}

function foldersBelow(path: string, shared: string): string[] {
  const folders: string[] = [];
  for (let folder = path; folder.length > shared.length; folder = folder.slice(0, folder.lastIndexOf('/'))) folders.push(folder);
  return folders;
}

function sharedFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let shared = first.split('/');
  for (const path of rest) {
    const segments = path.split('/');
    const parting = shared.findIndex((segment, index) => segments[index] !== segment);
    if (parting !== -1) shared = shared.slice(0, parting);
  }
  return shared.join('/');
}
