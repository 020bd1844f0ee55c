/** Lays out what is to be shown, decides where to look afterwards, and keeps the whole's layout while a part is shown. */
import { assignColours } from '../../src/core/diagram/scene';
import { shapeTable } from '../../src/core/diagram/tableShape';
import { centreOn, fitRect } from './camera';
import type { Diagram } from './diagram';
import type { LayoutKeeper } from './layoutKeeper';
import { nothingMarked } from './stage';
import { applyFilter, type ViewFilter } from './viewFilter';

export class Arranging {
  /** Called after each layout that was shown. */
  onLaidOut: () => void = () => undefined;

  constructor(
    private readonly diagram: Diagram,
    private readonly keeper: LayoutKeeper,
  ) {}

  /** Lays out the part that the filter shows; `focus` is the table to look at then. */
  async layOut(focus: string | null): Promise<void> {
    const { diagram, keeper } = this;
    const { root, stage, parts, mode } = diagram;
    root.dataset['layout'] = 'busy';
    performance.mark('diagram-layout-start');
    diagram.moduleColours = assignColours(
      diagram.whole.modules.map(({ id }) => id),
      diagram.moduleColours,
    );
    diagram.model = applyFilter(diagram.whole, diagram.filter);
    const { model } = diagram;
    const density = (id: string): 'all' | 'keys' => (mode === 'sidebar' && id !== focus ? 'keys' : 'all');
    diagram.shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, density(table.id), stage.measure)]));
    diagram.describe();
    const tell = (placed: number): void => parts.showSummary(`Arranging ${placed} of ${model.tables.length} …`);
    const laidOut = await keeper.layOut(model, diagram.shapes, diagram.positions, stage.view, focus, tell);
    if (!laidOut) return;
    performance.measure('diagram-layout', 'diagram-layout-start');
    performance.mark('diagram-paint-start');
    diagram.awaitsPaint = true;
    diagram.positions = laidOut.positions;
    if (laidOut.message !== null) parts.showBanner(laidOut.message);
    diagram.rebuildPicture();
    this.lookAt(focus);
    diagram.describe();
    diagram.updateMirror();
    diagram.saveSoon();
    root.dataset['layout'] = 'done';
  }

  /** Forgets where everything stands and lays it out as new. */
  async layOutAnew(): Promise<void> {
    this.diagram.positions = new Map();
    this.diagram.cameraIsKnown = false;
    await this.layOut(null);
  }

  changeFilter(filter: ViewFilter): void {
    const { diagram } = this;
    const { parts, stage } = diagram;
    const wasWhole = diagram.filter.kind === 'everything';
    const isWhole = filter.kind === 'everything';
    if (wasWhole && !isWhole) diagram.wholePositions = diagram.positions;
    diagram.filter = filter;
    // A part is arranged for itself; the whole comes back as it was.
    diagram.positions = isWhole ? (diagram.wholePositions ?? diagram.positions) : new Map();
    if (isWhole) diagram.wholePositions = null;
    diagram.cameraIsKnown = false;
    parts.closePanels();
    parts.showFilter(filter, diagram.whole);
    // Around a table it is marked instead of selected: a selection would dim the very neighbours that were asked for.
    stage.marked = filter.kind === 'around' ? filter.table : null;
    diagram.clearSelection();
    void this.layOut(null).then(() => diagram.root.focus());
  }

  onResize(): void {
    const { diagram } = this;
    const { root, stage, mode } = diagram;
    const { clientWidth, clientHeight } = root;
    const appears = stage.view.width === 0 && clientWidth > 0;
    // An editor that opens beside the diagram must not cut off what was shown whole.
    const wantsAll = appears ? !diagram.cameraIsKnown : stage.showsEverything;
    stage.resize({ width: clientWidth, height: clientHeight });
    if (mode === 'sidebar' && diagram.whole.tables.length > 0) void this.layOut(diagram.focus);
    else if (wantsAll && diagram.model.tables.length > 0) stage.fit();
    diagram.updateMirrorSoon();
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
    diagram.cameraIsKnown = diagram.cameraIsKnown || diagram.model.tables.length > 0;
    this.onLaidOut();
  }

  private centreFocus(focus: string | null): void {
    const { stage, picture } = this.diagram;
    const { view } = stage;
    const whole = fitRect(picture.scene.bounds, view, 1, { top: 34, side: 10, bottom: 10 });
    const box = focus === null ? undefined : this.diagram.findBox(focus);
    // Readable before complete: what does not fit is a pan away.
    const scale = Math.max(whole.scale, Math.min(0.72, view.width / 300));
    if (!box || whole.scale >= scale) stage.moveTo(whole);
    else stage.moveTo(centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, view, scale));
  }
}
