/** What a view makes of the whole diagram: groups, junction tables drawn or folded, tables left out, colours. */
import type { DiagramModel, DiagramTable } from '../diagramModel';
import { sameData } from '../../model/sameData';
import { keepTables, neighboursOf } from '../graphToDiagram';
import { groupTables, type Grouping, type Groups } from '../groupTables';
import { colourIndex } from './colourNames';
import { isJunctionDrawn, type DiagramView } from './diagramView';
import { shownTables } from './filterDiagram';
import { drawJunctions } from './junctionTables';
import { withKnownModules } from './knownModules';

export interface AppliedView {
  /** Everything, with the junction tables that the view draws: what there is to choose from. */
  readonly whole: DiagramModel;
  /** The part that is shown. */
  readonly model: DiagramModel;
  /** The groups of tables, to be kept with the view. */
  readonly groups: Groups;
}

/** Tables at the border of what is shown know which neighbours are left out. */
export function applyView(model: DiagramModel, given: DiagramView): AppliedView {
  const view = withKnownModules(given, model);
  const { model: grouped, groups } = groupTables(model, groupingOf(view), view.groups);
  const whole = drawJunctions(grouped, (edge) => isJunctionDrawn(view, edge));
  const shown = shownTables(whole, view);
  const part = shown.size === whole.tables.length ? whole : keepTables(whole, shown);
  const marked = part === whole ? whole : { ...part, tables: markBorder(whole, part.tables, shown) };
  return { whole, model: colour(marked, view), groups };
}

/** Tables that stand already stay in their folders: groups are found only for a picture that is arranged as new. */
function groupingOf({ grouping, groups, positions }: DiagramView): Grouping {
  return grouping === 'auto' && groups.size === 0 && positions.size > 0 ? 'folders' : grouping;
}

/** The later model with the objects of the earlier one for whatever says the same: what was derived from them can be kept. */
export function keepObjects(before: DiagramModel, after: DiagramModel): DiagramModel {
  return {
    tables: keepItems(before.tables, after.tables),
    edges: keepItems(before.edges, after.edges),
    modules: keepItems(before.modules, after.modules),
    problems: after.problems,
  };
}

function keepItems<Item extends { readonly id: string }>(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  if (before === after) return after;
  let byId: ReadonlyMap<string, Item> | null = null;
  return after.map((item, index) => {
    if (before[index] === item) return item;
    byId ??= new Map(before.map((earlier) => [earlier.id, earlier]));
    const earlier = byId.get(item.id);
    return earlier && sameData(earlier, item) ? earlier : item;
  });
}

function markBorder(whole: DiagramModel, tables: readonly DiagramTable[], shown: ReadonlySet<string>): DiagramTable[] {
  const neighbours = neighboursOf(whole);
  return tables.map((table) => {
    const hidden = [...new Set(neighbours.get(table.id) ?? [])].filter((id) => !shown.has(id));
    return hidden.length === 0 ? table : { ...table, hiddenNeighbours: hidden };
  });
}

function colour(model: DiagramModel, { moduleColours, tableColours }: DiagramView): DiagramModel {
  if (moduleColours.size === 0 && tableColours.size === 0) return model;
  const tables = model.tables.map((table) => {
    const own = tableColours.get(table.id) ?? moduleColours.get(table.module);
    return own === undefined ? table : { ...table, colour: colourIndex(own) };
  });
  const modules = model.modules.map((module) => {
    const own = moduleColours.get(module.id);
    return own === undefined ? module : { ...module, colour: colourIndex(own) };
  });
  return { ...model, tables, modules };
}
