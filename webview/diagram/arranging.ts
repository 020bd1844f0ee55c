/** Lays out what is to be shown, decides where to look afterwards, and keeps the whole's layout while a part is shown. */
import type { DiagramTable } from '../../src/core/diagram/diagramModel';
import { boundsOf, type Rect } from '../../src/core/diagram/geometry';
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { assignColours, type SceneEdge } from '../../src/core/diagram/scene';
import { shapeTable, type Density, type MeasureText, type TableShape } from '../../src/core/diagram/tableShape';
import { emptyFilter, showsPart, type DiagramView } from '../../src/core/diagram/views/diagramView';
import { animateMoves } from './animateMoves';
import { centreOn, fitRect, type Camera } from './camera';
import type { Diagram } from './diagram';
import type { Step } from './editHistory';
import type { LayoutKeeper } from './layoutKeeper';
import type { ViewName } from './savedState';
import { nothingMarked } from './stage';

/** Around a table with more neighbours than this the side bar would be a long way down: it shows their names. */
const mostWithKeys = 14;

/** Beside the side bar's table, for its edges. */
const edgeRoom = 48;
/** Between the side bar's border and a pill, in units. */
const pillMargin = 6;
/** Below this zoom the side bar's letters are too small to read with ease. */
const leastSidebarScale = 0.56;

/** What happens to the places of tables when what is shown changes. */
type Places = 'keep' | 'anew';

export class Arranging {
  /** Called after each layout that was shown. */
  onLaidOut: () => void = () => undefined;
  /** Called before a hand changes what is shown, with the change. */
  beforeChange: (change: Partial<DiagramView>) => void = () => undefined;

  private readonly shapes = createShapeKeeper();
  /** Where the side bar was left to look; null in the panel. */
  private centred: Camera | null = null;

  constructor(
    private readonly diagram: Diagram,
    private readonly keeper: LayoutKeeper,
  ) {}

  /** Lays out the part that the view shows; `focus` is the table to look at then. */
  async layOut(focus: string | null): Promise<void> {
    const { diagram, keeper } = this;
    const { root, stage, parts } = diagram;
    root.dataset['layout'] = 'busy';
    performance.mark('diagram-layout-start');
    diagram.applyView();
    const { model } = diagram;
    diagram.moduleColours = assignColours(
      diagram.whole.modules.map(({ id }) => id),
      diagram.moduleColours,
    );
    diagram.shapes = new Map(model.tables.map((table) => [table.id, this.shapes.of(table, this.densityOf(table.id, focus), stage.measure)]));
    diagram.describe();
    diagram.onViewChange();
    const tell = (placed: number): void => parts.showSummary(`Arranging ${placed} of ${model.tables.length} … Escape stops it.`);
    // Nothing stands yet: the worker's first word may take a while on a busy machine.
    if (diagram.mode === 'panel' && diagram.positions.size === 0) tell(0);
    const laidOut = await keeper.layOut(model, diagram.shapes, diagram.positions, stage.view, focus, tell);
    if (!laidOut) return;
    performance.measure('diagram-layout', 'diagram-layout-start');
    performance.mark('diagram-paint-start');
    diagram.awaitsPaint = true;
    const before = diagram.positions;
    diagram.positions = wholePixels(laidOut.positions);
    if (laidOut.message !== null) parts.showBanner(laidOut.message);
    diagram.rebuildPicture();
    this.lookAt(focus);
    diagram.describe();
    diagram.updateMirror();
    diagram.saveSoon();
    root.dataset['layout'] = 'done';
    if (diagram.mode === 'panel') animateMoves(diagram, before);
  }

  /** Ends a layout that takes too long: tables then stand in plain rows. False where none is under way. */
  cancel(): boolean {
    return this.keeper.cancel();
  }

  /** Forgets where everything stands and lays it out as new. */
  async layOutAnew(): Promise<void> {
    const { diagram } = this;
    diagram.view = { ...diagram.view, positions: new Map(), groups: new Map() };
    diagram.cameraIsKnown = false;
    diagram.touchView();
    await this.layOut(null);
  }

  /**
   * Changes what the view shows. A part is arranged for itself, unless tables are only taken out or added by hand; the whole comes
   * back as it was.
   */
  async changeView(change: Partial<DiagramView>, places: Places = 'anew'): Promise<void> {
    const { diagram } = this;
    this.beforeChange(change);
    const next = { ...diagram.view, ...change };
    const whole = showsPart(diagram.view) && !showsPart(next) ? diagram.wholePositions : null;
    const positions = whole ?? (places === 'keep' ? diagram.positions : new Map());
    this.take({ ...next, positions });
    if (places === 'anew' || whole) diagram.cameraIsKnown = false;
    diagram.touchView();
    await this.show(places === 'anew');
  }

  /** Shows everything again: neither filter nor focus. */
  async showEverything(): Promise<void> {
    await this.changeView({ filter: emptyFilter, focus: null });
  }

  /** Shows another view as it is. */
  async openView(view: DiagramView, name: ViewName | null): Promise<void> {
    const { diagram } = this;
    this.take(view);
    diagram.viewName = name;
    diagram.isModified = false;
    diagram.cameraIsKnown = false;
    await this.show(true);
  }

  /** Shows an earlier state of the view, as it was looked at then. */
  async showAgain({ view, camera, selected }: Step): Promise<void> {
    const { diagram } = this;
    this.take(view);
    diagram.touchView();
    diagram.stage.moveTo(camera);
    await this.show(true);
    if (selected === null) return;
    diagram.selectTable(selected, null, 'stay');
    if (document.activeElement === diagram.root) diagram.focusBack();
  }

