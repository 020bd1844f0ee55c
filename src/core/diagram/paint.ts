/**
 * Draws a scene's parts with a painter: the canvas, the SVG writer. All pictures come from here, so they cannot differ.
 */
import type { DiagramColours } from './colours';
import type { EdgeEnd, EdgeHeat } from './diagramModel';
import type { Point, Rect } from './geometry';
import { segmentsOf } from './segments';
import type { SceneBox, SceneEdge, SceneModule } from './scene';
import { boxPadding, fitText, headerHeight, rowCentre, rowHeight, type KeyMark, type MeasureText, type TextStyle } from './tableShape';

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
  const own = moduleColours(colours, module.colour);
  painter.rect(module, { fill: own.container, stroke: own.containerBorder, lineWidth: 1, radius: 8 });
  const name = fitText(module.name, module.width - 24, 'module', painter.measure);
  painter.text(name, { x: module.x + 16, y: module.y + 19 }, 'module', { colour: own.containerText });
}

export interface BoxState {
  readonly selected: boolean;
  readonly hovered: boolean;
  /** Property path of the row under the pointer or marked from outside; null for none. */
  readonly property: string | null;
}

const restingBox: BoxState = { selected: false, hovered: false, property: null };

export function paintBox(painter: Painter, box: SceneBox, colours: DiagramColours, state: BoxState = restingBox): void {
  paintFrame(painter, box, colours, state);
  paintHeader(painter, box, colours);
  box.shape.rows.forEach((_, index) => paintRow(painter, box, index, colours, state));
}

/** Background, tinted header and border. */
export function paintFrame(painter: Painter, box: SceneBox, colours: DiagramColours, state: BoxState): void {
  const own = moduleColours(colours, box.colour);
  const { look } = box.table;
  painter.rect(box, { fill: colours.surface, radius: 5 });
  painter.rect({ x: box.x, y: box.y, width: box.width, height: headerHeight }, { fill: own.header, radius: 5, topOnly: box.shape.rows.length > 0 });
  if (colours.highContrast && box.shape.rows.length > 0) {
    painter.line(
      [
        { x: box.x, y: box.y + headerHeight },
        { x: box.x + box.width, y: box.y + headerHeight },
      ],
      { stroke: colours.border, lineWidth: 1 },
    );
  }
  const dash = look === 'view' ? { dash: [5, 3] } : look === 'child' ? { dash: [2, 2] } : {};
  const stroke = state.selected ? colours.selection : state.hovered ? colours.hover : colours.border;
  painter.rect(box, { stroke, lineWidth: state.selected ? 2 : 1, radius: 5, ...(state.selected ? {} : dash) });
  // A link entity is drawn with a doubled edge on its left, since it stands between two others.
  if (look === 'link')
    painter.rect({ x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6 }, { stroke, lineWidth: 0.5, radius: 3 });
}

function paintHeader(painter: Painter, box: SceneBox, colours: DiagramColours): void {
  const own = moduleColours(colours, box.colour);
  const { name, note } = box.shape;
  const y = box.y + headerHeight / 2;
  const problem = worstProblem(box, null);
  const right = box.x + box.width - boxPadding - (problem ? 16 : 0);
  const room = right - box.x - boxPadding;
  const fittedName = fitText(name, room, 'name', painter.measure);
  const rest = room - painter.measure(fittedName, 'name') - 12;
  painter.text(fittedName, { x: box.x + boxPadding, y }, 'name', { colour: own.headerText });
  if (note !== '' && rest > 24) {
    painter.text(fitText(note, rest, 'note', painter.measure), { x: right, y }, 'note', { colour: own.headerNote, align: 'right' });
  }
  if (problem) paintProblem(painter, { x: box.x + box.width - boxPadding - 5, y }, problem, colours);
}

/** One row of a box, by its index. */
export function paintRow(painter: Painter, box: SceneBox, index: number, colours: DiagramColours, state: BoxState): void {
  const row = box.shape.rows[index];
  if (!row) return;
  const y = box.y + rowCentre(index);
  if (row.property !== null && row.property === state.property) {
    painter.rect({ x: box.x + 4, y: y - rowHeight / 2 + 1, width: box.width - 8, height: rowHeight - 2 }, highlight(colours));
  }
  const left = box.x + boxPadding;
  const problem = row.property === null ? null : worstProblem(box, row.property);
  const right = box.x + box.width - boxPadding - (problem ? 16 : 0);
  if (row.mark !== '') painter.text(row.mark, { x: left, y }, 'mark', { colour: markColour(row.mark, colours) });
  const isColumn = row.kind === 'column';
  const { markWidth } = box.shape;
  const labelRoom = right - left - markWidth;
  const label = fitText(row.label, labelRoom, 'label', painter.measure);
  painter.text(label, { x: left + markWidth, y }, 'label', { colour: isColumn ? colours.text : colours.dim });
  const typeRoom = labelRoom - painter.measure(label, 'label') - 10;
  if (row.type !== '' && typeRoom > 20) {
    painter.text(fitText(row.type, typeRoom, 'type', painter.measure), { x: right, y }, 'type', { colour: colours.secondary, align: 'right' });
  }
  if (problem) paintProblem(painter, { x: box.x + box.width - boxPadding - 5, y }, problem, colours);
}

function highlight(colours: DiagramColours): RectStyle {
  return colours.highContrast ? { stroke: colours.selection, lineWidth: 1, radius: 3 } : { fill: withAlpha(colours.selection, 0.22), radius: 3 };
}

