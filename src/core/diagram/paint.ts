/**
 * Draws a scene's parts with a painter: the canvas, the SVG writer. All pictures come from here, so they cannot differ.
 */
import { moduleColoursAt, type DiagramColours } from './colours';
import type { EdgeEnd, EdgeHeat } from './diagramModel';
import type { Point, Rect } from './geometry';
import { modulePadding } from './layoutDiagram';
import { paintProblem, problemsOf, severities } from './problemMarks';
import { segmentsOf } from './segments';
import type { SceneEdge, SceneModule } from './scene';
import { fitText, type MeasureText, type TextStyle } from './tableShape';

export interface RectStyle {
  readonly fill?: string;
  readonly stroke?: string;
  readonly lineWidth?: number;
  readonly radius?: number;
  /** Only the upper corners are round. */
  readonly topOnly?: boolean;
  readonly dash?: readonly number[];
}

interface LineStyle {
  readonly stroke: string;
  readonly lineWidth: number;
  readonly dash?: readonly number[];
  /** Radius of rounded corners. */
  readonly radius?: number;
  readonly fill?: string;
}

interface TextOptions {
  readonly colour: string;
  readonly align?: 'left' | 'right' | 'centre';
}

/** Where pictures are painted. Texts are placed by the middle of their line. */
export interface Painter {
  rect(rect: Rect, style: RectStyle): void;
  line(points: readonly Point[], style: LineStyle): void;
  circle(centre: Point, radius: number, style: { readonly fill?: string; readonly stroke: string; readonly lineWidth: number }): void;
  text(text: string, at: Point, style: TextStyle, options: TextOptions): void;
  measure: MeasureText;
}

/** Sizes in pixels at zoom 1. */
export const fonts: Readonly<Record<TextStyle, { readonly size: number; readonly weight: 400 | 600 }>> = {
  name: { size: 13, weight: 600 },
  note: { size: 11.5, weight: 400 },
  label: { size: 13, weight: 400 },
  type: { size: 12, weight: 400 },
  mark: { size: 10.5, weight: 600 },
  module: { size: 13, weight: 600 },
  edge: { size: 11.5, weight: 400 },
};

export function paintModule(painter: Painter, module: SceneModule, colours: DiagramColours): void {
  const own = moduleColoursAt(colours, module.colour);
  painter.rect(module, { fill: own.container, stroke: own.containerBorder, lineWidth: 1, radius: 8 });
  const name = fitText(module.name, module.width - 24, 'module', painter.measure);
  const x = moduleNameX(module, painter.measure(name, 'module'), 16);
  painter.text(name, { x, y: module.y + 19 }, 'module', { colour: own.containerText });
}

/**
 * Where a module's name begins: above its tables, since edges run up and down beside them; nearer to its frame where it is too long for that.
 * @param margin least distance from the frame
 */
export function moduleNameX({ x, width }: Rect, textWidth: number, margin: number): number {
  return x + Math.max(margin, Math.min(modulePadding, width - margin - textWidth));
}

export type EdgeEmphasis = 'normal' | 'active' | 'dimmed';

export function paintEdge(
  painter: Painter,
  edge: SceneEdge,
  points: readonly Point[],
  colours: DiagramColours,
  emphasis: EdgeEmphasis = 'normal',
  heat: EdgeHeat | null = null,
): void {
  const stroke = edgeColour(colours, emphasis, heat);
  const lineWidth = heat?.warning === true || emphasis === 'active' ? 2 : 1.25;
  const inheritance = edge.edge.kind === 'inheritance';
  painter.line(points, { stroke, lineWidth, radius: 6, ...(inheritance ? { dash: [6, 4] } : {}) });
  const first = points[0];
  const second = points[1];
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  if (!first || !second || !last || !beforeLast) return;
  if (inheritance) {
    paintTriangle(painter, last, directionOf(last, beforeLast), stroke, colours);
    return;
  }
  paintCrowsFoot(painter, first, directionOf(first, second), edge.from.end, stroke, lineWidth, colours);
  // The owning side, which holds the foreign key or names the junction table, is where the edge is tied on.
  painter.circle(first, 2.75, { fill: stroke, stroke, lineWidth: 1 });
  paintCrowsFoot(painter, last, directionOf(last, beforeLast), edge.to.end, stroke, lineWidth, colours);
  paintEdgeProblem(painter, edge, first, second, colours);
}

