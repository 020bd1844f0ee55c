/** One frame: modules, edges, boxes and pills of the visible part, in the detail that the zoom allows. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import { pinnedDetailAt, type Detail } from '../../src/core/diagram/detail';
import { paintHiddenMark } from '../../src/core/diagram/hiddenMark';
import { inflate, intersects, type Point, type Rect, type Size } from '../../src/core/diagram/geometry';
import {
  fonts,
  moduleNameX,
  paintEdge,
  paintFieldNames,
  paintModule,
  paintPill,
  type EdgeEmphasis,
  type Painter,
} from '../../src/core/diagram/paint';
import { paintBox, paintFrame, paintRow, type BoxState } from '../../src/core/diagram/paintBox';
import { worstProblem, type Severity } from '../../src/core/diagram/problemMarks';
import type { SceneBox, SceneEdge, SceneModule } from '../../src/core/diagram/scene';
import { moduleGap, moduleHeader, modulePadding } from '../../src/core/diagram/layoutDiagram';
import { fitText, headerHeight, rowCentre, type TableShape } from '../../src/core/diagram/tableShape';
import { cutName, lineOffset, wrapName, type WrappedName } from '../../src/core/diagram/wrapName';
import { traceLine } from './canvasPainter';
import type { DetailPin } from '../../src/core/diagram/views/diagramView';
import { originOnCanvas, toPlane, type Camera } from './camera';
import { drawMarkedBoxes, drawMarkedEdges } from './impact/drawMarkings';
import { farStrength, hubsOf } from './farEdges';
import type { Markings, Tone } from './impact/markings';
import type { Picture } from './picture';

export interface Interaction {
  /** Table that is marked, its edges shown and the rest dimmed. */
  readonly selected: string | null;
  readonly selectedProperty: string | null;
  readonly selectedEdge: string | null;
  readonly hovered: string | null;
  readonly hoveredProperty: string | null;
  readonly hoveredEdge: string | null;
  /** Edges of a path that is shown, by id. */
  readonly path: ReadonlySet<string> | null;
}

/** What the view is for: the sidebar marks the entity under the cursor, and has no room for module containers. */
interface FrameMode {
  readonly marked: string | null;
  readonly modules: boolean;
  /** The view's level of detail. */
  readonly pinned: DetailPin;
}

export interface Frame {
  readonly picture: Picture;
  readonly camera: Camera;
  readonly view: Size;
  readonly pixelRatio: number;
  readonly colours: DiagramColours;
  readonly fontFamily: string;
  readonly interaction: Interaction;
  readonly mode: FrameMode;
  /** Painted over everything, while the rest is dimmed; null where nothing is marked. */
  readonly markings: Markings | null;
  readonly markColours: Readonly<Record<Tone, string>>;
}

/** Draws the part of the view that `part` names, in CSS pixels; nothing outside of it changes. */
export function drawFrame(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, part: Rect): void {
  const { pixelRatio, colours } = frame;
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.beginPath();
  context.rect(part.x * pixelRatio, part.y * pixelRatio, part.width * pixelRatio, part.height * pixelRatio);
  context.clip();
  context.fillStyle = colours.background;
  context.fillRect(part.x * pixelRatio, part.y * pixelRatio, part.width * pixelRatio, part.height * pixelRatio);
  drawPart(context, painter, frame, part);
  context.restore();
}

function drawPart(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, part: Rect): void {
  const { camera, pixelRatio, picture } = frame;
  const zoom = camera.scale * pixelRatio;
  // Whole device pixels keep lines and letters crisp while panning.
  const origin = originOnCanvas(camera, pixelRatio);
  context.setTransform(zoom, 0, 0, zoom, origin.x, origin.y);
  const corner = toPlane(camera, part);
  // Marks, pills and names reach a little out of what they belong to.
  const area = inflate({ ...corner, width: part.width / camera.scale, height: part.height / camera.scale }, 12 + 4 / camera.scale);
  const detail = pinnedDetailAt(camera.scale, frame.mode.pinned);
  const modules = picture.scene.modules.filter((module) => intersects(module, inflate(area, farNameReach / camera.scale)));
  const boxes = picture.boxIndex.query(inflate(area, 8));
  const active = activeEdges(frame);
  const { selected, selectedEdge, path } = frame.interaction;
  const { markings } = frame;
  const dimming = selected !== null || selectedEdge !== null || path !== null || markings !== null;
  const marked = markings && {
    markings,
    markColours: frame.markColours,
    background: frame.colours.surface,
    scale: camera.scale,
    fontFamily: frame.fontFamily,
  };

  if (frame.mode.modules) for (const module of modules) drawModule(painter, module, frame, detail);
  if (detail === 'all' || detail === 'keys') drawEdges(context, painter, frame, area, active, dimming);
  else drawFarEdges(context, frame, area, active, dimming);
  if (marked) drawMarkedEdges(context, marked, picture.edgesIn(area), picture.routeOf);
  drawBoxes(context, painter, frame, boxes, detail, active, dimming);
  if (detail !== 'dots') drawPills(context, painter, frame, area, detail, active, dimming);
  if (marked) {
    drawMarkedBoxes(context, marked, boxes, detail);
    // The outlines run through them.
    if (detail === 'all' || detail === 'keys')
      for (const box of boxes) if (markings?.tables.has(box.id)) paintHiddenMark(painter, box, frame.colours, false);
  }
  drawActiveNames(painter, frame, active, detail);
  if (frame.mode.modules && detail !== 'all') for (const module of modules) drawModuleName(context, painter, module, frame);
}

