/** Choosing what is shown: the filter's panel and chips, what is hidden or revealed by hand. */
import { boundsOf, centreOf } from '../../../src/core/diagram/geometry';
import type { Hit } from '../../../src/core/diagram/hitTest';
import type { Scene, SceneBox } from '../../../src/core/diagram/scene';
import { nearestTo } from '../../../src/core/diagram/spatialIndex';
import { emptyFilter, type DiagramFilter } from '../../../src/core/diagram/views/diagramView';
import { revealTables } from '../../../src/core/diagram/views/filterDiagram';
import { element, icon } from '../dom';
import type { MenuItem } from '../menu';
import type { DiagramFeature, DiagramProgram } from '../program';
import { createFilterChips } from './filterChips';
import { createFilterPanel } from './filterPanel';

export function createFiltering(program: DiagramProgram): DiagramFeature {
  const { diagram, arranging } = program;
  const setFilter = (filter: DiagramFilter): void => void arranging.changeView({ filter });
  const panel = createFilterPanel(setFilter, () => diagram.focusBack());
  const chips = createFilterChips((change) => void arranging.changeView(change));
  const button = element('button', { type: 'button', class: 'icon', title: 'Filter (F)', 'aria-label': 'Filter', 'aria-expanded': 'false' }, [
    icon('filter'),
  ]);
  const toggle = (): void => {
    if (panel.isOpen) panel.close();
    else panel.open(diagram.view.filter, diagram.whole);
    button.setAttribute('aria-expanded', String(panel.isOpen));
  };
  button.addEventListener('click', toggle);
  diagram.parts.bar.append(button, chips.root);
  program.onViewChange.push(() => {
    chips.show(diagram.view, diagram.whole);
    panel.update(diagram.view.filter, diagram.whole);
    button.setAttribute('aria-expanded', String(panel.isOpen));
  });

  const hide = (table: string): Promise<void> => {
    const { filter } = diagram.view;
    return arranging.changeView(
      { filter: { ...filter, hidden: [...filter.hidden, table], revealed: filter.revealed.filter((id) => id !== table) } },
      'keep',
    );
  };
  return {
    root: panel.root,
    receive(message) {
      if (message.type !== 'open' || message.view.kind !== 'neighbours') return;
      const { entity } = message.view;
      const table = diagram.sent.tables.find(({ id, name }) => id === entity || name === entity);
      if (table) void arranging.changeView({ filter: emptyFilter, focus: { table: table.id, depth: 1 } });
    },
    searchItems: () => [{ icon: 'filter', label: 'Filter', hint: 'F', run: toggle }],
    menuItems(hit: Hit): MenuItem[] {
      if (hit.kind !== 'box' || diagram.mode === 'sidebar') return [];
      const { box } = hit;
      const hidden = box.table.hiddenNeighbours?.length ?? 0;
      const reveal: MenuItem = {
        icon: 'add',
        label: `Show ${hidden === 1 ? 'Its Hidden Neighbour' : `Its ${hidden} Hidden Neighbours`}`,
        hint: 'N',
        run: () => revealNeighbours(program, box),
      };
      return [...(hidden > 0 ? [reveal] : []), { icon: 'eye-closed', label: 'Hide', hint: 'Delete', run: () => void hide(box.id) }];
    },
    key(event) {
      if (diagram.mode === 'sidebar') return false;
      const box = diagram.findBox(diagram.stage.interaction.selected);
      if (event.key === 'f') toggle();
      else if (event.key === 'Delete' && box) {
        const related = relatedTo(diagram.picture.scene, box.id);
        void hide(box.id).then(() => goToNearest(program, box, related));
      } else if (event.key === 'n' && box?.table.hiddenNeighbours) revealNeighbours(program, box);
      else return false;
      return true;
    },
  };
}

function relatedTo({ edgesOf }: Scene, table: string): ReadonlySet<string> {
  return new Set((edgesOf.get(table) ?? []).flatMap(({ from, to }) => [from.box.id, to.box.id]));
}

/** As in a list, the keys go on beside what went, as far as that is in view: at a table that was related to it, where there is one. */
function goToNearest({ diagram }: DiagramProgram, gone: SceneBox, related: ReadonlySet<string>): void {
  const { area } = diagram.stage;
  const isInView = (box: SceneBox): boolean => {
    const { width, height } = boundsOf([area, box]);
    return width <= area.width && height <= area.height;
  };
  const inView = diagram.picture.boxIndex.query(area).filter(isInView);
  const nearest = (test: (box: SceneBox) => boolean): SceneBox | undefined => nearestTo(inView, centreOf(gone), test);
  const next = nearest(({ id }) => related.has(id)) ?? nearest(() => true);
  if (!next) return diagram.focusBack();
  diagram.selectTable(next.id, null, 'stay');
  diagram.focusMirror(next.id);
}

/** Shows the neighbours of a table that the view leaves out, beside what it shows already. */
export function revealNeighbours({ diagram, arranging }: DiagramProgram, { id, table }: SceneBox): void {
  const wanted = table.hiddenNeighbours ?? [];
  void arranging.changeView({ filter: revealTables(diagram.whole, diagram.view, wanted) }, 'keep').then(() => {
    diagram.selectTable(id, null, 'stay');
    diagram.focusMirror(id);
    const boxes = [id, ...wanted].flatMap((other) => diagram.findBox(other) ?? []);
    diagram.stage.revealAll(boxes);
  });
}
