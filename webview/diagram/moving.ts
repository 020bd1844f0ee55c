/** Moving by hand: a table, or a whole module by its header with all that stands in it. */
import type { Point } from '../../src/core/diagram/geometry';
import type { Hit } from '../../src/core/diagram/hitTest';
import { moduleHeader } from '../../src/core/diagram/layoutDiagram';
import { toPlane, type Camera } from './camera';
import type { Diagram } from './diagram';

/** A module's header must be this high on the screen to be taken hold of; below, dragging the ground is what one means. */
const leastGripHeight = 10;

/** Ids of the tables that dragging what lies at a point moves; none where it moves nothing. */
export function movedFrom(diagram: Diagram, hit: Hit, at: Point): readonly string[] {
  if (diagram.mode === 'sidebar') return [];
  if (hit.kind === 'box') return [hit.box.id];
  return hit.kind === 'module' && isOnHeader(hit.module, at, diagram.stage.camera) ? tablesOfModule(diagram, hit.module.id) : [];
}

function isOnHeader({ y }: Point, at: Point, camera: Camera): boolean {
  return moduleHeader * camera.scale >= leastGripHeight && toPlane(camera, at).y < y + moduleHeader;
}

/** Those of a module that are shown. */
export function tablesOfModule({ model }: Diagram, module: string): readonly string[] {
  return model.tables.filter((table) => table.module === module).map(({ id }) => id);
}

/** Moves tables by so much, in the diagram's plane, and draws them there. */
export function moveTables(diagram: Diagram, ids: readonly string[], { x, y }: Point): void {
  const positions = new Map(diagram.positions);
  for (const id of ids) {
    const corner = positions.get(id);
    if (corner) positions.set(id, { x: corner.x + x, y: corner.y + y });
  }
  diagram.positions = positions;
  diagram.rebuildPicture();
}

/** What was dragged comes to rest on whole units, which a views file can say in few digits. */
export function settleTables(diagram: Diagram, ids: readonly string[]): void {
  const positions = new Map(diagram.positions);
  for (const id of ids) {
    const corner = positions.get(id);
    if (corner) positions.set(id, { x: Math.round(corner.x), y: Math.round(corner.y) });
  }
  diagram.positions = positions;
  diagram.rebuildPicture();
}
