/**
 * The canvas with everything about looking at it: which part of the plane is shown, what is emphasised, when to draw, and routes
 * that are computed while nothing moves. Knows nothing of messages, layout or the rest of the page.
 */
import { boundsOf, containsPoint, intersects, type Point, type Rect, type Size } from '../../src/core/diagram/geometry';
import { pinnedDetailAt } from '../../src/core/diagram/detail';
import { hitTest, type Hit } from '../../src/core/diagram/hitTest';
import type { EdgeRouter } from '../../src/core/diagram/routeEdges';
import type { SceneEdge } from '../../src/core/diagram/scene';
import type { DiagramColours } from '../../src/core/diagram/colours';
import type { MeasureText } from '../../src/core/diagram/tableShape';
import type { DetailPin } from '../../src/core/diagram/views/diagramView';
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import { prefersReducedMotion, readFontFamily } from '../shared/theme';
import { centreOn, fitRect, panBy, toPlane, toScreen, visibleArea, zoomAt, type Camera, type Insets } from './camera';
import { createCanvasPainter, createMeasure } from './canvasPainter';
import { readDiagramColours } from './diagramTheme';
import type { Interaction } from './drawFrame';
import { createFrameCache, type FrameCache } from './frameCache';
import { readMarkColours, type Markings } from './impact/markings';
import type { Picture } from './picture';
import { areasOf, directAreasOf } from './pictureChanges';

/** Time that one frame may spend on computing routes that are missing. */
const routingBudgetMs = 8;
/** Routes that were found are drawn together, but after this long at the latest. */
const routesWaitMs = 120;
/** A gesture rests when nothing moved for this long. */
const restMs = 90;
const glideMs = 160;
/** Routes of more edges than this are drawn with a whole picture, behind the one that is shown. */
const mostRepainted = 60;
/** Below this zoom a route's corners are too small to tell from a direct shape's. */
const smallestRoutedScale = 0.16;

export const nothingMarked: Interaction = {
  selected: null,
  selectedProperty: null,
  selectedEdge: null,
  hovered: null,
  hoveredProperty: null,
  hoveredEdge: null,
  path: null,
};

const interactionKeys = Object.keys(nothingMarked) as (keyof Interaction)[];

export interface StageEvents {
  /** The camera was moved. */
  onMove(): void;
  /** A frame was drawn. */
  onDraw(): void;
}

export class Stage {
  picture: Picture;
  camera: Camera = { x: 0, y: 0, scale: 1 };
  view: Size = { width: 0, height: 0 };
  interaction: Interaction = nothingMarked;
  private markedTable: string | null = null;
  private pinnedDetail: DetailPin = 'auto';
  /** While something is dragged its routes change with every frame, so none are computed. */
  dragging = false;
  fontFamily = readFontFamily();
  measure: MeasureText = createMeasure(this.fontFamily);
  colours: DiagramColours;
  private markings: Markings | null = null;
  private markColours = readMarkColours();

