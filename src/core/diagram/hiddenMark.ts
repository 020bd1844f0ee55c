/** The mark on a table whose neighbours a view leaves out: `+3` on its lower edge. */
import type { DiagramColours } from './colours';
import type { Rect } from './geometry';
import type { Painter } from './paint';
import type { SceneBox } from './scene';

/** How far the mark reaches out of its box, downwards. */
export const hiddenMarkReach = 9;

/** Null where no neighbour is left out. */
export function hiddenMarkRect({ x, y, width, height, table }: SceneBox): Rect | null {
  if (!table.hiddenNeighbours || table.hiddenNeighbours.length === 0) return null;
  const wide = textOf(table.hiddenNeighbours.length).length * 7 + 12;
  return { x: x + width - wide - 10, y: y + height - hiddenMarkReach, width: wide, height: 2 * hiddenMarkReach };
}

export function paintHiddenMark(painter: Painter, box: SceneBox, colours: DiagramColours, isHovered: boolean): void {
  const rect = hiddenMarkRect(box);
  if (!rect) return;
  const colour = isHovered ? colours.edgeActive : colours.secondary;
  painter.rect(rect, { fill: colours.background, stroke: isHovered ? colours.edgeActive : colours.border, lineWidth: 1, radius: hiddenMarkReach });
  painter.text(textOf(box.table.hiddenNeighbours?.length ?? 0), { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }, 'mark', {
    colour,
    align: 'centre',
  });
}

function textOf(count: number): string {
  return `+${count}`;
}
