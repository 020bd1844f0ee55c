/** One frame: modules, edges, boxes and pills of the visible part, in the detail that the zoom allows. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import { pinnedDetailAt, type Detail } from '../../src/core/diagram/detail';
import { paintHiddenMark } from '../../src/core/diagram/hiddenMark';
import { inflate, intersects, type Rect, type Size } from '../../src/core/diagram/geometry';
import { paintEdge, paintFieldNames, paintModule, paintPill, type EdgeEmphasis, type Painter } from '../../src/core/diagram/paint';
import type { BoxState } from '../../src/core/diagram/paintBox';
import type { SceneBox, SceneEdge, SceneModule } from '../../src/core/diagram/scene';
import { traceLine } from './canvasPainter';
import type { DetailPin } from '../../src/core/diagram/views/diagramView';
import { originOnCanvas, toPlane, type Camera } from './camera';
import { drawBox } from './drawBox';
import { drawModuleName, farNameReach } from './drawModuleName';
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
