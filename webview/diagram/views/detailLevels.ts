/** How much of each table is shown, what groups them, and whether junction tables are drawn: for the whole view, and for one relation. */
import { isGroup, type Grouping } from '../../../src/core/diagram/groupTables';
import type { Hit } from '../../../src/core/diagram/hitTest';
import type { DetailPin } from '../../../src/core/diagram/views/diagramView';
import { edgeOfJunction } from '../../../src/core/diagram/views/junctionTables';
import type { MenuItem } from '../menu';
import type { DiagramFeature, DiagramProgram } from '../program';

const details: readonly (readonly [pin: DetailPin, label: string])[] = [
  ['auto', 'Detail by Zoom'],
  ['all', 'All Columns'],
  ['keys', 'Keys Only'],
  ['names', 'Names Only'],
];

export function createDetailLevels({ diagram, arranging }: DiagramProgram): DiagramFeature {
  const toggleJunction = (edge: string): void => {
    const otherwise = new Set(diagram.view.junctionsOtherwise);
    if (!otherwise.delete(edge)) otherwise.add(edge);
    void arranging.changeView({ junctionsOtherwise: otherwise }, 'keep');
  };
  const regroup = (grouping: Grouping): void => {
    diagram.wholePositions = null;
    void arranging.changeView({ grouping, groups: new Map() });
  };
  return {
    toolbarItems(): MenuItem[] {
      const { detail, junctions } = diagram.view;
      const isGrouped = diagram.model.modules.some(isGroup);
      return [
        ...details.map(([pin, label]) => ({ icon: '', label, checked: detail === pin, run: () => void arranging.changeView({ detail: pin }) })),
        {
          icon: '',
          label: 'Junction Tables Folded',
          checked: junctions === 'folded',
          startsGroup: true,
          run: () => void arranging.changeView({ junctions: 'folded', junctionsOtherwise: new Set() }, 'keep'),
        },
        {
          icon: '',
          label: 'Junction Tables Drawn',
          checked: junctions === 'drawn',
          run: () => void arranging.changeView({ junctions: 'drawn', junctionsOtherwise: new Set() }, 'keep'),
        },
        {
          icon: '',
          label: 'Group by Folders',
          checked: !isGrouped,
          startsGroup: true,
          run: () => regroup('folders'),
        },
        { icon: '', label: 'Group by Relations', checked: isGrouped, run: () => regroup('relations') },
      ];
    },
    menuItems(hit: Hit): MenuItem[] {
      if (diagram.mode === 'sidebar') return [];
      if (hit.kind === 'edge' && hit.edge.edge.joinTable !== null && hit.edge.edge.joinColumns) {
        const { id } = hit.edge.edge;
        return [{ icon: 'unfold', label: 'Draw Its Junction Table', run: () => toggleJunction(id) }];
      }
      const folded = hit.kind === 'box' && hit.box.table.look === 'junction' ? edgeOfJunction(diagram.sent, hit.box.id) : undefined;
      return folded ? [{ icon: 'fold', label: 'Fold into Its Relation', run: () => toggleJunction(folded.id) }] : [];
    },
  };
}