  private readonly frames: FrameCache;
  private frameRequest = 0;
  private glideRequest = 0;
  private restTimer = 0;
  private movedAt = -restMs;
  private showsStandIn = false;
  /** Edges of a new picture that are drawn with the next frame, along routes that may be found until then. */
  private changedEdges: SceneEdge[] = [];
  /** Edges that got a route since the last one was drawn. */
  private newlyRouted: SceneEdge[] = [];
  /** The search that goes on with the next frame: the longest take many times what a frame may. */
  private searching: { readonly edge: SceneEdge; readonly router: EdgeRouter; readonly steps: ReturnType<EdgeRouter['routeInSteps']> } | null = null;
  /** Since when there are routes that are not drawn yet; null where there are none. */
  private routesWaitSince: number | null = null;

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly mode: DiagramMode,
    private readonly events: StageEvents,
    makePicture: (measure: MeasureText) => Picture,
  ) {
    this.colours = readDiagramColours(mode);
    this.frames = createFrameCache(context, (own) => createCanvasPainter(own, this.fontFamily, this.measure));
    this.picture = makePicture(this.measure);
    // A browser that runs out of memory may take the canvas' content away, and give it back empty.
    context.canvas.addEventListener('contextrestored', () => this.redraw());
    this.watchPixelRatio();
  }

  /** Shows another picture; where it says what changed, only that is drawn. */
  show(picture: Picture): void {
    this.picture = picture;
    if (!picture.changes || this.markings) return this.redraw();
    this.frames.repaint(picture.changes.areas);
    this.changedEdges.push(...picture.changes.edges);
    this.requestFrame();
  }

  /** Emphasises other tables or edges than before. */
  mark(change: Partial<Interaction>): void {
    const next = { ...this.interaction, ...change };
    if (interactionKeys.every((key) => next[key] === this.interaction[key])) return;
    this.interaction = next;
    // What the pointer passes over may light up a moment later; nothing may stutter for it.
    if (Object.keys(change).every((key) => key.startsWith('hovered'))) this.frames.refresh();
    else this.frames.invalidate();
    this.requestFrame();
  }

  /** What an impact or a difference marks, until it is called with null. */
  showMarkings(markings: Markings | null): void {
    this.markings = markings;
    this.redraw();
  }

  /** Draws a whole frame soon. */
  redraw(): void {
    this.frames.invalidate();
    this.requestFrame();
  }

  resize(size: Size): void {
    const { canvas } = this.context;
    this.view = size;
    canvas.width = Math.round(size.width * devicePixelRatio);
    canvas.height = Math.round(size.height * devicePixelRatio);
    this.frames.invalidate();
    // At once: a canvas is blank after its size was set.
    cancelAnimationFrame(this.frameRequest);
    this.draw();
  }

  /** Reads colours and font anew; true where the font changed, and with it the size of every text. */
  retheme(): boolean {
    this.colours = readDiagramColours(this.mode);
    this.markColours = readMarkColours();
    const fontFamily = readFontFamily();
    const changed = fontFamily !== this.fontFamily;
    if (changed) {
      this.fontFamily = fontFamily;
      this.measure = createMeasure(fontFamily);
    }
    this.redraw();
    return changed;
  }

  get canvas(): HTMLCanvasElement {
    return this.context.canvas;
  }

  /** The sidebar's entity under the cursor, or the one that a view is about. */
  get marked(): string | null {
    return this.markedTable;
  }

  set marked(table: string | null) {
    if (table === this.markedTable) return;
    this.markedTable = table;
    this.redraw();
  }

  /** The view's level of detail. */
  get pinned(): DetailPin {
    return this.pinnedDetail;
  }

  set pinned(detail: DetailPin) {
    if (detail === this.pinnedDetail) return;
    this.pinnedDetail = detail;
    this.redraw();
  }

  // --- looking -------------------------------------------------------------------------------------------------------------------

  get area(): Rect {
    return visibleArea(this.camera, this.view);
  }

  get middle(): Point {
    return { x: this.view.width / 2, y: this.view.height / 2 };
  }

  moveTo(camera: Camera): void {
    this.camera = camera;
    this.movedAt = performance.now();
    this.requestFrame();
    this.events.onMove();
  }

  panBy(dx: number, dy: number): void {
    this.moveTo(panBy(this.camera, dx, dy));
  }

  /** What is selected stays where it is on the screen, else the middle. */
  zoomBy(factor: number, at: Point = this.selectedPlace ?? this.middle): void {
    this.moveTo(zoomAt(this.camera, factor, at));
  }

  resetZoom(): void {
    this.zoomBy(1 / this.camera.scale);
  }

  /** The middle of the selected table on the screen; null where none is in view. */
  private get selectedPlace(): Point | null {
    const box = this.picture.scene.boxById.get(this.interaction.selected ?? '');
    return box && intersects(box, this.area) ? toScreen(this.camera, { x: box.x + box.width / 2, y: box.y + box.height / 2 }) : null;
  }

  fit(insets?: Insets): void {
    this.moveTo(fitRect(this.picture.scene.bounds, this.view, 1, insets));
  }

  /** Moves the camera in a moment that the eye can follow, or at once where motion is unwanted. */
  glideTo(to: Camera): void {
    cancelAnimationFrame(this.glideRequest);
    if (prefersReducedMotion()) return this.moveTo(to);
    const from = this.camera;
    const start = performance.now();
    const step = (now: number): void => {
      const elapsed = Math.min(1, (now - start) / glideMs);
      this.moveTo(elapsed === 1 ? to : between(from, to, 1 - (1 - elapsed) ** 3, this.view));
      if (elapsed < 1) this.glideRequest = requestAnimationFrame(step);
    };
    this.glideRequest = requestAnimationFrame(step);
  }

  /** Shows a rectangle in the middle, unless it can be seen already and `evenIfVisible` is false. */
  reveal(rect: Rect, evenIfVisible: boolean): void {
    const { area } = this;
    const inside = containsPoint(area, rect) && containsPoint(area, { x: rect.x + rect.width, y: rect.y + rect.height });
    if (!evenIfVisible && inside && this.camera.scale >= 0.2) return;
    const scale = Math.min(1.2, Math.max(this.camera.scale, 0.6));
    this.glideTo(centreOn({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }, this.view, scale));
  }

  /** Shows several rectangles at once, where they are not in view together. */
  revealAll(rects: readonly Rect[]): void {
    const bounds = boundsOf(rects);
    const all = boundsOf([bounds, this.area]);
    if (all.width <= this.area.width + 1 && all.height <= this.area.height + 1 && this.camera.scale >= 0.3) return;
    this.glideTo(fitRect(bounds, this.view, 1, { top: 60, side: 60, bottom: 60 }));
  }

  /** What lies at a point of the screen. */
  hitAt(at: Point): Hit {
    const { scene, boxIndex, edgeIndex, routeOf, pillOf } = this.picture;
    const hit = hitTest({ scene, boxIndex, edgeIndex, routeOf, pillOf }, toPlane(this.camera, at), 6 / this.camera.scale);
    // Where a box is but its name, marks are not drawn.
    const isUndrawn = hit.kind === 'hidden-mark' && ['names', 'dots'].includes(pinnedDetailAt(this.camera.scale, this.pinned));
    return isUndrawn ? { kind: 'box', box: hit.box, row: null } : hit;
  }

  /** Whether the whole diagram is in view. */
  get showsEverything(): boolean {
    const { area } = this;
    const all = boundsOf([this.picture.scene.bounds, area]);
    return all.width <= area.width + 1 && all.height <= area.height + 1;
  }

  // --- drawing -------------------------------------------------------------------------------------------------------------------

  private requestFrame(): void {
    if (this.frameRequest === 0) this.frameRequest = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.frameRequest = 0;
    if (this.view.width === 0 || this.view.height === 0) return;
    // Not every way in which a window's pixels change is told.
    if (this.context.canvas.width !== Math.round(this.view.width * devicePixelRatio)) return this.resize(this.view);
    const moving = performance.now() - this.movedAt <= restMs;
    const unrouted = moving || this.routeVisible();
    this.frames.repaint(this.changedEdges.splice(0).flatMap((edge) => areasOf(edge, this.picture)));
    const { picture, camera, view, colours, fontFamily, interaction, markings, markColours } = this;
    const mode = { marked: this.marked, modules: this.mode === 'panel', pinned: this.pinned };
    const frame = { picture, camera, view, pixelRatio: devicePixelRatio, colours, fontFamily, interaction, markings, markColours, mode };
    const { unrested } = this.frames.draw(frame, moving);
    this.showsStandIn = unrested;
    this.events.onDraw();
    if (!unrested && !unrouted) return;
    if (moving) this.drawAtRest();
    else this.requestFrame();
  }

  /** Computes missing routes of what is visible, for a few milliseconds with each frame; true where some are left. */
  private routeVisible(): boolean {
    if (this.camera.scale < smallestRoutedScale || this.dragging) return false;
    if (this.showsStandIn) return true;
    const { router, edgesIn } = this.picture;
    const missing = edgesIn(this.area).filter((edge) => !router.isRouted(edge));
    if (missing.length === 0) return this.showRoutes(true);
    this.routesWaitSince ??= performance.now();
    const end = performance.now() + routingBudgetMs;
    const hard = missing.filter((edge) => performance.now() > end || !this.found(edge, router.routeSimply(edge)));
    return this.showRoutes(hard.every((edge) => this.search(edge, router, end)));
  }

  /** Goes on with an edge's search until the time given; true where it has a route then. */
  private search(edge: SceneEdge, router: EdgeRouter, end: number): boolean {
    // A picture that changed brings a router of its own.
    if (this.searching?.edge !== edge || this.searching.router !== router) this.searching = { edge, router, steps: router.routeInSteps(edge) };
    const { steps } = this.searching;
    while (performance.now() <= end) {
      const step = steps.next();
      if (step.done !== true) continue;
      this.searching = null;
      return this.found(edge, true);
    }
    return false;
  }

  private found(edge: SceneEdge, isRouted: boolean): boolean {
    if (isRouted) this.newlyRouted.push(edge);
    return isRouted;
  }

  /** Draws with the routes that were found, when all are there or one has waited for a while; true where some are missing. */
  private showRoutes(complete: boolean): boolean {
    const waited = this.routesWaitSince === null ? 0 : performance.now() - this.routesWaitSince;
    if (this.routesWaitSince !== null && (complete || waited > routesWaitMs)) {
      this.routesWaitSince = null;
      const edges = this.newlyRouted.splice(0);
      if (edges.length > mostRepainted) this.frames.refresh();
      else this.frames.repaint(edges.flatMap((edge) => [...directAreasOf(edge, this.picture), ...areasOf(edge, this.picture)]));
    }
    return !complete;
  }

  /** A window that moves to another screen, or is zoomed, changes how many pixels the canvas needs. */
  private watchPixelRatio(): void {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        if (this.view.width > 0) this.resize(this.view);
        this.watchPixelRatio();
      },
      { once: true },
    );
  }

  private drawAtRest(): void {
    clearTimeout(this.restTimer);
    const waitMs = Math.max(0, restMs - (performance.now() - this.movedAt)) + 1;
    this.restTimer = window.setTimeout(() => this.requestFrame(), waitMs);
  }
}

/** A camera part of the way from one to another: the middle of the view moves straight, the zoom evenly to the eye. */
function between(from: Camera, to: Camera, part: number, view: Size): Camera {
  const scale = from.scale * (to.scale / from.scale) ** part;
  const middleOf = ({ x, y, scale: own }: Camera): Point => ({ x: x + view.width / 2 / own, y: y + view.height / 2 / own });
  const a = middleOf(from);
  const b = middleOf(to);
  return centreOn({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }, view, scale);
}
