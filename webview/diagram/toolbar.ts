/** The few controls of the diagram; everything else is a gesture or a key. */
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import { element, icon, iconButton } from './dom';

export interface Toolbar {
  readonly root: HTMLElement;
  setZoom(scale: number): void;
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
}

export function createToolbar(mode: DiagramMode, events: ToolbarEvents): Toolbar {
  const root = element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Diagram' });
  if (mode === 'sidebar') {
    root.append(iconButton('link-external', 'Open full diagram', events.onOpenPanel));
    return { root, setZoom: () => undefined };
  }
  const zoom = element('button', { type: 'button', class: 'wide', title: 'Zoom to 100 % (0)' });
  zoom.addEventListener('click', events.onResetZoom);
  const menu = createMenu([
    { icon: 'file-media', label: 'SVG Picture', run: events.onExportSvg },
    { icon: 'file-media', label: 'PNG Picture', run: events.onExportPng },
  ]);
  const exportButton = iconButton('desktop-download', 'Export picture', () => menu.toggle(exportButton));
  exportButton.setAttribute('aria-haspopup', 'menu');
  root.append(
    iconButton('search', 'Search (Ctrl+F)', events.onSearch),
    divider(),
    iconButton('zoom-out', 'Zoom out (-)', events.onZoomOut),
    zoom,
    iconButton('zoom-in', 'Zoom in (+)', events.onZoomIn),
    iconButton('screen-full', 'Show everything (1)', events.onFit),
    divider(),
    iconButton('type-hierarchy-sub', 'Arrange everything anew', events.onRelayout),
    exportButton,
    menu.root,
  );
  return {
    root,
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

export interface MenuItem {
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  readonly run: () => void;
}

export interface Menu {
  readonly root: HTMLElement;
  toggle(opener: HTMLElement): void;
}

/** A menu of a few commands: arrows walk, Escape closes and gives the focus back. */
export function createMenu(items: readonly MenuItem[]): Menu {
  const root = element('div', { class: 'menu', role: 'menu' });
  root.hidden = true;
  let opener: HTMLElement | null = null;
  const close = (): void => {
    root.hidden = true;
    opener?.focus();
  };
  const buttons = items.map((item) => {
    const hint = item.hint === undefined ? [] : [element('span', { class: 'hint' }, [item.hint])];
    const button = element('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, [icon(item.icon), item.label, ...hint]);
    button.addEventListener('click', () => {
      close();
      item.run();
    });
    return button;
  });
  root.append(...buttons);
  root.addEventListener('keydown', (event) => {
    const index = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') buttons[(index + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons[(index - 1 + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !root.contains(relatedTarget)) root.hidden = true;
  });
  return {
    root,
    toggle(by) {
      opener = by;
      root.hidden = !root.hidden;
      if (!root.hidden) buttons[0]?.focus();
    },
  };
}