  /** Where everything stands is kept while a part is shown. */
  private take(view: DiagramView): void {
    const { diagram } = this;
    if (!showsPart(view)) diagram.wholePositions = null;
    else if (!showsPart(diagram.view)) diagram.wholePositions = diagram.positions;
    diagram.view = view;
  }

  onResize(): void {
    const { diagram } = this;
    const { root, stage, mode } = diagram;
    const { clientWidth, clientHeight } = root;
    // A hidden panel is looked at as before when it comes back.
    if (clientWidth === 0 || clientHeight === 0) return;
    const appears = stage.view.width === 0 && clientWidth > 0;
    // An editor that opens beside the diagram must not cut off what was shown whole.
    const wantsAll = appears ? !diagram.cameraIsKnown : stage.showsEverything;
    stage.resize({ width: clientWidth, height: clientHeight });
    if (mode === 'sidebar' && diagram.sent.tables.length > 0) void this.layOut(diagram.focus);
    else if (wantsAll && diagram.model.tables.length > 0) stage.fit();
    diagram.updateMirrorSoon();
  }

  private async show(takesFocus: boolean): Promise<void> {
    const { diagram } = this;
    const { parts, stage, root } = diagram;
    parts.closePanels();
    // Around a table it is marked instead of selected: a selection would dim the very neighbours that were asked for.
    stage.marked = diagram.view.focus?.table ?? null;
    stage.pinned = diagram.view.detail;
    diagram.clearSelection();
    const focusedBefore = document.activeElement;
    await this.layOut(null);
    const { activeElement } = document;
    // What had the focus may be left out now. A field that was opened meanwhile (a note, a search) is being written in.
    const wasMoved = activeElement !== focusedBefore || activeElement instanceof HTMLInputElement;
    if (activeElement === document.body || (takesFocus && !wasMoved)) root.focus();
  }

  private densityOf(table: string, focus: string | null): Density {
    const { mode, view, model } = this.diagram;
    if (mode === 'sidebar') return table === focus ? 'all' : model.tables.length > mostWithKeys ? 'names' : 'keys';
    return view.detail === 'auto' ? 'all' : view.detail;
  }

  /** Where to look after a layout: at what the editor is at, else where one looked before, else at everything. */
  private lookAt(focus: string | null): void {
    const { diagram } = this;
    if (diagram.mode === 'sidebar') {
      diagram.stage.mark(nothingMarked);
      this.centreFocus(focus);
    } else {
      if (!diagram.cameraIsKnown) diagram.stage.fit();
      if (focus !== null) diagram.selectTable(focus, null, 'nudge');
    }
    diagram.cameraIsKnown = diagram.cameraIsKnown || (diagram.model.tables.length > 0 && diagram.stage.view.width > 0);
    this.onLaidOut();
  }

  /** Pills came or went: in the side bar they are shown whole, unless somebody has looked elsewhere meanwhile. */
  onPillsChanged(): void {
    const { stage, focus } = this.diagram;
    if (this.centred !== null && stage.camera === this.centred) this.centreFocus(focus);
  }

  private centreFocus(focus: string | null): void {
    const { stage, picture } = this.diagram;
    const { view } = stage;
    const { edges, bounds } = picture.scene;
    const pillsOf = (shown: readonly SceneEdge[]): readonly Rect[] => shown.flatMap((edge) => picture.pillOf(edge) ?? []);
    const whole = fitRect(boundsOf([bounds, ...pillsOf(edges)]), view, 1, { top: 34, side: 10, bottom: 10 });
    const box = focus === null ? undefined : this.diagram.findBox(focus);
    // Readable before complete: what does not fit is a pan away; but the edges beside the table can be seen.
    const wanted = (view.width - 24) / ((box?.width ?? 0) + 2 * edgeRoom);
    const scale = Math.max(whole.scale, Math.min(0.72, Math.max(leastSidebarScale, wanted)));
    if (!box || whole.scale >= scale) stage.moveTo(whole);
    else {
      const own = boundsOf([box, ...pillsOf(edges.filter(({ from, to }) => from.box === box || to.box === box))]);
      stage.moveTo(centreOn({ x: middleThatShows(own, box, view.width / scale), y: box.y + box.height / 2 }, view, scale));
    }
    this.centred = stage.camera;
  }
}

/** The box's middle, or as much beside it as brings what belongs to the box into view. */
function middleThatShows(own: Rect, box: Rect, width: number): number {
  const middle = box.x + box.width / 2;
  const half = width / 2 - pillMargin;
  if (own.width > 2 * half) return middle;
  return Math.min(Math.max(middle, own.x + own.width - half), own.x + half);
}

/** What is kept is rounded; what is shown must not differ from it. */
function wholePixels(positions: Positions): Positions {
  return new Map([...positions].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

/** Shapes of tables by their objects: those of tables that did not change are the same again. */
function createShapeKeeper(): { of(table: DiagramTable, density: Density, measure: MeasureText): TableShape } {
  const shapes = new WeakMap<DiagramTable, { readonly density: Density; readonly measure: MeasureText; readonly shape: TableShape }>();
  return {
    of(table, density, measure) {
      const known = shapes.get(table);
      if (known?.density === density && known.measure === measure) return known.shape;
      const shape = shapeTable(table, density, measure);
      shapes.set(table, { density, measure, shape });
      return shape;
    },
  };
}
