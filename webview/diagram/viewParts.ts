/** The parts of a view that are drawn by themselves, in CSS pixels: where the picture changed, what a shift uncovers, tiles of a whole one. */
import { intersects, type Rect, type Size } from '../../src/core/diagram/geometry';
import type { Camera } from './camera';
import type { Frame } from './drawFrame';
import { farNameReach } from './drawModuleName';

/** Sides of the tiles that the next picture is drawn in, in CSS pixels: small ones keep frames even. */
const tile: Size = { width: 320, height: 200 };
/** Sides of the squares, in CSS pixels, that are drawn anew where something in them changed. */
const square = 64;
/** Where more than this part of the view changed, drawing all of it costs no more. */
const mostlyChanged = 0.6;

/** The view's strips over some areas of the plane; null where they are most of it. */
export function stripsOver(areas: readonly Rect[], { camera, view, pixelRatio }: Frame): Rect[] | null {
  if (areas.length === 0) return [];
  const side = Math.ceil(square * pixelRatio) / pixelRatio;
  const columns = Math.ceil(view.width / side);
  const rows = Math.ceil(view.height / side);
  const changed = new Uint8Array(columns * rows);
  const visible = toPlaneRect(camera, { x: 0, y: 0, ...view });
  for (const area of areas) {
    if (!intersects(area, visible)) continue;
    // Far away marks and names are larger than their measure in the plane.
    const margin = farNameReach;
    const left = Math.max(0, Math.floor(((area.x - camera.x) * camera.scale - margin) / side));
    const right = Math.min(columns - 1, Math.floor(((area.x + area.width - camera.x) * camera.scale + margin) / side));
    const top = Math.max(0, Math.floor(((area.y - camera.y) * camera.scale - margin) / side));
    const bottom = Math.min(rows - 1, Math.floor(((area.y + area.height - camera.y) * camera.scale + margin) / side));
    for (let row = top; row <= bottom; row++) changed.fill(1, row * columns + left, row * columns + right + 1);
  }
  if (changed.reduce((sum, one) => sum + one, 0) > mostlyChanged * changed.length) return null;
  return runsOf(changed, columns).map(({ row, from, to }) => ({ x: from * side, y: row * side, width: (to - from) * side, height: side }));
}

/** Squares side by side, as one. */
function runsOf(changed: Uint8Array, columns: number): { row: number; from: number; to: number }[] {
  const runs: { row: number; from: number; to: number }[] = [];
  changed.forEach((isChanged, index) => {
    if (isChanged === 0) return;
    const [row, from] = [Math.floor(index / columns), index % columns];
    const last = runs.at(-1);
    if (last?.row === row && last.to === from) last.to++;
    else runs.push({ row, from, to: from + 1 });
  });
  return runs;
}

function toPlaneRect(camera: Camera, { width, height }: Rect): Rect {
  const margin = 8 / camera.scale;
  return { x: camera.x - margin, y: camera.y - margin, width: width / camera.scale + 2 * margin, height: height / camera.scale + 2 * margin };
}

/** The tiles of a view, the middle ones last: they are taken from the end. */
export function tilesOf(view: Size, pixelRatio: number): Rect[] {
  const tiles: Rect[] = [];
  // Whole device pixels, so that tiles meet without a seam.
  const width = Math.ceil(tile.width * pixelRatio) / pixelRatio;
  const height = Math.ceil(tile.height * pixelRatio) / pixelRatio;
  for (let x = 0; x < view.width; x += width) {
    for (let y = 0; y < view.height; y += height) {
      tiles.push({ x, y, width: Math.min(width, view.width - x), height: Math.min(height, view.height - y) });
    }
  }
  const distance = (part: Rect): number => Math.hypot(part.x + part.width / 2 - view.width / 2, part.y + part.height / 2 - view.height / 2);
  return tiles.sort((a, b) => distance(b) - distance(a));
}

/** The parts of the view, in CSS pixels, that a shift uncovers; a pixel more, so that antialiased borders meet. */
export function exposedStrips(shift: { readonly x: number; readonly y: number }, { width, height }: Size, pixelRatio: number): Rect[] {
  const strips: Rect[] = [];
  const dx = Math.abs(shift.x) / pixelRatio + 1;
  const dy = Math.abs(shift.y) / pixelRatio + 1;
  if (shift.x !== 0) strips.push({ x: shift.x > 0 ? 0 : width - dx, y: 0, width: dx, height });
  if (shift.y !== 0) strips.push({ x: 0, y: shift.y > 0 ? 0 : height - dy, width, height: dy });
  return strips;
}
