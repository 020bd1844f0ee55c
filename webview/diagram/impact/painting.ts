/** Shows markings on the diagram and in its mirror, and brings what is marked into view beside the side panel. */
import { boundsOf, type Rect } from '../../../src/core/diagram/geometry';
import { fitRect } from '../camera';
import type { Diagram } from '../diagram';
import type { Markings } from './markings';

/** What the side panel covers. */
const panelWidth = 384;

export function showMarkings(diagram: Diagram, markings: Markings | null): void {
  diagram.stage.showMarkings(markings);
  diagram.parts.mirror.tellMarkings(markings);
  diagram.updateMirror();
}

/** Moves the camera so that the tables stand in the part of the view that the panel leaves free. */
export function revealBeside(
  { stage, findBox }: Pick<Diagram, 'stage'> & { findBox: (id: string) => Rect | undefined },
  tables: Iterable<string>,
): void {
  const boxes = [...tables].map(findBox).filter((box) => box !== undefined);
  if (boxes.length === 0) return;
  // A view that the panel nearly fills is used whole: what lies behind can be seen when the panel is closed.
  if (stage.view.width < 2 * panelWidth) return stage.revealAll(boxes);
  const free = { width: stage.view.width - panelWidth, height: stage.view.height };
  const camera = fitRect(boundsOf(boxes), free, 1, { top: 60, side: 40, bottom: 40 });
  stage.glideTo({ ...camera, x: camera.x - (stage.view.width - free.width) / camera.scale });
}
