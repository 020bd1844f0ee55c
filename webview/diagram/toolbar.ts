/** The few controls of the diagram; everything else is a gesture or a key. */
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import { element, iconButton } from './dom';
import { shortcut } from './keys';
import { createMenu, type MenuItem } from './menu';

export interface Toolbar {
  readonly root: HTMLElement;
  setZoom(scale: number): void;
  /** Shows the menu of further views where it would hold anything. */
  offerFurther(): void;
}

export interface ToolbarEvents {
  onSearch(): void;
  onZoomIn(): void;
  onZoomOut(): void;
  onResetZoom(): void;
  onFit(): void;
  onRelayout(): void;
  onExportSvg(): void;
  onExportPng(): void;
  onOpenPanel(): void;
  onLegend(): void;
  /** What the menu of exports holds besides the pictures. */
  exportItems(): readonly MenuItem[];
  /** What the menu of further views holds, at the time it is opened. */
  furtherItems(): readonly MenuItem[];
}

export function createToolbar(mode: DiagramMode, events: ToolbarEvents): Toolbar {
  const root = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Diagram' });
  if (mode === 'sidebar') {
    root.append(iconButton('link-external', 'Open full diagram', events.onOpenPanel));
    return { root, setZoom: () => undefined, offerFurther: () => undefined };
  }
  const zoom = element('button', { type: 'button', class: 'wide', title: 'Zoom to 100 % (0)' });
  zoom.addEventListener('click', events.onResetZoom);
  const menu = createMenu();
  const exportButton = iconButton('desktop-download', 'Export', () =>
    menu.open(
      [
        { icon: 'file-media', label: 'Export as SVG', run: events.onExportSvg },
        { icon: 'file-media', label: 'Export as PNG', run: events.onExportPng },
        ...events.exportItems(),
      ],
      null,
      exportButton,
    ),
  );
  exportButton.setAttribute('aria-haspopup', 'menu');
  const furtherButton = iconButton('ellipsis', 'More', () => menu.open(events.furtherItems(), null, furtherButton));
  furtherButton.setAttribute('aria-haspopup', 'menu');
  furtherButton.hidden = true;
  root.append(
    iconButton('search', `Search (/ or ${shortcut('F')})`, events.onSearch),
    element('span', { class: 'zoom', role: 'group', 'aria-label': 'Zoom' }, [
      divider(),
      iconButton('zoom-out', 'Zoom out (-)', events.onZoomOut),
      zoom,
      iconButton('zoom-in', 'Zoom in (+)', events.onZoomIn),
    ]),
    iconButton('screen-full', 'Show everything (1)', events.onFit),
    divider(),
    iconButton('type-hierarchy-sub', 'Arrange everything anew', events.onRelayout),
    exportButton,
    iconButton('question', 'Legend and keys (?)', events.onLegend),
    furtherButton,
    menu.root,
  );
  return {
    root,
    offerFurther: () => (furtherButton.hidden = events.furtherItems().length === 0),
    setZoom(scale) {
      const text = `${scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)} %`;
      zoom.textContent = text;
      zoom.setAttribute('aria-label', `Zoom ${text}, reset to 100 %`);
    },
  };
}

function divider(): HTMLElement {
  return element('span', { class: 'divider' });
}
