/** The whole diagram as a file, from the same scene and painter as the screen; written in steps, since large ones take seconds. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import { inflate } from '../../src/core/diagram/geometry';
import { countItems, sceneItems, type SceneItem } from '../../src/core/diagram/paintScene';
import type { EdgeRouter } from '../../src/core/diagram/routeEdges';
import type { Scene, SceneEdge } from '../../src/core/diagram/scene';
import { createSpatialIndex } from '../../src/core/diagram/spatialIndex';
import { svgInSteps } from '../../src/core/diagram/writeSvg';
import type { MeasureText } from '../../src/core/diagram/tableShape';
import { createCanvasPainter } from './canvasPainter';
import { createPngEncoder, type PngTile } from './encodePng';

/** Larger pictures are refused by viewers, and by browsers. */
const maxSide = 16_000;
const maxPixels = 120_000_000;
const margin = 24;
/** Side of the squares that a picture is painted in, in pixels: a canvas draws nothing before it is asked for its content, and then everything at once. */
const tile = 320;
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

/** Writes a picture in steps that tell how far it is (0–1), or what they wait for. Gives the file's bytes, in pieces. */
export type PictureExport = (exported: Exported) => Generator<number | Promise<unknown>, Promise<readonly Uint8Array<ArrayBuffer>[]>>;

export const exportSvg: PictureExport = function* (exported) {
  const { scene, colours, measure } = exported;
  const lines = yield* svgInSteps(scene, colours, measure, exported);
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const stretch = lines.slice(from, from + linesAtOnce);
    pieces.push(encoder.encode(stretch.join('\n') + (from + linesAtOnce < lines.length ? '\n' : '')));
    yield 1;
  }
  return Promise.resolve(pieces);
};

/** At twice the size, or as large as the browser can make it. */
export const exportPng: PictureExport = function* (exported) {
  const { scene, colours, fontFamily, measure } = exported;
  const area = inflate(scene.bounds, margin);
  const scale = Math.min(2, maxSide / Math.max(area.width, area.height), Math.sqrt(maxPixels / (area.width * area.height)));
  const items: SceneItem[] = [];
  const count = countItems(scene);
  for (const item of sceneItems(scene, exported)) yield ((item === 'rest' ? items.length : items.push(item)) / count) * 0.4;
  const index = createSpatialIndex(items, (item) => item.area);
  const [width, height] = [Math.ceil(area.width * scale), Math.ceil(area.height * scale)];
  const png = createPngEncoder(width, height);
  const piece = createCanvas(Math.min(tile, width), Math.min(tile, height));
  const painter = createCanvasPainter(piece, fontFamily, measure);
  const paint = (x: number, y: number, columns: number, rows: number): PngTile => {
    piece.setTransform(1, 0, 0, 1, 0, 0);
    piece.fillStyle = colours.background;
    piece.fillRect(0, 0, columns, rows);
    piece.setTransform(scale, 0, 0, scale, -area.x * scale - x, -area.y * scale - y);
    const shown = { x: area.x + x / scale, y: area.y + y / scale, width: columns / scale, height: rows / scale };
    for (const item of index.query(shown)) item.paint(painter);
    return { x, width: columns, pixels: piece.getImageData(0, 0, columns, rows).data };
  };
  for (let y = 0; y < height; y += tile) {
    const rows = Math.min(tile, height - y);
    const tiles = startsOf(width).map((x) => () => paint(x, y, Math.min(tile, width - x), rows));
    for (const wait of png.addStrip(rows, inTurn(tiles))) yield wait ?? 0.4 + (0.6 * y) / height;
  }
  return png.finish();
};

function startsOf(length: number): number[] {
  return Array.from({ length: Math.ceil(length / tile) }, (_, index) => index * tile);
}

function* inTurn<Item>(makers: readonly (() => Item)[]): Generator<Item> {
  for (const make of makers) yield make();
}

function createCanvas(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('The window has no canvas.');
  return context;
}
