/** Paints markings over a frame: outlines with a sign on tables, bars on rows, coloured lines with a sign on edges. */
import type { Detail } from '../../../src/core/diagram/detail';
import type { Point } from '../../../src/core/diagram/geometry';
import type { SceneBox, SceneEdge } from '../../../src/core/diagram/scene';
import { rowCentre, rowHeight } from '../../../src/core/diagram/tableShape';
import { traceLine } from '../canvasPainter';
import { rowKey, type Mark, type Markings, type Tone } from './markings';

interface MarkedFrame {
  readonly markings: Markings;
  readonly markColours: Readonly<Record<Tone, string>>;
  readonly background: string;
  readonly scale: number;
  readonly fontFamily: string;
}

export function drawMarkedEdges(
  context: CanvasRenderingContext2D,
  frame: MarkedFrame,
  edges: readonly SceneEdge[],
  routeOf: (edge: SceneEdge) => readonly Point[],
): void {
  for (const edge of edges) {
    const mark = frame.markings.edges.get(edge.edge.id);
    if (!mark) continue;
    const points = routeOf(edge);
    context.strokeStyle = frame.markColours[mark.tone];
    context.lineWidth = atLeast(2.5, 2, frame.scale);
    context.setLineDash(mark.tone === 'removed' || mark.tone === 'refused' ? [8, 4] : []);
    context.beginPath();
    traceLine(context, points, 6);
    context.stroke();
    context.setLineDash([]);
    // A junction table's name keeps the middle of its edge.
    const middle = placeOn(points, edge.edge.joinTable === null ? 0.5 : 0.2);
    if (middle && frame.scale > 0.25) drawSign(context, frame, middle, mark, 8);
  }
}

export function drawMarkedBoxes(context: CanvasRenderingContext2D, frame: MarkedFrame, boxes: readonly SceneBox[], detail: Detail): void {
  for (const box of boxes) {
    const mark = frame.markings.tables.get(box.id);
    if (mark) drawOutline(context, frame, box, mark);
    if (detail === 'all' || detail === 'keys') drawMarkedRows(context, frame, box);
    if (mark) drawSign(context, frame, { x: box.x, y: box.y }, mark, 9);
  }
}

function drawOutline(context: CanvasRenderingContext2D, frame: MarkedFrame, box: SceneBox, mark: Mark): void {
  context.strokeStyle = frame.markColours[mark.tone];
  context.lineWidth = atLeast(2.5, 2, frame.scale);
  context.setLineDash(mark.tone === 'removed' ? [7, 4] : []);
  context.beginPath();
  context.roundRect(box.x - 2, box.y - 2, box.width + 4, box.height + 4, 7);
  context.stroke();
  context.setLineDash([]);
}

function drawMarkedRows(context: CanvasRenderingContext2D, frame: MarkedFrame, box: SceneBox): void {
  box.shape.rows.forEach(({ property }, index) => {
    const mark = property === null ? undefined : frame.markings.rows.get(rowKey(box.id, property));
    if (!mark) return;
    const y = box.y + rowCentre(index);
    context.fillStyle = frame.markColours[mark.tone];
    context.fillRect(box.x + 1, y - rowHeight / 2 + 2, 3, rowHeight - 4);
    if (mark.tone === 'removed') context.fillRect(box.x + 10, y, box.width - 20, 1);
    drawSign(context, frame, { x: box.x - 1, y }, mark, 7);
  });
}

/** A disc with the sign in it; never smaller than can be read. */
function drawSign(context: CanvasRenderingContext2D, frame: MarkedFrame, { x, y }: Point, { tone, sign }: Mark, size: number): void {
  const radius = atLeast(size, 6, frame.scale);
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fillStyle = frame.background;
  context.fill();
  context.strokeStyle = frame.markColours[tone];
  context.lineWidth = radius / 5;
  context.stroke();
  context.fillStyle = frame.markColours[tone];
  context.font = `700 ${radius * 1.5}px ${frame.fontFamily}`;
  context.textAlign = 'center';
  context.fillText(sign, x, y + radius * 0.08);
}

/** A length of the plane that is at least so many pixels on the screen. */
function atLeast(length: number, pixels: number, scale: number): number {
  return Math.max(length, pixels / scale);
}

/** A point part of the way along a line. */
function placeOn(points: readonly Point[], part: number): Point | null {
  const lengths = points.slice(1).map((point, index) => distance(points[index] ?? point, point));
  let left = lengths.reduce((sum, length) => sum + length, 0) * part;
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [points[index], points[index + 1]];
    if (!from || !to) break;
    if (left <= length && length > 0) return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    left -= length;
  }
  return points[0] ?? null;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
