/** What can be done with the thing under the pointer, or with what is selected. */
import type { Hit } from '../../src/core/diagram/hitTest';
import type { SceneBox, SceneEdge } from '../../src/core/diagram/scene';
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import type { MenuItem } from './menu';
import { emptyFilter, type DiagramView } from '../../src/core/diagram/views/diagramView';

export interface ContextActions {
  open(box: SceneBox, property: string | null): void;
  show(part: Pick<DiagramView, 'filter' | 'focus'>): void;
  findPaths(from: string): void;
  search(): void;
  fit(): void;
  /** Undo and redo. */
  steps(): readonly MenuItem[];
}

export function contextMenuOf(hit: Exclude<Hit, { kind: 'hidden-mark' }>, mode: DiagramMode, actions: ContextActions): MenuItem[] {
  switch (hit.kind) {
    case 'box':
      return tableMenu(hit.box, mode, actions);
    case 'edge':
      return edgeMenu(hit.edge, actions);
    case 'module': {
      const { id, name } = hit.module;
      const only: MenuItem = { icon: 'folder', label: `Show Only ${name}`, run: () => actions.show(onlyModule(id)) };
      return mode === 'panel' ? [only, ...groundMenu(actions, mode)] : groundMenu(actions, mode);
    }
    case 'nothing':
      return groundMenu(actions, mode);
  }
}

function tableMenu(box: SceneBox, mode: DiagramMode, actions: ContextActions): MenuItem[] {
  const open: MenuItem = { icon: 'go-to-file', label: 'Open Source', hint: 'Enter', run: () => actions.open(box, null) };
  if (mode === 'sidebar') return [open];
  const { module } = box.table;
  return [
    open,
    { icon: 'target', label: 'Show Only Its Neighbours', run: () => actions.show({ filter: emptyFilter, focus: { table: box.id, depth: 1 } }) },
    { icon: 'folder', label: 'Show Only Its Module', run: () => actions.show(onlyModule(module)) },
    { icon: 'git-compare', label: 'Find Paths to…', run: () => actions.findPaths(box.id) },
  ];
}

function onlyModule(module: string): Pick<DiagramView, 'filter' | 'focus'> {
  return { filter: { ...emptyFilter, modules: [module] }, focus: null };
}

/** The fields at both ends; for inheritance, which has none, both classes. */
function edgeMenu({ from, to }: SceneEdge, actions: ContextActions): MenuItem[] {
  const ends = [from, to].filter(({ end }) => end.property !== null);
  return (ends.length > 0 ? ends : [from, to]).map(({ box, end: { property } }) => ({
    icon: 'go-to-file',
    label: property === null ? `Open ${box.table.name}` : `Open ${box.table.name}.${property}`,
    run: () => actions.open(box, property),
  }));
}

function groundMenu({ search, fit, steps }: ContextActions, mode: DiagramMode): MenuItem[] {
  return [
    { icon: 'search', label: 'Search', hint: '/', run: search },
    { icon: 'screen-full', label: 'Fit to View', hint: '1', run: fit },
    ...(mode === 'panel' ? steps() : []),
  ];
}
