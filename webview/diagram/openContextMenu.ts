/** The context menu: the diagram's own items, then those of each feature. */
import type { Point } from '../../src/core/diagram/geometry';
import type { Hit } from '../../src/core/diagram/hitTest';
import { contextMenuOf } from './contextMenu';
import { openTable } from './openSourceOf';
import type { DiagramProgram } from './program';

export function openContextMenu({ diagram, arranging, searching, commands, features }: DiagramProgram, pointedAt: Hit, at: Point): void {
  const hit = pointedAt.kind === 'hidden-mark' ? ({ kind: 'box', box: pointedAt.box, row: null } as const) : pointedAt;
  const { parts, mode, root, stage } = diagram;
  parts.tooltip.hide();
  if (hit.kind === 'box') diagram.selectTable(hit.box.id, hit.row?.property ?? null, 'stay');
  const own = contextMenuOf(hit, mode, {
    open: (box, property) => openTable(diagram, box, property),
    show: (part) => void arranging.changeView(part),
    findPaths: (from) => searching.open(from),
    search: () => searching.open(null),
    fit: () => stage.fit(),
    steps: () => commands.steps(),
  });
  parts.menu.open([...own, ...features.flatMap((feature) => feature.menuItems?.(hit, at) ?? [])], at, root);
}
