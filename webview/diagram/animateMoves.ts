/** Tables that an edit moved glide to their new places, so that the eye finds them again. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { prefersReducedMotion } from '../shared/theme';
import type { Diagram } from './diagram';
import { movedBetween, placesBetween } from '../../src/core/diagram/placesBetween';

const glideMs = 150;
/** The picture is put together anew with each frame: beyond this many tables that takes longer than a frame may. */
const mostTables = 500;

/** Plays the way from where tables stood to where they stand now; the positions themselves are the new ones when it ends, or is disturbed. */
export function animateMoves(diagram: Diagram, before: Positions): void {
  const after = diagram.positions;
  const isPractical = diagram.model.tables.length <= mostTables && !prefersReducedMotion();
  if (!isPractical || movedBetween(before, after).length === 0) return;
  const start = performance.now();
  let shown = after;
  const step = (now: number): void => {
    // Somebody dragged a table or another layout came: what they see is theirs.
    if (diagram.positions !== shown) {
      diagram.stage.dragging = false;
      return;
    }
    const elapsed = Math.min(1, Math.max(0, (now - start) / glideMs));
    shown = elapsed === 1 ? after : placesBetween(before, after, 1 - (1 - elapsed) ** 3);
    diagram.positions = shown;
    // No routes are computed for places that last one frame.
    diagram.stage.dragging = elapsed < 1;
    diagram.rebuildPicture();
    if (elapsed < 1) requestAnimationFrame(step);
  };
  step(start);
}
