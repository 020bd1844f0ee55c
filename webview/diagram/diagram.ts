/**
 * What the diagram shows, shared by everything that changes it: the model, the part of it that is shown, where its tables stand,
 * what is selected. The stage draws, the mirror tells; what happens on a gesture, a key or a message is decided elsewhere.
 */
import { aroundEntity } from '../../src/core/diagram/aroundEntity';
import type { DiagramModel, EdgeHeat } from '../../src/core/diagram/diagramModel';
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { applyView, keepObjects } from '../../src/core/diagram/views/applyView';
import type { DiagramView } from '../../src/core/diagram/views/diagramView';
import { buildScene, type SceneBox, type SceneEdge } from '../../src/core/diagram/scene';
import type { TableShape } from '../../src/core/diagram/tableShape';
import type { DiagramMode, DiagramState, FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import type { Host } from '../shared/host';
import { maxMirroredBoxes } from './mirror';
import type { PageParts } from './pageParts';
import { createPicture, type Picture } from './picture';
import { readSavedState, writeSavedState, type SavedState, type ViewName } from './savedState';
import { nothingMarked, Stage } from './stage';
import { summaryOf } from './summary';
import { renderNoMatchPage, renderStatePage } from './statePage';

export type DiagramHost = Host<ToDiagram, FromDiagram, SavedState>;

const emptyModel: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };
/** The mirror follows the camera when it has come to rest, and is kept only then. */
const mirrorDelayMs = 80;
const saveDelayMs = 300;

export class Diagram {
  /** What the editor sent. */
  sent = emptyModel;
  /** That with the junction tables that the view draws, and the part of it that the view shows. */
  whole = emptyModel;
  model = emptyModel;
  state: DiagramState = { kind: 'loading', filesRead: 0 };
  view: DiagramView;
  /** The named view that is shown, and whether it was changed since it was opened or saved; null while none is. */
  viewName: ViewName | null;
  isModified: boolean;
  /** Positions of the whole diagram while a part is shown; null while it is shown itself. */
  wholePositions: Positions | null;
  /** What was shown without a name, while a named view is shown. */
  unnamed: DiagramView | null;
  shapes: ReadonlyMap<string, TableShape> = new Map();
  heat: ReadonlyMap<string, EdgeHeat> = new Map();
  moduleColours: ReadonlyMap<string, number> = new Map();
  /** The sidebar's entity under the cursor. */
  focus: string | null = null;
  /** False until there is something to look at: a first picture is then shown whole. */
  cameraIsKnown: boolean;
  awaitsPaint = false;
  readonly stage: Stage;
  private mirrorTimer = 0;
  private saveTimer = 0;
  private page: HTMLElement | null = null;
  private attached: PageParts | null = null;

  constructor(
    readonly root: HTMLElement,
    readonly host: DiagramHost,
    readonly mode: DiagramMode,
    context: CanvasRenderingContext2D,
  ) {
    const saved = readSavedState(mode === 'panel' ? host.readState() : undefined);
    // Around one table there are no frames to group by.
    this.view = mode === 'sidebar' ? { ...saved.view, grouping: 'folders' } : saved.view;
    this.viewName = saved.viewName;
    this.isModified = saved.isModified;
    this.wholePositions = saved.wholePositions;
    this.unnamed = saved.unnamed;
    this.cameraIsKnown = saved.camera !== null;
    const scene = buildScene(emptyModel, this.shapes, this.positions);
    this.stage = new Stage(context, mode, { onMove: () => this.afterMove(), onDraw: () => this.afterDraw() }, (measure) =>
      createPicture(scene, this.heat, measure),
    );
    this.stage.interaction = { ...nothingMarked, selected: saved.selected };
    this.stage.marked = saved.view.focus?.table ?? null;
    this.stage.pinned = saved.view.detail;
    if (saved.camera) this.stage.camera = saved.camera;
  }

  /** The page's parts are made after the diagram, which their events change. */
  attach(parts: PageParts): void {
    this.attached = parts;
  }

  get parts(): PageParts {
    if (!this.attached) throw new Error('The page has no parts yet.');
    return this.attached;
  }

  get positions(): Positions {
    return this.view.positions;
  }

  set positions(positions: Positions) {
    this.view = { ...this.view, positions };
  }

  /** The part of what was sent that the view shows, in its colours. */
  applyView(): void {
    const centre = this.focus ?? this.sent.tables[0]?.id;
    const sent = this.mode === 'sidebar' && centre !== undefined ? aroundEntity(this.sent, centre) : this.sent;
    const { whole, model, groups } = applyView(sent, this.view);
    if (groups.size > 0 || this.view.groups.size > 0) this.view = { ...this.view, groups };
    this.whole = keepObjects(this.whole, whole);
    this.model = keepObjects(this.model, model);
  }

  /** A hand changed the view: it is kept, and a named view is marked. */
  touchView(): void {
    this.isModified = true;
    this.onViewChange();
    this.saveSoon();
  }

  /** Called with each frame. */
  onDraw: () => void = () => undefined;

  /** The button of the page that says that nothing meets the filter. */
  onShowEverything: () => void = () => undefined;