/** Edges of the selected or hovered table, or the edge itself. */
function activeEdges({ picture: { scene }, interaction }: Frame): ReadonlySet<SceneEdge> {
  const active = new Set<SceneEdge>();
  for (const id of [interaction.selected, interaction.hovered]) for (const edge of id === null ? [] : (scene.edgesOf.get(id) ?? [])) active.add(edge);
  for (const id of [interaction.selectedEdge, interaction.hoveredEdge]) {
    const edge = scene.edgeById.get(id ?? '');
    if (edge) active.add(edge);
  }
  for (const id of interaction.path ?? []) {
    const edge = scene.edgeById.get(id);
    if (edge) active.add(edge);
  }
  return active;
}

function drawModule(painter: Painter, module: SceneModule, { colours, camera }: Frame, detail: Detail): void {
  if (detail === 'all') {
    paintModule(painter, module, colours);
    return;
  }
  const own = colours.modules[module.colour];
  // Far away a line of the plane would be thinner than a pixel.
  painter.rect(module, {
    fill: own?.container ?? 'transparent',
    stroke: own?.containerBorder ?? colours.border,
    lineWidth: Math.max(2, 0.75 / camera.scale),
  });
}

function drawEdges(
  context: CanvasRenderingContext2D,
  painter: Painter,
  frame: Frame,
  area: Rect,
  active: ReadonlySet<SceneEdge>,
  dimming: boolean,
): void {
  const { picture, colours } = frame;
  const visible = picture.edgesIn(area);
  for (const edge of visible) {
    if (active.has(edge)) continue;
    context.globalAlpha = dimming ? 0.3 : 1;
    paintEdge(painter, edge, picture.routeOf(edge), colours, 'normal', picture.heatOf(edge));
  }
  context.globalAlpha = 1;
  for (const edge of visible) if (active.has(edge)) paintEdge(painter, edge, picture.routeOf(edge), colours, 'active', picture.heatOf(edge));
}

/** Far away all edges are one path: thousands of strokes would cost more than the rest of the frame. */
function drawFarEdges(context: CanvasRenderingContext2D, frame: Frame, area: Rect, active: ReadonlySet<SceneEdge>, dimming: boolean): void {
  const { picture, colours, camera } = frame;
  const visible = picture.edgesIn(area);
  const stroke = (edges: readonly SceneEdge[], colour: string, width: number, alpha: number): void => {
    if (edges.length === 0) return;
    context.beginPath();
    for (const edge of edges) traceLine(context, picture.routeOf(edge), 0);
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width / camera.scale;
    context.stroke();
    context.globalAlpha = 1;
  };
  const hot = visible.filter((edge) => picture.heatOf(edge)?.warning === true);
  const hubs = hubsOf(picture.scene);
  const strength = dimming ? 0.15 : farStrength(picture.scene, pinnedDetailAt(camera.scale, frame.mode.pinned) === 'dots');
  const ofHub = (edge: SceneEdge): boolean => hubs.edges.has(edge);
  stroke(hubs.edges.size === 0 ? visible : visible.filter((edge) => !ofHub(edge)), colours.edge, 0.75, strength);
  stroke(hubs.edges.size === 0 ? [] : visible.filter(ofHub), colours.edge, 0.75, strength * hubs.strength);
  stroke(hot, colours.heat, 1.5, 1);
  stroke([...active], colours.edgeActive, 1.75, 1);
}

function drawBoxes(
  context: CanvasRenderingContext2D,
  painter: Painter,
  frame: Frame,
  boxes: readonly SceneBox[],
  detail: Detail,
  active: ReadonlySet<SceneEdge>,
  dimming: boolean,
): void {
  const { interaction } = frame;
  const related = new Set<string>();
  for (const { from, to } of active) related.add(from.box.id).add(to.box.id);
  for (const id of frame.markings?.tables.keys() ?? []) related.add(id);
  for (const box of boxes) {
    const selected = box.id === interaction.selected;
    const state: BoxState = {
      selected: selected || box.id === frame.mode.marked,
      hovered: box.id === interaction.hovered,
      property: selected ? interaction.selectedProperty : box.id === interaction.hovered ? interaction.hoveredProperty : null,
    };
    context.globalAlpha = dimming && !selected && !related.has(box.id) ? 0.45 : 1;
    drawBox(context, painter, frame, box, detail, state);
  }
  context.globalAlpha = 1;
}

