/** Everything that stands on the page beside the picture, put together. */
import type { Path } from '../../src/core/diagram/findPaths';
import type { Point } from '../../src/core/diagram/geometry';
import type { SearchMatch } from '../../src/core/diagram/searchDiagram';
import type { DiagramCommand, DiagramMode } from '../../src/protocol/diagramPanel';
import { element, icon } from './dom';
import { createLegend, type Legend } from './legend';
import { createMenu, type Menu, type MenuCommand, type MenuItem } from './menu';
import { createMinimap, type Minimap } from './minimap';
import { createMirror, type Mirror } from './mirror';
import { createPathsPanel, type PathsPanel } from './pathsPanel';
import { createSearchPalette, type SearchPalette } from './searchPalette';
import { styles } from './styles';
import { createToolbar, type Toolbar } from './toolbar';
import { createTooltip, type Tooltip } from './tooltip';

export interface PageEvents {
  runCommand(command: DiagramCommand): void;
  resetZoom(): void;
  openPanel(): void;
  centreOn(point: Point): void;
  focusTable(table: string): void;
  focusEdge(edge: string): void;
  previewMatch(match: SearchMatch): void;
  chooseMatch(match: SearchMatch): void;
  cancelSearch(): void;
  pointAtPath(path: Path | null): void;
  exportItems(): readonly MenuItem[];
  furtherItems(): readonly MenuItem[];
  /** Everything that the search can find by a name of its own. */
  commands(): readonly MenuCommand[];
  /** A panel was closed; the focus belongs to the diagram again. */
  focusBack(): void;
}

export interface PageParts {
  readonly canvas: HTMLCanvasElement;
  /** Which view is shown and what of it, at the top left; only in the panel. */
  readonly bar: HTMLElement;
  readonly mirror: Mirror;
  readonly tooltip: Tooltip;
  readonly minimap: Minimap;
  readonly toolbar: Toolbar;
  readonly palette: SearchPalette;
  readonly menu: Menu;
  readonly paths: PathsPanel;
  readonly legend: Legend;
  showSummary(text: string): void;
  /** Null takes the banner away. */
  showBanner(message: string | null): void;
  closePanels(): void;
}

export function createPageParts(root: HTMLElement, canvas: HTMLCanvasElement, mode: DiagramMode, events: PageEvents): PageParts {
  canvas.className = 'canvas';
  canvas.setAttribute('aria-hidden', 'true');
  const mirror = createMirror({ onFocusTable: events.focusTable, onFocusEdge: events.focusEdge });
  const tooltip = createTooltip();
  const minimap = createMinimap(events.centreOn);
  const palette = createSearchPalette({
    commands: events.commands,
    onPreview: events.previewMatch,
    onChoose: events.chooseMatch,
    onCancel: events.cancelSearch,
  });
  const menu = createMenu();
  const paths = createPathsPanel({ onPoint: events.pointAtPath, onClose: events.focusBack });
  const legend = createLegend(events.focusBack);
  const bar = element('div', { class: 'bar' });
  const toolbar = createToolbar(mode, {
    onSearch: () => events.runCommand('search'),
    onZoomIn: () => events.runCommand('zoomIn'),
    onZoomOut: () => events.runCommand('zoomOut'),
    onResetZoom: events.resetZoom,
    onFit: () => events.runCommand('fit'),
    onRelayout: () => events.runCommand('relayout'),
    onExportSvg: () => events.runCommand('exportSvg'),
    onExportPng: () => events.runCommand('exportPng'),
    onOpenPanel: events.openPanel,
    onLegend: () => legend.toggle(),
    exportItems: events.exportItems,
    furtherItems: events.furtherItems,
  });
  const summary = element('div', { class: 'summary' });
  const banner = element('div', { class: 'banner', role: 'status' });
  banner.hidden = true;

  root.classList.add(mode);
  root.tabIndex = -1;
  root.setAttribute('role', 'main');
  root.setAttribute('aria-label', 'Entity relationship diagram');
  const inPanel = mode === 'panel' ? [minimap.root, bar, paths.root, legend.root] : [];
  root.append(element('style', {}, [styles]), canvas, mirror.root, summary, toolbar.root, ...inPanel, banner, tooltip.root, palette.root, menu.root);
  return {
    canvas,
    bar,
    mirror,
    tooltip,
    minimap,
    toolbar,
    palette,
    menu,
    paths,
    legend,
    showSummary: (text) => (summary.textContent = text),
    showBanner(message) {
      banner.hidden = message === null;
      if (message !== null) banner.replaceChildren(icon('warning'), message);
    },
    closePanels() {
      paths.close();
      legend.close();
    },
  };
}
