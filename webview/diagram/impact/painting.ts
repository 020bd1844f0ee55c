/** Shows markings on the diagram and in its mirror, and brings what is marked into view beside the side panel. */
import { boundsOf } from '../../../src/core/diagram/geometry';
import { fitRect, toScreen, type Camera } from '../camera';
import type { Diagram } from '../diagram';
import type { Markings } from './markings';

/** What the side panel, and that of the paths, covers. */
const panelWidth = 384;
const insets = { top: 60, side: 40, bottom: 40 };
/** Smaller letters are not read but guessed. */
const readableScale = 0.3;

export function showMarkings(diagram: Diagram, markings: Markings | null): void {
  diagram.stage.showMarkings(markings);
  diagram.parts.mirror.tellMarkings(markings);
  diagram.updateMirror();
}

export interface Look {
  /** Has the tables stand in the part of the view that the side panel leaves free; moves nothing where they do already. */
  at(tables: Iterable<string>): void;
  /** Looks where one looked before, unless one went elsewhere meanwhile. */
  back(): void;
}

export function createLook(diagram: Diagram): Look {
  const { stage } = diagram;
  let before: Camera | null = null;
  let chosen: Camera | null = null;
  return {
    at(tables) {
      const boxes = [...tables].flatMap((id) => diagram.findBox(id) ?? []);
      if (boxes.length === 0) return;
      // A view that the panel nearly fills is used whole: what lies behind can be seen when the panel is closed.
      if (stage.view.width < 2 * panelWidth) return stage.revealAll(boxes);
      const bounds = boundsOf(boxes);
      const { x, y } = toScreen(stage.camera, bounds);
      const { scale } = stage.camera;
      const fits =
        x >= panelWidth && y >= insets.top && x + bounds.width * scale <= stage.view.width && y + bounds.height * scale <= stage.view.height;
      if (fits && scale >= readableScale) return;
      const free = { width: stage.view.width - panelWidth, height: stage.view.height };
      const camera = fitRect(bounds, free, 1, insets);
      if (stage.camera !== chosen) before = stage.camera;
      chosen = { ...camera, x: camera.x - panelWidth / camera.scale };
      stage.glideTo(chosen);
    },
    back() {
      if (before && stage.camera === chosen) stage.glideTo(before);
      before = null;
      chosen = null;
    },
  };
}