  /** Called when the view, its name or whether it is modified has changed. */
  onViewChange: () => void = () => undefined;

  // --- picture -------------------------------------------------------------------------------------------------------------------

  get picture(): Picture {
    return this.stage.picture;
  }

  /** After tables moved, came or went. */
  rebuildPicture(): void {
    const scene = buildScene(this.model, this.shapes, this.positions, this.moduleColours, this.picture.scene);
    this.stage.show(createPicture(scene, this.heat, this.stage.measure, this.picture));
  }

  /** After what is painted on the same scene changed. */
  repaintPicture(): void {
    this.stage.show(createPicture(this.picture.scene, this.heat, this.stage.measure, this.picture));
  }

  findBox(idOrName: string | null): SceneBox | undefined {
    const { boxById, boxes } = this.picture.scene;
    return boxById.get(idOrName ?? '') ?? boxes.find(({ table }) => table.name === idOrName);
  }

  findEdge(id: string | null): SceneEdge | undefined {
    return this.picture.scene.edgeById.get(id ?? '');
  }

  // --- selection -----------------------------------------------------------------------------------------------------------------

  selectTable(id: string, property: string | null, motion: 'stay' | 'nudge' | 'centre'): void {
    const box = this.findBox(id);
    if (!box) return;
    this.stage.mark({ selected: box.id, selectedProperty: property, selectedEdge: null });
    if (motion !== 'stay') this.stage.reveal(box, motion === 'centre');
    this.root.dataset['selected'] = box.id;
    this.saveSoon();
  }

  selectEdge(id: string): void {
    this.stage.mark({ selected: null, selectedProperty: null, selectedEdge: id });
    delete this.root.dataset['selected'];
  }

  clearSelection(): void {
    this.stage.mark({ selected: null, selectedProperty: null, selectedEdge: null, path: null });
    delete this.root.dataset['selected'];
    this.saveSoon();
  }

  /** Moves the keyboard's focus to a table's node of the mirror. */
  focusMirror(table: string): void {
    this.updateMirror();
    this.parts.mirror.focus(table);
  }

  focusMirroredEdge(edge: string): void {
    this.updateMirror();
    this.parts.mirror.focusEdge(edge);
  }

  /** Gives the focus back to what is selected, so that the keys go on working. */
  focusBack(): void {
    const { selected } = this.stage.interaction;
    if (selected !== null && this.findBox(selected)) this.focusMirror(selected);
    else this.root.focus();
  }

  // --- telling and keeping ---------------------------------------------------------------------------------------------------------

  updateMirrorSoon(): void {
    clearTimeout(this.mirrorTimer);
    this.mirrorTimer = window.setTimeout(() => this.updateMirror(), mirrorDelayMs);
  }

  updateMirror(): void {
    clearTimeout(this.mirrorTimer);
    const { camera, area, interaction } = this.stage;
    const visible = this.picture.boxIndex.query(area).slice(0, maxMirroredBoxes);
    const wanted = this.findEdge(interaction.selectedEdge)?.from.box ?? this.findBox(interaction.selected);
    this.parts.mirror.show(this.picture, wanted && !visible.includes(wanted) ? [...visible, wanted] : visible, interaction.selected);
    this.parts.mirror.move(camera);
  }

  saveSoon(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = window.setTimeout(() => this.save(), saveDelayMs);
  }

  save(): void {
    if (this.mode === 'sidebar') return;
    const { view, viewName, isModified, wholePositions, unnamed, stage } = this;
    const camera = this.cameraIsKnown ? stage.camera : null;
    const { selected } = stage.interaction;
    this.host.writeState(writeSavedState({ view, viewName, isModified, wholePositions, unnamed, camera, selected }));
  }

  /** Tells the page's readers, and tests, what is shown. */
  describe(): void {
    const { tables, edges } = this.model;
    this.root.dataset['state'] = this.state.kind;
    this.root.dataset['tableCount'] = String(tables.length);
    this.root.dataset['edgeCount'] = String(edges.length);
    this.parts.showSummary(this.state.kind === 'ready' && this.mode === 'panel' ? summaryOf(this.model, this.whole) : '');
    this.page?.remove();
    const isEmptied = this.state.kind === 'ready' && tables.length === 0 && this.whole.tables.length > 0;
    this.page = isEmptied ? renderNoMatchPage(this.onShowEverything) : renderStatePage(this.state, this.mode, (message) => this.host.post(message));
    if (this.page) this.root.append(this.page);
  }

  private afterMove(): void {
    this.parts.tooltip.hide();
    this.updateMirrorSoon();
    this.saveSoon();
  }

  private afterDraw(): void {
    const { camera, area, colours, showsEverything } = this.stage;
    this.parts.mirror.move(camera);
    this.onDraw();
    this.parts.toolbar.setZoom(camera.scale);
    if (showsEverything || this.model.tables.length === 0) this.parts.minimap.hide();
    else this.parts.minimap.draw(this.picture.scene, area, colours);
    if (this.awaitsPaint) performance.measure('diagram-first-paint', 'diagram-paint-start');
    this.awaitsPaint = false;
  }
}