function drawBox(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, detail: Detail, state: BoxState): void {
  switch (detail) {
    case 'all':
      return paintBox(painter, box, frame.colours, state);
    case 'keys':
      return drawKeys(context, painter, frame, box, state);
    case 'names':
      return drawName(context, painter, frame, box, state);
    case 'dots':
      return drawDot(context, frame, box, state);
  }
}

/** The header in larger letters, keys in their place, other columns as faint bars. */
function drawKeys(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, state: BoxState): void {
  const { colours, fontFamily } = frame;
  paintFrame(painter, box, colours, state);
  const own = colours.modules[box.colour];
  context.font = `600 19px ${fontFamily}`;
  context.textAlign = 'left';
  context.fillStyle = own?.headerText ?? colours.text;
  const name = fitText(box.shape.name, (box.width - 24) * (fonts.name.size / 19), 'name', painter.measure);
  context.fillText(name, box.x + 10, box.y + headerHeight / 2 + 1);
  const { globalAlpha } = context;
  box.shape.rows.forEach((row, index) => {
    if (row.mark !== '' || row.property === state.property) {
      paintRow(painter, box, index, colours, state);
      return;
    }
    // A high-contrast border is meant to be seen from afar; the bars stand back behind the keys.
    context.fillStyle = colours.highContrast ? colours.text : colours.border;
    context.globalAlpha = globalAlpha * (colours.highContrast ? 0.35 : 1);
    context.fillRect(box.x + 48, box.y + rowCentre(index) - 3, Math.min(box.width - 70, painter.measure(row.label, 'label')), 6);
    context.globalAlpha = globalAlpha;
  });
  paintHiddenMark(painter, box, colours, state.hovered);
  markProblem(context, frame, box);
}

function drawName(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, state: BoxState): void {
  const { colours, camera, fontFamily } = frame;
  drawDot(context, frame, box, state);
  const name = nameAt(box, camera.scale, painter);
  const { lines } = name;
  if (lines.length > 0) {
    context.font = `600 ${name.size}px ${fontFamily}`;
    context.textAlign = 'center';
    context.fillStyle = colours.highContrast ? colours.text : (colours.modules[box.colour]?.headerText ?? colours.text);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + 1];
    lines.forEach((line, index) => context.fillText(line, x, y + lineOffset(index, name), box.width - 12));
  }
  markProblem(context, frame, box);
}

/** In pixels on the screen: smaller letters are no longer read, larger ones than wanted are not needed. */
const smallestLetters = 5.5;
const wantedLetters = 9;

/** The whole name where it can be read, else as much of it as fits. */
function nameAt(box: SceneBox, scale: number, painter: Painter): WrappedName {
  const { lines, size: largest } = wrapped(box, painter);
  const size = Math.min(largest, Math.max(44, wantedLetters / scale));
  return size * scale >= smallestLetters ? { lines, size } : cut(box, smallestLetters / scale, painter);
}

const cutNames = new WeakMap<TableShape, WrappedName>();

function cut({ shape }: SceneBox, size: number, { measure }: Painter): WrappedName {
  const known = cutNames.get(shape);
  if (known?.size === size) return known;
  // A box that is but a header may be a little lower than the letters.
  const room = { width: shape.width - 8, height: shape.height };
  const name = { size, lines: cutName(shape.name, room, size, (text) => measure(text, 'name') / fonts.name.size) };
  cutNames.set(shape, name);
  return name;
}

const wrappedNames = new WeakMap<TableShape, WrappedName>();

function wrapped({ shape }: SceneBox, { measure }: Painter): WrappedName {
  const known = wrappedNames.get(shape);
  if (known) return known;
  const room = { width: shape.width - 16, height: shape.height * 0.85 };
  const name = wrapName(shape.name, room, Infinity, (text) => measure(text, 'name') / fonts.name.size);
  wrappedNames.set(shape, name);
  return name;
}

function drawDot(context: CanvasRenderingContext2D, { colours, camera }: Frame, box: SceneBox, state: BoxState): void {
  const own = colours.modules[box.colour];
  context.fillStyle = colours.highContrast ? colours.surface : camera.scale < 0.07 ? (own?.dot ?? colours.border) : (own?.header ?? colours.surface);
  context.fillRect(box.x, box.y, box.width, box.height);
  if (!state.selected && !state.hovered && !colours.highContrast) return;
  context.strokeStyle = state.selected ? colours.selection : state.hovered ? colours.hover : colours.border;
  context.lineWidth = (state.selected ? 2.5 : 1) / camera.scale;
  context.strokeRect(box.x, box.y, box.width, box.height);
}