/** The gravest problem of the relation, on the edge near its owning side. */
function paintEdgeProblem(painter: Painter, edge: SceneEdge, first: Point, second: Point, colours: DiagramColours): void {
  const problems = problemsOf(edge);
  const severity = severities.find((candidate) => problems.some((problem) => problem.severity === candidate));
  if (!severity) return;
  const { x, y } = directionOf(first, second);
  const at = { x: first.x + x * 30, y: first.y + y * 30 };
  painter.circle(at, 9, { fill: colours.background, stroke: colours.background, lineWidth: 1 });
  paintProblem(painter, at, severity, colours);
}

function edgeColour(colours: DiagramColours, emphasis: EdgeEmphasis, heat: EdgeHeat | null): string {
  if (heat?.warning === true) return colours.heat;
  return emphasis === 'active' ? colours.edgeActive : colours.edge;
}

function directionOf(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

/** The maximum stands at the box (prongs or bar), the minimum behind it (ring or bar). */
function paintCrowsFoot(
  painter: Painter,
  at: Point,
  direction: Point,
  end: EdgeEnd,
  stroke: string,
  lineWidth: number,
  colours: DiagramColours,
): void {
  const along = (distance: number, across = 0): Point => ({
    x: at.x + direction.x * distance - direction.y * across,
    y: at.y + direction.y * distance + direction.x * across,
  });
  const style = { stroke, lineWidth };
  if (end.max === 'many') {
    painter.line([along(0, -5.5), along(11), along(0, 5.5)], style);
    if (end.optional) painter.circle(along(14.5), 3.5, { ...style, fill: colours.background });
    else painter.line([along(15, -4.5), along(15, 4.5)], style);
    return;
  }
  painter.line([along(7, -4.5), along(7, 4.5)], style);
  if (end.optional) painter.circle(along(14), 3.5, { ...style, fill: colours.background });
  else painter.line([along(11, -4.5), along(11, 4.5)], style);
}

function paintTriangle(painter: Painter, at: Point, direction: Point, stroke: string, colours: DiagramColours): void {
  const across = { x: -direction.y, y: direction.x };
  const base = { x: at.x + direction.x * 12, y: at.y + direction.y * 12 };
  const left = { x: base.x + across.x * 6, y: base.y + across.y * 6 };
  const right = { x: base.x - across.x * 6, y: base.y - across.y * 6 };
  painter.line([at, left, right, at], { stroke, lineWidth: 1.25, fill: colours.background });
}

/**
 * Where an edge's pill sits: in the middle of a stretch with the room for it, the longest one, or as near to its middle as it covers no box. Rather
 * on a stretch that touches no box, since edges of one row share those.
 */
function pillPlace(points: readonly Point[], isLoop: boolean, width: number, coversNothing: (pill: Rect) => boolean): Rect {
  const all = segmentsOf(points);
  const inner = all.slice(1, -1);
  const stretches = (isLoop ? inner : all).map(({ a, b }, index) => {
    const flat = a.y === b.y;
    // Along a flat stretch the pill leaves the crow's feet uncovered; an upright one it may hang over on both sides.
    const room = flat ? Math.abs(a.x - b.x) - width - 2 * footLength : Math.abs(a.y - b.y) - pillHeight;
    const isInner = isLoop || (index > 0 && index < all.length - 1);
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, flat, room, isInner };
  });
  const byRoom = stretches.sort((one, other) => other.room - one.room);
  const roomy = byRoom.filter(({ room }) => room >= 0);
  for (const { middle, flat, room } of [...roomy.filter(({ isInner }) => isInner), ...roomy.filter(({ isInner }) => !isInner)]) {
    for (const aside of fromTheMiddle(room / 2)) {
      const pill = around(flat ? { x: middle.x + aside, y: middle.y } : { x: middle.x, y: middle.y + aside }, width);
      if (coversNothing(pill)) return pill;
    }
  }
  return around(byRoom[0]?.middle ?? points[0] ?? { x: 0, y: 0 }, width);
}

/** 0 and then ever farther to both sides, as far as there is room. */
function fromTheMiddle(room: number): number[] {
  const steps = Math.min(mostSteps, Math.floor(room / pillStep));
  return [0, ...Array.from({ length: steps }, (_, index) => (index + 1) * pillStep).flatMap((aside) => [aside, -aside])];
}

/** Finer than the space between two tables, less the pill's height. */
const pillStep = 8;
/** An edge along a whole diagram is not searched to its ends. */
const mostSteps = 40;

function around({ x, y }: Point, width: number): Rect {
  return { x: x - width / 2, y: y - pillHeight / 2, width, height: pillHeight };
}

