/** The whole diagram as a file, from the same scene and painter as the screen. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import { inflate } from '../../src/core/diagram/geometry';
import { paintScene } from '../../src/core/diagram/paintScene';
import { sceneToSvg } from '../../src/core/diagram/writeSvg';
import type { MeasureText } from '../../src/core/diagram/tableShape';
import { createCanvasPainter } from './canvasPainter';
import type { Picture } from './picture';

/** Browsers refuse canvases beyond about this many pixels along a side or in total. */
const maxSide = 16_000;
const maxPixels = 120_000_000;
const margin = 24;

/** SVG text, base64. */
export async function exportSvg(picture: Picture, colours: DiagramColours, measure: MeasureText, fontFamily: string): Promise<string> {
  const svg = sceneToSvg(picture.scene, colours, measure, { fontFamily, router: picture.router, heatOf: picture.heatOf });
  return toBase64(new Blob([svg], { type: 'image/svg+xml' }));
}

/** PNG at twice the size, or as large as the browser can make it, base64. */
export async function exportPng(picture: Picture, colours: DiagramColours, measure: MeasureText, fontFamily: string): Promise<string> {
  const area = inflate(picture.scene.bounds, margin);
  const scale = Math.min(2, maxSide / Math.max(area.width, area.height), Math.sqrt(maxPixels / (area.width * area.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(area.width * scale);
  canvas.height = Math.ceil(area.height * scale);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('The window has no canvas.');
  context.fillStyle = colours.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  paintScene(createCanvasPainter(context, fontFamily, measure), picture.scene, colours, picture.router, picture.heatOf);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('The picture is too large for this window.');
  return toBase64(blob);
}

function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read.'));
    reader.readAsDataURL(blob);
  });
}