function markProblem(context: CanvasRenderingContext2D, { colours, camera }: Frame, box: SceneBox): void {
  if (box.problems.length === 0) return;
  const severity = box.problems.reduce<'error' | 'warning' | 'info'>(
    (worst, problem) => (problem.severity === 'error' || worst === 'info' ? problem.severity : worst),
    worstProblem(box, null) ?? 'info',
  );
  drawSeverity(context, { x: box.x + box.width - 4, y: box.y + 4 }, 4 / Math.max(0.3, camera.scale), severity, colours);
}

/** The signs of problems in small: a crossed disc, a triangle, a disc. Colour alone would not tell them apart. */
function drawSeverity(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, severity: Severity, colours: DiagramColours): void {
  context.fillStyle = colours[severity];
  context.beginPath();
  if (severity === 'warning') {
    context.moveTo(x, y - radius * 1.2);
    context.lineTo(x + radius * 1.2, y + radius * 0.9);
    context.lineTo(x - radius * 1.2, y + radius * 0.9);
  } else context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  if (severity !== 'error') return;
  const arm = radius * 0.45;
  context.strokeStyle = colours.background;
  context.lineWidth = radius / 3;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x - arm, y + arm);
  context.lineTo(x + arm, y - arm);
  context.stroke();
}

function drawPills(
  context: CanvasRenderingContext2D,
  painter: Painter,
  frame: Frame,
  area: Rect,
  detail: Detail,
  active: ReadonlySet<SceneEdge>,
  dimming: boolean,
): void {
  const { picture, colours } = frame;
  for (const edge of picture.edgesIn(area)) {
    const heat = picture.heatOf(edge);
    // At a distance only what was measured still speaks.
    if (heat === null && (edge.edge.joinTable === null || detail === 'names')) continue;
    const rect = picture.pillOf(edge);
    if (!rect) continue;
    const emphasis: EdgeEmphasis = active.has(edge) ? 'active' : 'normal';
    context.globalAlpha = dimming && emphasis === 'normal' ? 0.4 : 1;
    paintPill(painter, edge, rect, colours, emphasis, heat);
  }
  context.globalAlpha = 1;
}

function drawActiveNames(painter: Painter, { picture, colours, interaction }: Frame, active: ReadonlySet<SceneEdge>, detail: Detail): void {
  if (detail !== 'all' || active.size > 16) return;
  // Many names on one box would cover each other; those at the far ends say enough.
  const crowded = active.size > 3 ? (interaction.selected ?? interaction.hovered) : null;
  const shown = [...active].map((edge) => ({ edge, points: picture.routeOf(edge) }));
  paintFieldNames(painter, shown, colours, crowded, (area) => picture.boxIndex.query(area));
}

/** From afar a module's name reaches this far out of its frame, in pixels of the screen. */
export const farNameReach = 16;

/** As far above a frame there is nothing: a gap, and the padding of the frame beyond. */
const moduleReach = moduleGap + modulePadding;

/** From afar a module is its name: as large as on a map, over the boxes, cut to its container's width. */
function drawModuleName(context: CanvasRenderingContext2D, painter: Painter, module: SceneModule, frame: Frame): void {
  const { colours, camera, fontFamily } = frame;
  const width = module.width * camera.scale;
  if (width < 44) return;
  const size = width < 110 ? 10 : 12;
  const name = fitText(module.name, ((width - 12) * fonts.module.size) / size, 'module', painter.measure);
  const textWidth = (painter.measure(name, 'module') * size) / fonts.module.size;
  const unit = 1 / camera.scale;
  const inside = moduleHeader * camera.scale >= size + 4;
  const x = inside ? moduleNameX(module, textWidth * unit, 8 * unit) : module.x + 8 * unit;
  // Where the frame's head is too low, the name reaches over it into the gap to the next module, rather than over the tables.
  const y = inside ? module.y + moduleHeader / 2 : module.y + Math.max(moduleHeader - (size / 2 + 2) * unit, (size / 2 + 2) * unit - moduleReach);
  if (!inside) {
    context.globalAlpha = 0.82;
    context.fillStyle = colours.background;
    context.fillRect(module.x + 3 * unit, y - (size / 2 + 2) * unit, (textWidth + 10) * unit, (size + 4) * unit);
    context.globalAlpha = 1;
  }
  context.font = `600 ${size * unit}px ${fontFamily}`;
  context.textAlign = 'left';
  context.fillStyle = colours.modules[module.colour]?.containerText ?? colours.text;
  context.fillText(name, x, y);
}
