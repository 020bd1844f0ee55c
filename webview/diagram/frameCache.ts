/**
 * Draws as little as a gesture needs: panning shifts what is on the canvas and draws only the strips that came into view; zooming
 * over very many boxes scales the last whole frame until the gesture rests. Everything else draws a whole frame.
 */
import type { Painter } from '../../src/core/diagram/paint';
import type { Rect, Size } from '../../src/core/diagram/geometry';
import type { Camera } from './camera';
import { drawFrame, type Frame } from './drawFrame';

export interface FrameCache {
  /** Shows the frame. `unrested` is true where what is shown is a scaled stand-in, to be followed by `rest` soon. */
  draw(painter: Painter, frame: Frame): { readonly unrested: boolean };
  /** The next frame is drawn whole: something else than the camera changed. */
  invalidate(): void;
}

/** More boxes than this on the screen, and zooming shows a stand-in meanwhile. */
const manyBoxes = 350;
/** A stand-in that is scaled further than this shows too little. */
const furthestScaling = 2.2;

export function createFrameCache(context: CanvasRenderingContext2D): FrameCache {
  const { canvas } = context;
  let drawn: { readonly camera: Camera; readonly view: Size; readonly whole: boolean } | null = null;
  let standIn: { readonly camera: Camera; readonly image: HTMLCanvasElement } | null = null;

  const drawWhole = (painter: Painter, frame: Frame): { unrested: false } => {
    drawFrame(context, painter, frame, { x: 0, y: 0, ...frame.view });
    drawn = { camera: frame.camera, view: frame.view, whole: true };
    standIn = null;
    return { unrested: false };
  };

  return {
    invalidate() {
      drawn = null;
      standIn = null;
    },
    draw(painter, frame) {
      const { camera, view, pixelRatio, colours } = frame;
      if (!drawn || drawn.view.width !== view.width || drawn.view.height !== view.height) return drawWhole(painter, frame);
      if (drawn.camera.scale === camera.scale && drawn.whole) {
        const shift = shiftBetween(drawn.camera, camera, pixelRatio);
        if (shift.x === 0 && shift.y === 0) return { unrested: false };
        if (Math.abs(shift.x) > canvas.width / 2 || Math.abs(shift.y) > canvas.height / 2) return drawWhole(painter, frame);
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.globalCompositeOperation = 'copy';
        context.drawImage(canvas, shift.x, shift.y);
        context.globalCompositeOperation = 'source-over';
        for (const strip of exposedStrips(shift, view, pixelRatio)) drawFrame(context, painter, frame, strip);
        drawn = { camera, view, whole: true };
        standIn = null;
        return { unrested: false };
      }
      if (visibleBoxes(frame) < manyBoxes) return drawWhole(painter, frame);
      standIn ??= drawn.whole ? { camera: drawn.camera, image: copyOf(canvas) } : null;
      const scaling = standIn ? camera.scale / standIn.camera.scale : 0;
      if (!standIn || scaling > furthestScaling || scaling < 1 / furthestScaling) return drawWhole(painter, frame);
      const zoom = camera.scale * pixelRatio;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = colours.background;
      context.fillRect(0, 0, canvas.width, canvas.height);
      const left = (standIn.camera.x - camera.x) * zoom;
      const top = (standIn.camera.y - camera.y) * zoom;
      context.imageSmoothingEnabled = true;
      context.drawImage(standIn.image, left, top, standIn.image.width * scaling, standIn.image.height * scaling);
      drawn = { camera, view, whole: false };
      return { unrested: true };
    },
  };
}

/** How far the picture moves on the canvas, in device pixels; whole ones, since drawFrame rounds its origin. */
function shiftBetween(from: Camera, to: Camera, pixelRatio: number): { x: number; y: number } {
  const zoom = to.scale * pixelRatio;
  const origin = (value: number): number => Math.round(-value * zoom);
  return { x: origin(to.x) - origin(from.x), y: origin(to.y) - origin(from.y) };
}

/** The parts of the view, in CSS pixels, that a shift uncovers; a pixel more, so that antialiased borders meet. */
function exposedStrips(shift: { readonly x: number; readonly y: number }, { width, height }: Size, pixelRatio: number): Rect[] {
  const strips: Rect[] = [];
  const dx = Math.abs(shift.x) / pixelRatio + 1;
  const dy = Math.abs(shift.y) / pixelRatio + 1;
  if (shift.x !== 0) strips.push({ x: shift.x > 0 ? 0 : width - dx, y: 0, width: dx, height });
  if (shift.y !== 0) strips.push({ x: 0, y: shift.y > 0 ? 0 : height - dy, width, height: dy });
  return strips;
}

function visibleBoxes({ picture, camera, view }: Frame): number {
  const { bounds, boxes } = picture.scene;
  const area = (view.width * view.height) / camera.scale ** 2;
  // Boxes are spread evenly enough for a guess; counting them would cost what is to be saved.
  return boxes.length * Math.min(1, area / Math.max(1, bounds.width * bounds.height));
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0);
  return copy;
}
