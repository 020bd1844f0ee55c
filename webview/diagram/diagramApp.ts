/**
 * The diagram's program: holds the model, where its tables stand and what is selected, and turns messages, gestures and keys into
 * changes of these. The stage draws, the mirror tells.
 */
import type { DiagramModel, EdgeHeat } from '../../src/core/diagram/diagramModel';
import type { Path } from '../../src/core/diagram/findPaths';
import type { Point } from '../../src/core/diagram/geometry';
import type { Hit } from '../../src/core/diagram/hitTest';
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { assignColours, buildScene, type SceneBox, type SceneEdge } from '../../src/core/diagram/scene';
import type { SearchMatch } from '../../src/core/diagram/searchDiagram';
import { shapeTable, type TableShape } from '../../src/core/diagram/tableShape';
import type { DiagramCommand, DiagramMode, DiagramState, FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import type { Host } from '../shared/host';
import { watchTheme } from '../shared/theme';
import { centreOn, fitRect, toPlane, toScreen, type Camera } from './camera';
import { contextMenuOf } from './contextMenu';
import { exportPng, exportSvg } from './exportPicture';
import { listenToGestures } from './gestures';
import { keyActionOf, type KeyAction } from './keys';
import { createLayoutKeeper, type LayoutKeeper } from './layoutKeeper';
import { maxMirroredBoxes } from './mirror';
import { createPageParts, type PageParts } from './pageParts';
import { createPicture, type Picture } from './picture';
import { fromSavedPositions, readSavedState, toSavedPositions, type SavedState } from './savedState';
import { nothingMarked, Stage } from './stage';
import { renderStatePage } from './statePage';
import { applyFilter, type ViewFilter } from './viewFilter';
import { walk } from './walk';

export type DiagramHost = Host<ToDiagram, FromDiagram, SavedState>;

type SelectMessage = Extract<ToDiagram, { type: 'select' }>;

const emptyModel: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };
/** The mirror follows the camera when it has come to rest, and is kept only then. */
const mirrorDelayMs = 80;
const saveDelayMs = 300;
const maxUndo = 50;

/** Starts the program in its root element; posts `ready` when it can be sent a model. */
export function startDiagram(root: HTMLElement, host: DiagramHost, mode: DiagramMode, workerUri: string): void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  if (context) new DiagramApp(root, host, mode, context, createLayoutKeeper(workerUri, mode)).start();
  else host.post({ type: 'failed', message: 'The diagram needs a canvas, and this window has none.' });
}

