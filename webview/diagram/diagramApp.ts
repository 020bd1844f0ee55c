/**
 * The diagram's program: holds what is shown and where one looks, turns messages and gestures into changes of that, and draws a
 * frame after each change.
 */
import type { DiagramModel, EdgeHeat } from '../../src/core/diagram/diagramModel';
import { containsPoint, type Point, type Size } from '../../src/core/diagram/geometry';
import { hitTest, type Hit } from '../../src/core/diagram/hitTest';
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import { assignColours, buildScene, type SceneBox, type SceneEdge } from '../../src/core/diagram/scene';
import { shapeTable, type MeasureText, type TableShape } from '../../src/core/diagram/tableShape';
import type { SearchMatch } from '../../src/core/diagram/searchDiagram';
import type { DiagramCommand, DiagramMode, DiagramState, FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import type { Host } from '../shared/host';
import { prefersReducedMotion, readFontFamily, watchTheme } from '../shared/theme';
import { centreOn, fitRect, panBy, toPlane, visibleArea, zoomAt, type Camera } from './camera';
import { createCanvasPainter, createMeasure } from './canvasPainter';
import { readDiagramColours } from './diagramTheme';
import { element } from './dom';
import type { FrameMode, Interaction } from './drawFrame';
import { createFrameCache } from './frameCache';
import { exportPng, exportSvg } from './exportPicture';
import { listenToGestures } from './gestures';
import { createLayoutKeeper } from './layoutKeeper';
import { createMinimap } from './minimap';
import { createMirror, maxMirroredBoxes } from './mirror';
import { createPicture, type Picture } from './picture';
import { fromSavedPositions, readSavedState, toSavedPositions, type SavedState } from './savedState';
import { createSearchPalette } from './searchPalette';
import { renderStatePage } from './statePage';
import { styles } from './styles';
import { createToolbar } from './toolbar';
import { createTooltip } from './tooltip';
import { walk } from './walk';

export type DiagramHost = Host<ToDiagram, FromDiagram, SavedState>;

type SelectMessage = Extract<ToDiagram, { type: 'select' }>;

const emptyModel: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };
const resting: Interaction = { selected: null, selectedProperty: null, selectedEdge: null, hovered: null, hoveredProperty: null, hoveredEdge: null };

/** Time that one frame may spend on computing routes that are missing. */
const routingBudgetMs = 8;
/** A gesture rests when nothing moved for this long. */
const restMs = 90;