/** A hex colour with an opacity; other notations come back as they are. */
function withAlpha(colour: string, alpha: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  return `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

function markColour(mark: KeyMark, colours: DiagramColours): string {
  if (mark === 'PK' || mark === 'PK FK') return colours.primaryKey;
  return mark === 'FK' ? colours.foreignKey : colours.unique;
}

const severities = ['error', 'warning', 'info'] as const;
type Severity = (typeof severities)[number];

/** The gravest problem of a row, or of the table as a whole where the property is null. */
export function worstProblem(box: SceneBox, property: string | null): Severity | null {
  const shown = new Set(box.shape.rows.map((row) => row.property));
  const own = box.problems.filter((problem) =>
    // A relation without a row of its own is told by its foreign key's row, else by the header.
    property === null
      ? problem.property === null || !hasRow(problem.property, shown)
      : problem.property === property || property.startsWith(`${problem.property ?? ' '}.`),
  );
  return severities.find((severity) => own.some((problem) => problem.severity === severity)) ?? null;
}

function hasRow(property: string, shown: ReadonlySet<string | null>): boolean {
  return shown.has(property) || [...shown].some((row) => row !== null && row.startsWith(`${property}.`));
}

function paintProblem(painter: Painter, { x, y }: Point, severity: Severity, colours: DiagramColours): void {
  const colour = colours[severity];
  if (severity === 'info') {
    painter.circle({ x, y }, 5, { stroke: colour, lineWidth: 1.2 });
  } else if (severity === 'error') {
    painter.circle({ x, y }, 5.5, { stroke: colour, lineWidth: 1.2 });
    painter.line([corner(x, y, -2.2, -2.2), corner(x, y, 2.2, 2.2)], { stroke: colour, lineWidth: 1.2 });
    painter.line([corner(x, y, -2.2, 2.2), corner(x, y, 2.2, -2.2)], { stroke: colour, lineWidth: 1.2 });
    return;
  } else {
    painter.line([corner(x, y, 0, -5.5), corner(x, y, 6, 5), corner(x, y, -6, 5), corner(x, y, 0, -5.5)], { stroke: colour, lineWidth: 1.2 });
  }
  painter.line([corner(x, y, 0, -2), corner(x, y, 0, 1.4)], { stroke: colour, lineWidth: 1.3 });
  painter.line([corner(x, y, 0, 2.8), corner(x, y, 0, 3.8)], { stroke: colour, lineWidth: 1.3 });
}

function corner(x: number, y: number, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy };
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
  paintCrowsFoot(painter, last, directionOf(last, beforeLast), edge.to.end, stroke, lineWidth, colours);
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

/** Where an edge's pill sits: the middle of its longest stretch that has the room, and of a loop's outer one. */
function pillPlace(points: readonly Point[], isLoop: boolean, width: number): Point {
  const segments = isLoop ? segmentsOf(points).slice(1, -1) : segmentsOf(points);
  let longest = { a: points[0] ?? { x: 0, y: 0 }, b: points[0] ?? { x: 0, y: 0 }, room: -Infinity };
  for (const { a, b } of segments) {
    const flat = a.y === b.y;
    // Along a flat stretch the pill leaves the crow's feet uncovered; an upright one it may hang over on both sides.
    const room = flat ? Math.abs(a.x - b.x) - width - 2 * footLength : Math.abs(a.y - b.y) - pillHeight;
    if (room > longest.room) longest = { a, b, room };
  }
  return { x: (longest.a.x + longest.b.x) / 2, y: (longest.a.y + longest.b.y) / 2 };
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

/** The rectangle of an edge's pill, or null where it has none. */
export function pillRect(edge: SceneEdge, points: readonly Point[], heat: EdgeHeat | null, measure: MeasureText): Rect | null {
  const text = pillText(edge, heat);
  if (text === null) return null;
  const width = Math.min(240, measure(text, 'edge') + 22);
  const { x, y } = pillPlace(points, edge.from.box === edge.to.box, width);
  return { x: x - width / 2, y: y - pillHeight / 2, width, height: pillHeight };
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

/** Names of the relation's fields beside its ends, shown while the edge is active. */
export function paintFieldNames(
  painter: Painter,
  edge: SceneEdge,
  points: readonly Point[],
  colours: DiagramColours,
  /** Table that gets no names. */
  except: string | null = null,
): void {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return;
  if (edge.from.box.id !== except) paintFieldName(painter, edge.from.end.property, first, points[1], colours);
  if (edge.to.box.id !== except) paintFieldName(painter, edge.to.end.property, last, points.at(-2), colours);
}

function paintFieldName(painter: Painter, property: string | null, at: Point, next: Point | undefined, colours: DiagramColours): void {
  if (property === null || !next) return;
  const rightward = next.x >= at.x;
  const width = painter.measure(property, 'edge') + 8;
  const x = rightward ? at.x + 6 : at.x - 6 - width;
  painter.rect({ x, y: at.y - 24, width, height: 16 }, { fill: colours.background, radius: 3 });
  painter.text(property, { x: x + 4, y: at.y - 16 }, 'edge', { colour: colours.edgeActive });
}

function moduleColours(colours: DiagramColours, index: number): DiagramColours['modules'][number] {
  const own = colours.modules[index % colours.modules.length];
  if (!own) throw new RangeError('A palette needs at least one module colour.');
  return own;
}