/** Length of a crow's foot with its ring. */
const footLength = 18;
const pillHeight = 22;

/** Text of an edge's pill: what was measured goes before the junction table's name. Null where there is nothing to say. */
function pillText(edge: SceneEdge, heat: EdgeHeat | null): string | null {
  if (heat) return `${heat.loads} ${heat.loads === 1 ? 'load' : 'loads'} · ${formatMs(heat.dbTimeMs)}`;
  return edge.edge.joinTable;
}

export function formatMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/**
 * The rectangle of an edge's pill, or null where it has none.
 * @param coversNothing whether no box lies there
 */
export function pillRect(
  edge: SceneEdge,
  points: readonly Point[],
  heat: EdgeHeat | null,
  measure: MeasureText,
  coversNothing: (pill: Rect) => boolean = () => true,
): Rect | null {
  const text = pillText(edge, heat);
  if (text === null) return null;
  return pillPlace(points, edge.from.box === edge.to.box, Math.min(240, measure(text, 'edge') + 22), coversNothing);
}

export function paintPill(
  painter: Painter,
  edge: SceneEdge,
  rect: Rect,
  colours: DiagramColours,
  emphasis: EdgeEmphasis,
  heat: EdgeHeat | null,
): void {
  const hot = heat?.warning === true;
  const stroke = hot ? colours.heat : emphasis === 'active' ? colours.edgeActive : colours.border;
  painter.rect(rect, { fill: hot ? colours.heatSurface : colours.surface, stroke, lineWidth: 1, radius: pillHeight / 2 });
  const text = fitText(pillText(edge, heat) ?? '', rect.width - 16, 'edge', painter.measure);
  painter.text(text, { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }, 'edge', {
    colour: hot ? colours.heatText : colours.secondary,
    align: 'centre',
  });
}

/**
 * Names of the relations' fields beside the edges' ends, shown while the edges are active. Those of ends at one place stand side by side.
 * @param except table that gets no names
 * @param boxesIn the tables in an area
 */
export function paintFieldNames(
  painter: Painter,
  edges: readonly { readonly edge: SceneEdge; readonly points: readonly Point[] }[],
  colours: DiagramColours,
  except: string | null,
  boxesIn: (area: Rect) => readonly Rect[],
): void {
  const ends = edges.flatMap(({ edge: { from, to }, points }) => [namedEnd(from, points[0], points[1]), namedEnd(to, points.at(-1), points.at(-2))]);
  for (const { at, rightward, names } of joinNeighbours(ends.flatMap((end) => (end && end.table !== except ? [end] : [])))) {
    const placed = (count: number): { readonly text: string; readonly rect: Rect } => {
      const text = names.slice(0, count).join(' · ') + (count < names.length ? ` +${names.length - count}` : '');
      const width = painter.measure(text, 'edge') + 8;
      return { text, rect: { x: rightward ? at.x + 6 : at.x - 6 - width, y: at.y - 24, width, height: 16 } };
    };
    let count = names.length > mostNames ? mostNames - 1 : names.length;
    while (count > 1 && boxesIn(placed(count).rect).length > 0) count--;
    const { text, rect } = placed(count);
    painter.rect(rect, { fill: colours.background, radius: 3 });
    painter.text(text, { x: rect.x + 4, y: rect.y + 8 }, 'edge', { colour: colours.edgeActive });
  }
}

/** More names at one place, and those that would cover another table, are counted. */
const mostNames = 4;
/** Ends that are nearer to each other than this have one label: two would cover each other. */
const labelHeight = 17;

interface NamedEnd {
  readonly table: string;
  readonly property: string;
  readonly at: Point;
  readonly rightward: boolean;
}

function namedEnd({ box, end: { property } }: SceneEdge['from'], at: Point | undefined, next: Point | undefined): NamedEnd | null {
  return property === null || !at || !next ? null : { table: box.id, property, at, rightward: next.x >= at.x };
}

function joinNeighbours(ends: readonly NamedEnd[]): { at: Point; rightward: boolean; names: string[] }[] {
  const joined: { at: Point; rightward: boolean; names: string[] }[] = [];
  for (const { at, rightward, property } of [...ends].sort((a, b) => a.at.y - b.at.y)) {
    const near = joined.find((other) => other.rightward === rightward && other.at.x === at.x && at.y - other.at.y < labelHeight);
    if (!near) joined.push({ at, rightward, names: [property] });
    else if (!near.names.includes(property)) near.names.push(property);
  }
  return joined;
}