export function startDiagram(root: HTMLElement, host: DiagramHost, mode: DiagramMode, workerUri: string): void {
  const saved = readSavedState(mode === 'panel' ? host.readState() : undefined);
  const canvas = element('canvas', { class: 'canvas', 'aria-hidden': 'true' });
  const maybeContext = canvas.getContext('2d', { alpha: false });
  if (!maybeContext) {
    host.post({ type: 'failed', message: 'The diagram needs a canvas, and this window has none.' });
    return;
  }
  const context = maybeContext;

  let model = emptyModel;
  let state: DiagramState = { kind: 'loading', filesRead: 0 };
  let shapes: ReadonlyMap<string, TableShape> = new Map();
  let positions: Positions = fromSavedPositions(saved.positions);
  let heat: ReadonlyMap<string, EdgeHeat> = new Map();
  let interaction: Interaction = { ...resting, selected: saved.selected };
  let camera: Camera = saved.camera ?? { x: 0, y: 0, scale: 1 };
  let cameraIsKnown = saved.camera !== null;
  let focusId: string | null = null;
  let view: Size = { width: 0, height: 0 };
  let fontFamily = readFontFamily();
  let measure: MeasureText = createMeasure(fontFamily);
  let colours = readDiagramColours(mode);
  let painter = createCanvasPainter(context, fontFamily, measure);
  let picture: Picture = createPicture(buildScene(model, shapes, positions), heat, measure);
  const frames = createFrameCache(context);
  let frameRequest = 0;
  let restTimer = 0;
  let movedAt = -restMs;
  let standsIn = false;
  /** Between a layout and the first frame that shows it; both are measured, for the browser's profiler and the benchmark. */
  let awaitsPaint = false;
  let mirrorTimer = 0;
  let saveTimer = 0;
  let dragged: string | null = null;
  let pendingSelection: SelectMessage | null = null;
  let moduleColours: ReadonlyMap<string, number> = new Map();

  // --- what stands on the page ---------------------------------------------------------------------------------------------------
  const keeper = createLayoutKeeper(workerUri, mode);
  const mirror = createMirror({ onFocusTable: (id) => selectTable(id, null, 'nudge'), onFocusEdge: (id) => selectEdge(id) });
  const tooltip = createTooltip();
  const minimap = createMinimap((to) => setCamera(centreOn(to, view, camera.scale)));
  const toolbar = createToolbar(mode, {
    onSearch: () => palette.open(model),
    onZoomIn: () => runCommand('zoomIn'),
    onZoomOut: () => runCommand('zoomOut'),
    onResetZoom: () => setCamera(zoomAt(camera, 1 / camera.scale, middle())),
    onFit: () => runCommand('fit'),
    onRelayout: () => runCommand('relayout'),
    onExportSvg: () => runCommand('exportSvg'),
    onExportPng: () => runCommand('exportPng'),
    onOpenPanel: () => host.post({ type: 'openPanel', entity: focusId }),
  });
  let beforeSearch: { camera: Camera; interaction: Interaction } | null = null;
  const palette = createSearchPalette({
    onPreview: (match) => {
      beforeSearch ??= { camera, interaction };
      reveal(match);
    },
    onChoose: (match) => {
      beforeSearch = null;
      reveal(match);
      focusMirror(match.table);
    },
    onCancel: () => {
      if (beforeSearch) {
        interaction = beforeSearch.interaction;
        frames.invalidate();
        setCamera(beforeSearch.camera);
      }
      beforeSearch = null;
      if (interaction.selected !== null) focusMirror(interaction.selected);
      else root.focus();
    },
  });
  const summary = element('div', { class: 'summary' });
  const live = element('div', { class: 'live', 'aria-live': 'polite' });
  const banner = element('div', { class: 'banner', role: 'status' });
  banner.hidden = true;
  let page: HTMLElement | null = null;

  root.classList.add(mode);
  root.tabIndex = -1;
  root.setAttribute('role', 'main');
  root.setAttribute('aria-label', 'Entity relationship diagram');
  root.append(
    element('style', {}, [styles]),
    canvas,
    mirror.root,
    summary,
    ...(mode === 'panel' ? [minimap.root] : []),
    toolbar.root,
    banner,
    tooltip.root,
    palette.root,
    live,
  );

  // --- showing ---------------------------------------------------------------------------------------------------------------------
  function requestFrame(): void {
    if (frameRequest === 0) frameRequest = requestAnimationFrame(draw);
  }

  function draw(): void {
    frameRequest = 0;
    if (view.width === 0) return;
    const resting = performance.now() - movedAt > restMs;
    const unrouted = routeVisible(resting);
    if (resting && standsIn) frames.invalidate();
    const { unrested } = frames.draw(painter, {
      picture,
      camera,
      view,
      pixelRatio: devicePixelRatio,
      colours,
      fontFamily,
      interaction,
      mode: frameMode(),
    });
    mirror.move(camera);
    if (mode === 'panel') {
      toolbar.setZoom(camera.scale);
      const area = visibleArea(camera, view);
      const { bounds } = picture.scene;
      const allVisible = containsPoint(area, bounds) && containsPoint(area, { x: bounds.x + bounds.width, y: bounds.y + bounds.height });
      if (allVisible || picture.scene.boxes.length === 0) minimap.hide();
      else minimap.draw(picture.scene, area, colours);
    }
    if (awaitsPaint) performance.measure('diagram-first-paint', 'diagram-paint-start');
    awaitsPaint = false;
    standsIn = unrested;
    if (unrested || unrouted) restSoon();
  }

  /** Computes missing routes of what is visible, for a few milliseconds and only while nothing moves; true where some are left. */
  function routeVisible(resting: boolean): boolean {
    if (camera.scale < 0.16 || dragged !== null) return false;
    const end = performance.now() + routingBudgetMs;
    const missing = picture.edgesIn(visibleArea(camera, view)).filter((edge) => !picture.router.isRouted(edge));
    if (missing.length === 0 || !resting) return missing.length > 0;
    const hard = missing.filter((edge) => performance.now() > end || !picture.router.routeSimply(edge));
    frames.invalidate();
    for (const edge of hard) {
      if (performance.now() > end) return true;
      picture.router.route(edge);
    }
    return false;
  }

  /** One more frame as soon as no gesture is under way. */
  function restSoon(): void {
    clearTimeout(restTimer);
    restTimer = window.setTimeout(requestFrame, Math.max(0, restMs - (performance.now() - movedAt)) + 1);
  }

  function frameMode(): FrameMode {
    return { marked: mode === 'sidebar' ? focusId : null, modules: mode === 'panel' };
  }

  function setCamera(next: Camera): void {
    camera = next;
    movedAt = performance.now();
    tooltip.hide();
    requestFrame();
    updateMirrorSoon();
    saveSoon();
  }

  function setInteraction(change: Partial<Interaction>): void {
    interaction = { ...interaction, ...change };
    frames.invalidate();
    requestFrame();
  }

  function updateMirrorSoon(): void {
    clearTimeout(mirrorTimer);
    mirrorTimer = window.setTimeout(updateMirror, 80);
  }

  function updateMirror(): void {
    clearTimeout(mirrorTimer);
    const boxes = picture.boxIndex.query(visibleArea(camera, view)).slice(0, maxMirroredBoxes);
    const selected = interaction.selected === null ? undefined : picture.scene.boxById.get(interaction.selected);
    mirror.show(picture, selected && !boxes.includes(selected) ? [...boxes, selected] : boxes, interaction.selected);
    mirror.move(camera);
  }

  function saveSoon(): void {
    if (mode === 'sidebar') return;
    clearTimeout(saveTimer);
    saveTimer = window.setTimeout(save, 300);
  }

  function save(): void {
    host.writeState({ version: 1, positions: toSavedPositions(positions), camera: cameraIsKnown ? camera : null, selected: interaction.selected });
  }

  function rebuildPicture(): void {
    picture = createPicture(buildScene(model, shapes, positions, moduleColours), heat, measure, picture);
    frames.invalidate();
    requestFrame();
  }

  function describe(): void {
    const { tables, edges } = model;
    root.dataset['state'] = state.kind;
    root.dataset['tableCount'] = String(tables.length);
    root.dataset['edgeCount'] = String(edges.length);
    summary.textContent =
      state.kind === 'ready' && mode === 'panel'
        ? `${count(tables.length, 'entity', 'entities')} · ${count(edges.length, 'relation', 'relations')} · ${count(model.modules.length, 'module', 'modules')}`
        : '';
    page?.remove();
    page = renderStatePage(state, mode, (message) => host.post(message));
    if (page) root.append(page);
  }

  // --- the model -------------------------------------------------------------------------------------------------------------------
  async function showModel(next: DiagramModel, nextState: DiagramState, focus: string | null): Promise<void> {
    // A workspace that is being read keeps the last good picture; so does one whose diagram failed.
    const keepsPicture = model.tables.length > 0 && next.tables.length === 0 && (nextState.kind === 'loading' || nextState.kind === 'error');
    state = keepsPicture ? state : nextState;
    banner.hidden = !(keepsPicture && nextState.kind === 'error');
    if (keepsPicture) {
      if (nextState.kind === 'error') banner.replaceChildren(element('span', { class: 'codicon codicon-warning' }), nextState.message);
      return;
    }
    model = next;
    moduleColours = assignColours(
      model.modules.map(({ id }) => id),
      moduleColours,
    );
    focusId = focus ?? focusId;
    shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, densityOf(table.id, focus), measure)]));
    describe();
    await layOut(focus);
  }

  function densityOf(id: string, focus: string | null): 'all' | 'keys' {
    return mode === 'sidebar' && id !== focus ? 'keys' : 'all';
  }

  async function layOut(focus: string | null): Promise<void> {
    root.dataset['layout'] = 'busy';
    performance.mark('diagram-layout-start');
    const placed = await keeper.layOut(
      model,
      shapes,
      positions,
      view,
      focus,
      (done) => (summary.textContent = `Arranging ${done} of ${model.tables.length} …`),
    );
    if (!placed) return;
    performance.measure('diagram-layout', 'diagram-layout-start');
    performance.mark('diagram-paint-start');
    awaitsPaint = true;
    positions = placed.positions;
    if (placed.message !== null) showBanner(placed.message);
    rebuildPicture();
    const wanted = focus ?? (cameraIsKnown ? null : interaction.selected);
    if (mode === 'sidebar') centreFocus(focus);
    else if (!cameraIsKnown) fit();
    if (mode === 'sidebar') setInteraction(resting);
    else if (wanted !== null && picture.scene.boxById.has(wanted)) selectTable(wanted, null, 'nudge');
    cameraIsKnown = cameraIsKnown || model.tables.length > 0;
    if (pendingSelection) showSelection(pendingSelection);
    describe();
    updateMirror();
    saveSoon();
    root.dataset['layout'] = 'done';
  }

  function showBanner(message: string): void {
    banner.replaceChildren(element('span', { class: 'codicon codicon-warning', 'aria-hidden': 'true' }), message);
    banner.hidden = false;
  }

  function centreFocus(focus: string | null): void {
    const box = focus === null ? undefined : picture.scene.boxById.get(focus);
    const { bounds } = picture.scene;
    const whole = fitRect(bounds, view, 1, { top: 34, side: 10, bottom: 10 });
    // Readable before complete: what does not fit is a pan away.
    const scale = Math.max(whole.scale, Math.min(0.72, view.width / 300));
    if (!box || whole.scale >= scale) setCamera(whole);
    else setCamera(centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, view, scale));
  }

  function fit(): void {
    setCamera(fitRect(picture.scene.bounds, view));
  }

  // --- selecting -------------------------------------------------------------------------------------------------------------------
  type Motion = 'stay' | 'nudge' | 'centre';

  function selectTable(id: string, property: string | null, motion: Motion): void {
    const box = picture.scene.boxById.get(id);
    if (!box) return;
    setInteraction({ selected: id, selectedProperty: property, selectedEdge: null });
    if (motion !== 'stay') bringIntoView(box, motion);
    root.dataset['selected'] = id;
    saveSoon();
  }

  /** What the editor asks for may arrive before its table has been placed; it then waits for the layout. */
  function showSelection(message: SelectMessage): void {
    const box = picture.scene.boxById.get(message.entity) ?? picture.scene.boxes.find(({ table }) => table.name === message.entity);
    pendingSelection = box ? null : message;
    if (!box) return;
    selectTable(box.id, message.property, message.reveal ? 'centre' : 'stay');
    if (message.reveal) updateMirrorSoon();
  }

  function selectEdge(id: string): void {
    setInteraction({ selected: null, selectedProperty: null, selectedEdge: id });
  }

  function clearSelection(): void {
    setInteraction({ selected: null, selectedProperty: null, selectedEdge: null });
    delete root.dataset['selected'];
    saveSoon();
  }

  function bringIntoView(box: SceneBox, motion: Motion): void {
    const area = visibleArea(camera, view);
    const inside = containsPoint(area, box) && containsPoint(area, { x: box.x + box.width, y: box.y + box.height });
    if (motion === 'nudge' && inside && camera.scale >= 0.2) return;
    glide(centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, view, Math.min(1.2, Math.max(camera.scale, 0.6))));
  }

  /** Moves the camera in a moment that the eye can follow, or at once where motion is unwanted. */
  let glideRequest = 0;
  function glide(to: Camera): void {
    cancelAnimationFrame(glideRequest);
    if (prefersReducedMotion()) return setCamera(to);
    const from = camera;
    const start = performance.now();
    const durationMs = 160;
    const step = (now: number): void => {
      const t = Math.min(1, (now - start) / durationMs);
      const eased = 1 - (1 - t) ** 3;
      const scale = from.scale * (to.scale / from.scale) ** eased;
      const middleX = from.x + view.width / 2 / from.scale + (to.x + view.width / 2 / to.scale - from.x - view.width / 2 / from.scale) * eased;
      const middleY = from.y + view.height / 2 / from.scale + (to.y + view.height / 2 / to.scale - from.y - view.height / 2 / from.scale) * eased;
      setCamera(t === 1 ? to : centreOn({ x: middleX, y: middleY }, view, scale));
      if (t < 1) glideRequest = requestAnimationFrame(step);
    };
    glideRequest = requestAnimationFrame(step);
  }

  function reveal(match: SearchMatch): void {
    selectTable(match.table, match.property, 'centre');
  }

  function focusMirror(table: string): void {
    updateMirror();
    mirror.focus(table);
  }

  // --- pointing --------------------------------------------------------------------------------------------------------------------
  function hitAt(at: Point): Hit {
    const { scene, boxIndex, edgeIndex, routeOf, pillOf } = picture;
    return hitTest({ scene, boxIndex, edgeIndex, routeOf, pillOf }, toPlane(camera, at), 6 / camera.scale);
  }

  function openSource(hit: Hit): void {
    if (hit.kind === 'box') openTable(hit.box, hit.row?.property ?? null);
    else if (hit.kind === 'edge') openEdge(hit.edge);
  }

  function openTable({ table }: SceneBox, property: string | null): void {
    const column = property === null ? undefined : table.columns.find((candidate) => candidate.property === property);
    const relation = table.relations.find((candidate) => candidate.property === property || property?.startsWith(`${candidate.property}.`) === true);
    const source = column?.source ?? relation?.source ?? table.source;
    host.post({ type: 'openSource', file: source.file, line: source.line, column: source.column });
  }

  function openEdge({ edge, from }: SceneEdge): void {
    openTable(from.box, edge.from.property);
  }

  listenToGestures(canvas, {
    onPan: (dx, dy) => setCamera(panBy(camera, dx, dy)),
    onZoom: (factor, at) => setCamera(zoomAt(camera, factor, at)),
    onHover(at) {
      const hit: Hit = at === null ? { kind: 'nothing' } : hitAt(at);
      const hovered = hit.kind === 'box' ? hit.box.id : null;
      const hoveredEdge = hit.kind === 'edge' ? hit.edge.edge.id : null;
      const hoveredProperty = hit.kind === 'box' ? (hit.row?.property ?? null) : null;
      canvas.classList.toggle('pointer', hovered !== null || hoveredEdge !== null);
      if (at === null) tooltip.hide();
      else tooltip.show(hit, hit.kind === 'edge' ? picture.heatOf(hit.edge) : null, at, view);
      if (hovered === interaction.hovered && hoveredEdge === interaction.hoveredEdge && hoveredProperty === interaction.hoveredProperty) return;
      setInteraction({ hovered, hoveredProperty, hoveredEdge });
    },
    onClick(at, withModifier) {
      const hit = hitAt(at);
      if (withModifier) return openSource(hit);
      if (hit.kind === 'box') {
        selectTable(hit.box.id, hit.row?.property ?? null, 'stay');
        focusMirror(hit.box.id);
        if (hit.row?.property) setInteraction({ selectedProperty: hit.row.property });
      } else if (hit.kind === 'edge') {
        selectEdge(hit.edge.edge.id);
        updateMirror();
        mirror.focusEdge(hit.edge.edge.id);
      } else {
        clearSelection();
        root.focus();
      }
    },
    onDoubleClick: (at) => openSource(hitAt(at)),
    onDragStart(at) {
      const hit = hitAt(at);
      if (hit.kind !== 'box' || mode === 'sidebar') return false;
      dragged = hit.box.id;
      tooltip.hide();
      return true;
    },
    onDrag(dx, dy) {
      const corner = dragged === null ? undefined : positions.get(dragged);
      if (dragged === null || !corner) return;
      positions = new Map(positions).set(dragged, { x: corner.x + dx / camera.scale, y: corner.y + dy / camera.scale });
      rebuildPicture();
    },
    onDragEnd() {
      const corner = dragged === null ? undefined : positions.get(dragged);
      if (dragged !== null && corner) positions = new Map(positions).set(dragged, { x: Math.round(corner.x), y: Math.round(corner.y) });
      dragged = null;
      rebuildPicture();
      updateMirror();
      saveSoon();
    },
    onContextMenu: (at) => {
      const hit = hitAt(at);
      if (hit.kind === 'box') selectTable(hit.box.id, hit.row?.property ?? null, 'stay');
    },
  });

  // --- keys ------------------------------------------------------------------------------------------------------------------------
  window.addEventListener('keydown', (event) => {
    if (palette.isOpen || event.target instanceof HTMLInputElement) return;
    if (event.key === 'Tab' || (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' '))) return;
    if (handleKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  });

  function handleKey(event: KeyboardEvent): boolean {
    const command = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case '/':
        palette.open(model);
        return true;
      case 'f':
        if (command) palette.open(model);
        return command;
      case '+':
      case '=':
        runCommand('zoomIn');
        return true;
      case '-':
        runCommand('zoomOut');
        return true;
      case '0':
        setCamera(zoomAt(camera, 1 / camera.scale, middle()));
        return true;
      case '1':
        runCommand('fit');
        return true;
      case 'Escape':
        clearSelection();
        return true;
      case 'Enter':
        return openFocused();
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'ArrowUp':
      case 'ArrowDown':
        return walkFrom(event.key, event.shiftKey);
      default:
        return false;
    }
  }

  function openFocused(): boolean {
    const edge = picture.scene.edges.find((candidate) => candidate.edge.id === interaction.selectedEdge);
    const box = picture.scene.boxById.get(interaction.selected ?? '');
    if (edge) openEdge(edge);
    else if (box) openTable(box, interaction.selectedProperty);
    return edge !== undefined || box !== undefined;
  }

  function walkFrom(key: string, alongEdges: boolean): boolean {
    const target = walk(picture, interaction, key, alongEdges, toPlane(camera, middle()));
    if (target === null) return false;
    if (target.kind === 'edge') {
      selectEdge(target.id);
      updateMirror();
      mirror.focusEdge(target.id);
      return true;
    }
    selectTable(target.id, null, 'nudge');
    focusMirror(target.id);
    return true;
  }

  function middle(): Point {
    return { x: view.width / 2, y: view.height / 2 };
  }

  // --- commands and messages ---------------------------------------------------------------------------------------------------------
  function runCommand(command: DiagramCommand): void {
    switch (command) {
      case 'fit':
        return fit();
      case 'search':
        return palette.open(model);
      case 'relayout':
        positions = new Map();
        cameraIsKnown = false;
        void layOut(null);
        return;
      case 'zoomIn':
        return setCamera(zoomAt(camera, 1.25, middle()));
      case 'zoomOut':
        return setCamera(zoomAt(camera, 0.8, middle()));
      case 'exportSvg':
        return void save_('relations.svg', 'image/svg+xml', exportSvg(picture, colours, measure, fontFamily));
      case 'exportPng':
        return void save_('relations.png', 'image/png', exportPng(picture, colours, measure, fontFamily));
    }
  }

  async function save_(name: string, mime: string, content: Promise<string>): Promise<void> {
    try {
      host.post({ type: 'saveFile', name, mime, base64: await content });
    } catch (error) {
      host.post({ type: 'failed', message: `The picture could not be exported. ${String(error)}` });
    }
  }

  host.onMessage((message) => {
    switch (message.type) {
      case 'model':
        void showModel(message.model, message.state, message.focus);
        return;
      case 'select': {
        showSelection(message);
        return;
      }
      case 'heat':
        heat = new Map(message.heat.map((entry) => [`${entry.entity}.${entry.relation}`, entry]));
        picture = createPicture(picture.scene, heat, measure, picture);
        frames.invalidate();
        requestFrame();
        updateMirror();
        return;
      case 'command':
        return runCommand(message.command);
    }
  });

  watchTheme(() => {
    colours = readDiagramColours(mode);
    frames.invalidate();
    const font = readFontFamily();
    if (font !== fontFamily) {
      fontFamily = font;
      measure = createMeasure(fontFamily);
      painter = createCanvasPainter(context, fontFamily, measure);
      rebuildPicture();
    }
    requestFrame();
  });

  new ResizeObserver(() => {
    const { clientWidth, clientHeight } = root;
    const grewFromNothing = view.width === 0 && clientWidth > 0;
    view = { width: clientWidth, height: clientHeight };
    canvas.width = Math.round(clientWidth * devicePixelRatio);
    canvas.height = Math.round(clientHeight * devicePixelRatio);
    painter = createCanvasPainter(context, fontFamily, measure);
    if (grewFromNothing && !saved.camera && picture.scene.boxes.length > 0) fit();
    if (mode === 'sidebar' && model.tables.length > 0) void layOut(focusId);
    // At once: a canvas is blank after its size was set.
    cancelAnimationFrame(frameRequest);
    frames.invalidate();
    draw();
    updateMirrorSoon();
  }).observe(root);

  window.addEventListener('pagehide', save);
  describe();
  host.post({ type: 'ready' });
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