class DiagramApp {
  /** Everything that the editor sent, and the part of it that the filter shows. */
  private whole = emptyModel;
  private model = emptyModel;
  private state: DiagramState = { kind: 'loading', filesRead: 0 };
  private filter: ViewFilter = { kind: 'everything' };
  private positions: Positions;
  /** Positions of the whole diagram while a part is shown; null while it is shown itself. */
  private wholePositions: Positions | null = null;
  private readonly undoStack: Positions[] = [];
  private shapes: ReadonlyMap<string, TableShape> = new Map();
  private heat: ReadonlyMap<string, EdgeHeat> = new Map();
  private moduleColours: ReadonlyMap<string, number> = new Map();
  /** The sidebar's entity under the cursor. */
  private focus: string | null = null;
  private cameraIsKnown: boolean;
  private dragged: string | null = null;
  private pendingSelection: SelectMessage | null = null;
  private beforeSearch: { readonly camera: Camera; readonly selected: string | null } | null = null;
  /** What the search palette's choice is for: null shows it, else the paths from this table to it. */
  private pathsFrom: string | null = null;
  private awaitsPaint = false;
  private mirrorTimer = 0;
  private saveTimer = 0;
  private page: HTMLElement | null = null;
  private readonly stage: Stage;
  private readonly parts: PageParts;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: DiagramHost,
    private readonly mode: DiagramMode,
    context: CanvasRenderingContext2D,
    private readonly keeper: LayoutKeeper,
  ) {
    const saved = readSavedState(mode === 'panel' ? host.readState() : undefined);
    this.positions = fromSavedPositions(saved.positions);
    this.cameraIsKnown = saved.camera !== null;
    const scene = buildScene(emptyModel, this.shapes, this.positions);
    this.stage = new Stage(context, mode, { onMove: () => this.afterMove(), onDraw: () => this.afterDraw() }, (measure) =>
      createPicture(scene, this.heat, measure),
    );
    this.stage.interaction = { ...nothingMarked, selected: saved.selected };
    if (saved.camera) this.stage.camera = saved.camera;
    this.parts = createPageParts(root, context.canvas, mode, {
      runCommand: (command) => this.runCommand(command),
      resetZoom: () => this.stage.resetZoom(),
      openPanel: () => this.host.post({ type: 'openPanel', entity: this.focus }),
      centreOn: (point) => this.stage.moveTo(centreOn(point, this.stage.view, this.stage.camera.scale)),
      focusTable: (table) => this.selectTable(table, null, 'nudge'),
      focusEdge: (edge) => this.selectEdge(edge),
      previewMatch: (match) => this.previewMatch(match),
      chooseMatch: (match) => this.chooseMatch(match),
      cancelSearch: () => this.cancelSearch(),
      changeFilter: (filter) => this.changeFilter(filter),
      pointAtPath: (path) => this.pointAtPath(path),
      focusBack: () => this.focusBack(),
    });
  }

  start(): void {
    this.listenToPointer();
    window.addEventListener('keydown', (event) => this.onKey(event));
    window.addEventListener('pagehide', () => this.save());
    watchTheme(() => {
      if (this.stage.retheme()) void this.layOut(null);
    });
    new ResizeObserver(() => this.onResize()).observe(this.root);
    this.host.onMessage((message) => this.receive(message));
    this.describe();
    this.host.post({ type: 'ready' });
  }

  // --- messages ------------------------------------------------------------------------------------------------------------------

  private receive(message: ToDiagram): void {
    switch (message.type) {
      case 'model':
        void this.showModel(message.model, message.state, message.focus);
        return;
      case 'select':
        return this.showSelection(message);
      case 'heat':
        this.heat = new Map(message.heat.map((entry) => [`${entry.entity}.${entry.relation}`, entry]));
        this.stage.show(createPicture(this.picture.scene, this.heat, this.stage.measure, this.picture));
        return this.updateMirror();
      case 'command':
        return this.runCommand(message.command);
    }
  }

  private async showModel(next: DiagramModel, nextState: DiagramState, focus: string | null): Promise<void> {
    // A workspace that is being read again keeps the last good picture; so does one whose diagram failed.
    const keepsPicture = this.whole.tables.length > 0 && next.tables.length === 0 && (nextState.kind === 'loading' || nextState.kind === 'error');
    this.parts.showBanner(keepsPicture && nextState.kind === 'error' ? nextState.message : null);
    if (keepsPicture) return;
    this.state = nextState;
    this.whole = next;
    this.focus = focus ?? this.focus;
    if (this.mode === 'sidebar') this.stage.marked = this.focus;
    const modules = next.modules.map(({ id }) => id);
    this.moduleColours = assignColours(modules, this.moduleColours);
    await this.layOut(focus);
  }

  /** What the editor asks for may arrive before its table has been placed, or while a part without it is shown. */
  private showSelection(message: SelectMessage): void {
    const box = this.findBox(message.entity);
    this.pendingSelection = box ? null : message;
    if (box) this.selectTable(box.id, message.property, message.reveal ? 'centre' : 'stay');
    else if (message.reveal && this.filter.kind !== 'everything' && this.whole.tables.some(({ id }) => id === message.entity)) {
      this.changeFilter({ kind: 'everything' });
    }
  }

  private runCommand(command: DiagramCommand): void {
    switch (command) {
      case 'fit':
        return this.stage.fit();
      case 'search':
        return this.openSearch(null);
      case 'relayout':
        this.keepForUndo();
        this.positions = new Map();
        this.cameraIsKnown = false;
        void this.layOut(null);
        return;
      case 'zoomIn':
        return this.stage.zoomBy(1.25);
      case 'zoomOut':
        return this.stage.zoomBy(0.8);
      case 'exportSvg':
        void this.exportAs('relations.svg', 'image/svg+xml', exportSvg);
        return;
      case 'exportPng':
        void this.exportAs('relations.png', 'image/png', exportPng);
        return;
    }
  }

  private async exportAs(name: string, mime: string, write: typeof exportSvg): Promise<void> {
    const { colours, measure, fontFamily } = this.stage;
    try {
      this.host.post({ type: 'saveFile', name, mime, base64: await write(this.picture, colours, measure, fontFamily) });
    } catch (error) {
      this.host.post({ type: 'failed', message: `The picture could not be exported. ${String(error)}` });
    }
  }

  // --- layout --------------------------------------------------------------------------------------------------------------------

  private async layOut(focus: string | null): Promise<void> {
    this.root.dataset['layout'] = 'busy';
    performance.mark('diagram-layout-start');
    this.model = applyFilter(this.whole, this.filter);
    const density = (id: string): 'all' | 'keys' => (this.mode === 'sidebar' && id !== focus ? 'keys' : 'all');
    this.shapes = new Map(this.model.tables.map((table) => [table.id, shapeTable(table, density(table.id), this.stage.measure)]));
    this.describe();
    const tell = (placed: number): void => this.parts.showSummary(`Arranging ${placed} of ${this.model.tables.length} …`);
    const laidOut = await this.keeper.layOut(this.model, this.shapes, this.positions, this.stage.view, focus, tell);
    if (!laidOut) return;
    performance.measure('diagram-layout', 'diagram-layout-start');
    performance.mark('diagram-paint-start');
    this.awaitsPaint = true;
    this.positions = laidOut.positions;
    if (laidOut.message !== null) this.parts.showBanner(laidOut.message);
    this.rebuildPicture();
    this.lookAt(focus);
    this.describe();
    this.updateMirror();
    this.saveSoon();
    this.root.dataset['layout'] = 'done';
  }

  /** Where to look after a layout: at what the editor is at, else where one looked before, else at everything. */
  private lookAt(focus: string | null): void {
    if (this.mode === 'sidebar') {
      this.stage.mark(nothingMarked);
      this.centreFocus(focus);
    } else {
      if (!this.cameraIsKnown) this.stage.fit();
      if (focus !== null) this.selectTable(focus, null, 'nudge');
    }
    this.cameraIsKnown = this.cameraIsKnown || this.model.tables.length > 0;
    if (this.pendingSelection) this.showSelection(this.pendingSelection);
  }

  private centreFocus(focus: string | null): void {
    const { view } = this.stage;
    const whole = fitRect(this.picture.scene.bounds, view, 1, { top: 34, side: 10, bottom: 10 });
    const box = focus === null ? undefined : this.findBox(focus);
    // Readable before complete: what does not fit is a pan away.
    const scale = Math.max(whole.scale, Math.min(0.72, view.width / 300));
    if (!box || whole.scale >= scale) this.stage.moveTo(whole);
    else this.stage.moveTo(centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, view, scale));
  }

  private changeFilter(filter: ViewFilter): void {
    const wasWhole = this.filter.kind === 'everything';
    const isWhole = filter.kind === 'everything';
    if (wasWhole && !isWhole) this.wholePositions = this.positions;
    this.filter = filter;
    // A part is arranged for itself; the whole comes back as it was.
    this.positions = isWhole ? (this.wholePositions ?? this.positions) : new Map();
    if (isWhole) this.wholePositions = null;
    this.cameraIsKnown = false;
    this.parts.closePanels();
    this.parts.showFilter(filter, this.whole);
    // Around a table it is marked instead of selected: a selection would dim the very neighbours that were asked for.
    this.stage.marked = filter.kind === 'around' ? filter.table : null;
    this.clearSelection();
    void this.layOut(null).then(() => this.root.focus());
  }

  private get picture(): Picture {
    return this.stage.picture;
  }

  private rebuildPicture(): void {
    const scene = buildScene(this.model, this.shapes, this.positions, this.moduleColours);
    this.stage.show(createPicture(scene, this.heat, this.stage.measure, this.picture));
  }

  private onResize(): void {
    const { clientWidth, clientHeight } = this.root;
    const appears = this.stage.view.width === 0 && clientWidth > 0;
    // An editor that opens beside the diagram must not cut off what was shown whole.
    const wantsAll = appears ? !this.cameraIsKnown : this.stage.showsEverything;
    this.stage.resize({ width: clientWidth, height: clientHeight });
    if (this.mode === 'sidebar' && this.whole.tables.length > 0) void this.layOut(this.focus);
    else if (wantsAll && this.model.tables.length > 0) this.stage.fit();
    this.updateMirrorSoon();
  }

  // --- selection -----------------------------------------------------------------------------------------------------------------

  private findBox(idOrName: string | null): SceneBox | undefined {
    const { boxById, boxes } = this.picture.scene;
    return boxById.get(idOrName ?? '') ?? boxes.find(({ table }) => table.name === idOrName);
  }

  private findEdge(id: string | null): SceneEdge | undefined {
    return id === null ? undefined : this.picture.scene.edges.find(({ edge }) => edge.id === id);
  }

  private selectTable(id: string, property: string | null, motion: 'stay' | 'nudge' | 'centre'): void {
    const box = this.findBox(id);
    if (!box) return;
    this.stage.mark({ selected: box.id, selectedProperty: property, selectedEdge: null });
    if (motion !== 'stay') this.stage.reveal(box, motion === 'centre');
    this.root.dataset['selected'] = box.id;
    this.saveSoon();
  }

  private selectEdge(id: string): void {
    this.stage.mark({ selected: null, selectedProperty: null, selectedEdge: id });
    delete this.root.dataset['selected'];
  }

  private clearSelection(): void {
    this.stage.mark({ selected: null, selectedProperty: null, selectedEdge: null, path: null });
    delete this.root.dataset['selected'];
    this.saveSoon();
  }

  private focusMirror(table: string): void {
    this.updateMirror();
    this.parts.mirror.focus(table);
  }

  /** Gives the focus back to what is selected, so that the keys go on working. */
  private focusBack(): void {
    const { selected } = this.stage.interaction;
    if (selected !== null && this.findBox(selected)) this.focusMirror(selected);
    else this.root.focus();
  }

  private openSource(hit: Hit): void {
    if (hit.kind === 'box') this.openTable(hit.box, hit.row?.property ?? null);
    else if (hit.kind === 'edge') this.openTable(hit.edge.from.box, hit.edge.edge.from.property);
  }

  private openTable({ table }: SceneBox, property: string | null): void {
    const column = table.columns.find((candidate) => candidate.property === property);
    const relation = table.relations.find((candidate) => candidate.property === property || property?.startsWith(`${candidate.property}.`) === true);
    const { file, line, column: at } = column?.source ?? relation?.source ?? table.source;
    this.host.post({ type: 'openSource', file, line, column: at });
  }

  // --- search and paths ------------------------------------------------------------------------------------------------------------

  private openSearch(pathsFrom: string | null): void {
    this.pathsFrom = pathsFrom;
    const from = pathsFrom === null ? undefined : this.findBox(pathsFrom)?.table.name;
    this.parts.palette.open(this.model, from === undefined ? null : `Where to from ${from}?`);
  }

  private previewMatch(match: SearchMatch): void {
    this.beforeSearch ??= { camera: this.stage.camera, selected: this.stage.interaction.selected };
    this.selectTable(match.table, match.property, 'centre');
  }

  private chooseMatch(match: SearchMatch): void {
    this.beforeSearch = null;
    if (this.pathsFrom !== null) return this.parts.paths.open(this.model, this.pathsFrom, match.table);
    this.selectTable(match.table, match.property, 'centre');
    this.focusMirror(match.table);
  }

  private cancelSearch(): void {
    if (this.beforeSearch) {
      this.stage.mark({ selected: this.beforeSearch.selected, selectedProperty: null, selectedEdge: null });
      this.stage.moveTo(this.beforeSearch.camera);
    }
    this.beforeSearch = null;
    this.focusBack();
  }

  private pointAtPath(path: Path | null): void {
    if (path === null) return this.stage.mark({ path: null });
    this.stage.mark({ ...nothingMarked, path: new Set(path.map(({ edge }) => edge.id)) });
    const boxes = path.flatMap(({ from, to }) => [this.findBox(from), this.findBox(to)]).filter((box) => box !== undefined);
    if (boxes.length > 0) this.stage.revealAll(boxes);
  }

  // --- pointer ---------------------------------------------------------------------------------------------------------------------

  private listenToPointer(): void {
    const { stage } = this;
    listenToGestures(this.parts.canvas, {
      onPan: (dx, dy) => stage.panBy(dx, dy),
      onZoom: (factor, at) => stage.zoomBy(factor, at),
      onHover: (at) => this.hover(at),
      onClick: (at, withModifier) => (withModifier ? this.openSource(stage.hitAt(at)) : this.click(at)),
      onDoubleClick: (at) => this.openSource(stage.hitAt(at)),
      onDragStart: (at) => this.startDrag(at),
      onDrag: (dx, dy) => this.drag(dx, dy),
      onDragEnd: (dropped) => this.endDrag(dropped),
      onContextMenu: (at) => this.openMenu(stage.hitAt(at), at),
    });
  }

  private hover(at: Point | null): void {
    const hit: Hit = at === null ? { kind: 'nothing' } : this.stage.hitAt(at);
    const hovered = hit.kind === 'box' ? hit.box.id : null;
    const hoveredEdge = hit.kind === 'edge' ? hit.edge.edge.id : null;
    const hoveredProperty = hit.kind === 'box' ? (hit.row?.property ?? null) : null;
    this.parts.canvas.classList.toggle('pointer', hovered !== null || hoveredEdge !== null);
    if (at === null) this.parts.tooltip.hide();
    else this.parts.tooltip.show(hit, hit.kind === 'edge' ? this.picture.heatOf(hit.edge) : null, at, this.stage.view);
    const before = this.stage.interaction;
    if (hovered === before.hovered && hoveredEdge === before.hoveredEdge && hoveredProperty === before.hoveredProperty) return;
    this.stage.mark({ hovered, hoveredProperty, hoveredEdge });
  }

  private click(at: Point): void {
    const hit = this.stage.hitAt(at);
    if (hit.kind === 'box') {
      this.selectTable(hit.box.id, null, 'stay');
      this.focusMirror(hit.box.id);
      this.stage.mark({ selectedProperty: hit.row?.property ?? null });
    } else if (hit.kind === 'edge') {
      this.selectEdge(hit.edge.edge.id);
      this.updateMirror();
      this.parts.mirror.focusEdge(hit.edge.edge.id);
    } else {
      this.clearSelection();
      this.root.focus();
    }
  }

  private startDrag(at: Point): boolean {
    const hit = this.stage.hitAt(at);
    if (hit.kind !== 'box' || this.mode === 'sidebar') return false;
    this.keepForUndo();
    this.dragged = hit.box.id;
    this.stage.dragging = true;
    this.parts.tooltip.hide();
    return true;
  }

  private drag(dx: number, dy: number): void {
    const corner = this.dragged === null ? undefined : this.positions.get(this.dragged);
    if (this.dragged === null || !corner) return;
    const { scale } = this.stage.camera;
    this.positions = new Map(this.positions).set(this.dragged, { x: corner.x + dx / scale, y: corner.y + dy / scale });
    this.rebuildPicture();
  }

  private endDrag(dropped: boolean): void {
    const corner = this.dragged === null ? undefined : this.positions.get(this.dragged);
    if (this.dragged !== null && corner) {
      this.positions = new Map(this.positions).set(this.dragged, { x: Math.round(corner.x), y: Math.round(corner.y) });
    }
    this.dragged = null;
    this.stage.dragging = false;
    if (!dropped) return this.undo();
    this.rebuildPicture();
    this.updateMirror();
    this.saveSoon();
  }

  private keepForUndo(): void {
    this.undoStack.push(this.positions);
    if (this.undoStack.length > maxUndo) this.undoStack.shift();
  }

  private undo(): void {
    const before = this.undoStack.pop();
    if (!before) return;
    // Tables that came since then keep their place.
    this.positions = new Map([...this.positions].map(([id, corner]) => [id, before.get(id) ?? corner]));
    this.rebuildPicture();
    this.updateMirror();
    this.saveSoon();
  }

  private openMenu(hit: Hit, at: Point): void {
    this.parts.tooltip.hide();
    if (hit.kind === 'box') this.selectTable(hit.box.id, hit.row?.property ?? null, 'stay');
    const items = contextMenuOf(hit, this.mode, {
      open: (box, property) => this.openTable(box, property),
      show: (filter) => this.changeFilter(filter),
      findPaths: (from) => this.openSearch(from),
      search: () => this.openSearch(null),
      fit: () => this.stage.fit(),
    });
    this.parts.menu.open(items, at, this.root);
  }

  // --- keys ------------------------------------------------------------------------------------------------------------------------

  private onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (event.defaultPrevented || target instanceof HTMLInputElement) return;
    if (target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
    const action = keyActionOf(event);
    if (!action || !this.act(action)) return;
    event.preventDefault();
  }

  /** False where there was nothing to do, so that the browser may. */
  private act(action: KeyAction): boolean {
    switch (action.kind) {
      case 'search':
      case 'fit':
      case 'zoomIn':
      case 'zoomOut':
        this.runCommand(action.kind);
        return true;
      case 'resetZoom':
        this.stage.resetZoom();
        return true;
      case 'undo':
        this.undo();
        return true;
      case 'help':
        this.parts.legend.toggle();
        return true;
      case 'escape':
        return this.escape();
      case 'open':
        return this.openSelected();
      case 'menu':
        return this.openMenuOfSelected();
      case 'walk':
        return this.walk(action.key, action.alongEdges);
    }
  }

  private escape(): boolean {
    const { selected, selectedEdge } = this.stage.interaction;
    if (selected === null && selectedEdge === null && this.filter.kind !== 'everything') this.changeFilter({ kind: 'everything' });
    else this.clearSelection();
    return true;
  }

  private openSelected(): boolean {
    const { selected, selectedProperty, selectedEdge } = this.stage.interaction;
    const edge = this.findEdge(selectedEdge);
    const box = this.findBox(selected);
    if (edge) this.openSource({ kind: 'edge', edge });
    else if (box) this.openTable(box, selectedProperty);
    return edge !== undefined || box !== undefined;
  }

  private openMenuOfSelected(): boolean {
    const edge = this.findEdge(this.stage.interaction.selectedEdge);
    const box = edge?.from.box ?? this.findBox(this.stage.interaction.selected);
    if (!box) return false;
    const at = toScreen(this.stage.camera, { x: box.x + 20, y: box.y + 24 });
    this.openMenu(edge ? { kind: 'edge', edge } : { kind: 'box', box, row: null }, at);
    return true;
  }

  private walk(key: string, alongEdges: boolean): boolean {
    const target = walk(this.picture, this.stage.interaction, key, alongEdges, toPlane(this.stage.camera, this.stage.middle));
    if (!target) return false;
    if (target.kind === 'table') {
      this.selectTable(target.id, null, 'nudge');
      this.focusMirror(target.id);
    } else {
      this.selectEdge(target.id);
      this.updateMirror();
      this.parts.mirror.focusEdge(target.id);
    }
    return true;
  }

  // --- telling and keeping ---------------------------------------------------------------------------------------------------------

  private afterMove(): void {
    this.parts.tooltip.hide();
    this.updateMirrorSoon();
    this.saveSoon();
  }

  private afterDraw(): void {
    const { camera, area, colours, showsEverything } = this.stage;
    this.parts.mirror.move(camera);
    this.parts.toolbar.setZoom(camera.scale);
    if (showsEverything || this.model.tables.length === 0) this.parts.minimap.hide();
    else this.parts.minimap.draw(this.picture.scene, area, colours);
    if (this.awaitsPaint) performance.measure('diagram-first-paint', 'diagram-paint-start');
    this.awaitsPaint = false;
  }

  private updateMirrorSoon(): void {
    clearTimeout(this.mirrorTimer);
    this.mirrorTimer = window.setTimeout(() => this.updateMirror(), mirrorDelayMs);
  }

  private updateMirror(): void {
    clearTimeout(this.mirrorTimer);
    const { camera, area, interaction } = this.stage;
    const visible = this.picture.boxIndex.query(area).slice(0, maxMirroredBoxes);
    const wanted = this.findEdge(interaction.selectedEdge)?.from.box ?? this.findBox(interaction.selected);
    this.parts.mirror.show(this.picture, wanted && !visible.includes(wanted) ? [...visible, wanted] : visible, interaction.selected);
    this.parts.mirror.move(camera);
  }

  private saveSoon(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = window.setTimeout(() => this.save(), saveDelayMs);
  }

  private save(): void {
    if (this.mode === 'sidebar') return;
    const isPart = this.wholePositions !== null;
    this.host.writeState({
      version: 1,
      positions: toSavedPositions(this.wholePositions ?? this.positions),
      camera: this.cameraIsKnown && !isPart ? this.stage.camera : null,
      selected: this.stage.interaction.selected,
    });
  }

  /** Tells the page's readers, and tests, what is shown. */
  private describe(): void {
    const { tables, edges, modules } = this.model;
    this.root.dataset['state'] = this.state.kind;
    this.root.dataset['tableCount'] = String(tables.length);
    this.root.dataset['edgeCount'] = String(edges.length);
    const counts = [
      count(tables.length, 'entity', 'entities'),
      count(edges.length, 'relation', 'relations'),
      count(modules.length, 'module', 'modules'),
    ];
    this.parts.showSummary(this.state.kind === 'ready' && this.mode === 'panel' ? counts.join(' · ') : '');
    this.page?.remove();
    this.page = renderStatePage(this.state, this.mode, (message) => this.host.post(message));
    if (this.page) this.root.append(this.page);
  }
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
