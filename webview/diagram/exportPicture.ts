/** The whole diagram as a file, from the same scene and painter as the screen; written in steps, since large ones take seconds. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import { inflate, type Rect } from '../../src/core/diagram/geometry';
import { countItems, sceneItems, type SceneItem } from '../../src/core/diagram/paintScene';
import type { EdgeRouter } from '../../src/core/diagram/routeEdges';
import type { Scene, SceneEdge } from '../../src/core/diagram/scene';
import { createSpatialIndex } from '../../src/core/diagram/spatialIndex';
import { svgInSteps } from '../../src/core/diagram/writeSvg';
import type { MeasureText } from '../../src/core/diagram/tableShape';
import { createCanvasPainter } from './canvasPainter';

/** Browsers refuse canvases beyond about this many pixels along a side or in total. */
const maxSide = 16_000;
const maxPixels = 120_000_000;
const margin = 24;
/** Side of the squares that a large picture is painted in, in pixels. */
const tile = 512;
/** Lines of text that are joined at once. */
const linesAtOnce = 4000;

/** What is exported. The router must be the export's own: the screen's goes over to the next picture. */
interface Exported {
  readonly scene: Scene;
  readonly router: EdgeRouter;
  readonly colours: DiagramColours;
  readonly measure: MeasureText;
  readonly fontFamily: string;
  heatOf(edge: SceneEdge): EdgeHeat | null;
}

/** Writes a picture in steps that tell how far it is (0–1). */
export type PictureExport = (exported: Exported) => Generator<number, Promise<Blob>>;

export const exportSvg: PictureExport = function* (exported) {
  const { scene, colours, measure } = exported;
  const lines = yield* svgInSteps(scene, colours, measure, exported);
  const texts: string[] = [];
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const stretch = lines.slice(from, from + linesAtOnce);
    texts.push(stretch.join('\n'), from + linesAtOnce < lines.length ? '\n' : '');
    yield 1;
  }
  return Promise.resolve(new Blob(texts, { type: 'image/svg+xml' }));
};

/** At twice the size, or as large as the browser can make it. */
export const exportPng: PictureExport = function* (exported) {
  const { scene, colours, fontFamily, measure } = exported;
  const area = inflate(scene.bounds, margin);
  const scale = Math.min(2, maxSide / Math.max(area.width, area.height), Math.sqrt(maxPixels / (area.width * area.height)));
  const items: SceneItem[] = [];
  const count = countItems(scene);
  for (const item of sceneItems(scene, exported)) yield (items.push(item) / count) * 0.4;
  const index = createSpatialIndex(items, (item) => item.area);
  const whole = createCanvas(Math.ceil(area.width * scale), Math.ceil(area.height * scale));
  const tiles = tilesOf(whole.canvas.width, whole.canvas.height);
  for (const [done, { x, y, width, height }] of tiles.entries()) {
    // Each is painted on a canvas of its own: a canvas draws nothing before it is asked for its content, and then everything at once.
    const piece = createCanvas(width, height);
    piece.fillStyle = colours.background;
    piece.fillRect(0, 0, width, height);
    piece.setTransform(scale, 0, 0, scale, -area.x * scale - x, -area.y * scale - y);
    const painter = createCanvasPainter(piece, fontFamily, measure);
    const shown = { x: area.x + x / scale, y: area.y + y / scale, width: width / scale, height: height / scale };
    for (const item of index.query(shown)) item.paint(painter);
    whole.drawImage(piece.canvas, x, y);
    yield 0.4 + (0.6 * (done + 1)) / tiles.length;
  }
  return new Promise<Blob>((resolve, reject) => {
    whole.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for this window.'))), 'image/png');
  });
};

function createCanvas(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('The window has no canvas.');
  return context;
}

function tilesOf(width: number, height: number): Rect[] {
  const tiles: Rect[] = [];
  for (let y = 0; y < height; y += tile) {
    for (let x = 0; x < width; x += tile) tiles.push({ x, y, width: Math.min(tile, width - x), height: Math.min(tile, height - y) });
  }
  return tiles;
}

/** A file's content as the editor is sent it. */
export function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read.'));
    reader.readAsDataURL(blob);
  });
}
