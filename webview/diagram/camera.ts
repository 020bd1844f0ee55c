/** Which part of the plane the view shows. Immutable: gestures make new ones. */
import type { Point, Rect, Size } from '../../src/core/diagram/geometry';
import { maxScale, minScale } from '../../src/core/diagram/detail';

export interface Camera extends Point {
  /** Screen pixels per unit; x and y are the plane's point at the view's top left. */
  readonly scale: number;
}

export function toPlane(camera: Camera, { x, y }: Point): Point {
  return { x: camera.x + x / camera.scale, y: camera.y + y / camera.scale };
}

export function toScreen(camera: Camera, { x, y }: Point): Point {
  return { x: (x - camera.x) * camera.scale, y: (y - camera.y) * camera.scale };
}

/**
 * Where the plane's origin lies on the canvas, in whole device pixels. What is drawn in parts, or shifted, asks here: rounding the camera's own
 * numbers would put halves a pixel further.
 */
export function originOnCanvas({ scale, x, y }: Camera, pixelRatio: number): Point {
  const zoom = scale * pixelRatio;
  return { x: Math.round(-x * zoom), y: Math.round(-y * zoom) };
}

export function visibleArea(camera: Camera, view: Size): Rect {
  return { x: camera.x, y: camera.y, width: view.width / camera.scale, height: view.height / camera.scale };
}

export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x + dx / camera.scale, y: camera.y + dy / camera.scale };
}

/** Zooms while the plane's point under the given screen point stays where it is. */
export function zoomAt(camera: Camera, factor: number, { x, y }: Point): Camera {
  const scale = Math.min(maxScale, Math.max(minScale, camera.scale * factor));
  return { scale, x: camera.x + x / camera.scale - x / scale, y: camera.y + y / camera.scale - y / scale };
}

/** Shows a rectangle as large as the view allows, at most at `largest`, with room at the edges for the controls. */
export function fitRect(rect: Rect, view: Size, largest = 1, { top, side, bottom }: Insets = { top: 56, side: 20, bottom: 32 }): Camera {
  const room = { width: Math.max(40, view.width - 2 * side), height: Math.max(40, view.height - top - bottom) };
  const scale = Math.max(minScale, Math.min(largest, room.width / Math.max(1, rect.width), room.height / Math.max(1, rect.height)));
  const centre = centreOn({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }, view, scale);
  return { ...centre, y: centre.y - (top - bottom) / 2 / scale };
}

/** Screen pixels that controls take at the view's borders. */
export interface Insets {
  readonly top: number;
  readonly side: number;
  readonly bottom: number;
}

export function centreOn({ x, y }: Point, view: Size, scale: number): Camera {
  return { scale, x: x - view.width / 2 / scale, y: y - view.height / 2 / scale };
}
