/** Cameras on whole device pixels, so that pieces of a picture that are drawn apart fit together. */
import type { Point } from '../../src/core/diagram/geometry';
import { originOnCanvas, type Camera } from './camera';

/** The camera whose origin lies on a whole device pixel, where drawFrame puts it. */
export function snapped(camera: Camera, pixelRatio: number): Camera {
  return cameraAt(camera, pixelRatio, 0, 0);
}

/** The camera that shows at its top left what is so many device pixels right of and below the given one's. */
export function cameraAt(camera: Camera, pixelRatio: number, right: number, down: number): Camera {
  const zoom = camera.scale * pixelRatio;
  const origin = originOnCanvas(camera, pixelRatio);
  return { scale: camera.scale, x: (right - origin.x) / zoom, y: (down - origin.y) / zoom };
}

/** Whether what two cameras show is less than a pixel apart. */
export function isAt(a: Camera, b: Camera): boolean {
  const near = (one: number, other: number): boolean => Math.abs(one - other) * a.scale < 1;
  return a.scale === b.scale && near(a.x, b.x) && near(a.y, b.y);
}

/** How far the picture moves on the canvas, in device pixels; whole ones, since drawFrame rounds its origin. */
export function shiftBetween(from: Camera, to: Camera, pixelRatio: number): Point {
  const [origin, before] = [originOnCanvas(to, pixelRatio), originOnCanvas(from, pixelRatio)];
  return { x: origin.x - before.x, y: origin.y - before.y };
}
