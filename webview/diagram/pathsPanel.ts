/** The ways between two entities as a list: point at one to see it, press to copy the `relations` option that loads it. */
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { describePath, findPaths, manyAlong, toQueryBuilder, toRelationsOption, type Path } from '../../src/core/diagram/findPaths';
import { element, icon, iconButton } from './dom';
import { copyButton } from './impact/sidePanel';

export interface PathsPanel {
  readonly root: HTMLElement;
  open(model: DiagramModel, from: string, to: string): void;
  close(): void;
}

export interface PathsEvents {
  /** Null where no path is pointed at any more. */
  onPoint(path: Path | null): void;
  onClose(): void;
}

export function createPathsPanel({ onPoint, onClose }: PathsEvents): PathsPanel {
  const root = element('div', { class: 'paths', role: 'region', 'aria-label': 'Paths' });
  root.hidden = true;
  const close = (): void => {
    if (root.hidden) return;
    root.hidden = true;
    onPoint(null);
    onClose();
  };
  const walk = (step: number): void => {
    const rows = [...root.querySelectorAll<HTMLElement>('.path')];
    const index = rows.findIndex((row) => row === document.activeElement);
    rows[(index + step + rows.length) % Math.max(1, rows.length)]?.focus();
  };
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') walk(1);
    else if (event.key === 'ArrowUp') walk(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    root,
    close,
    open(model, from, to) {
      const nameOf = (id: string): string => model.tables.find((table) => table.id === id)?.name ?? '';
      const paths = findPaths(model, from, to);
      const title = element('div', { class: 'title' }, [
        element('b', {}, [`${nameOf(from)} → ${nameOf(to)}`]),
        iconButton('close', 'Close paths', close),
      ]);
      const list =
        paths.length === 0
          ? [element('p', {}, ['No relation leads there within six steps.'])]
          : paths.map((path) => pathRow(path, model, nameOf, onPoint));
      root.replaceChildren(title, ...list);
      root.hidden = false;
      onPoint(paths[0] ?? null);
      (root.querySelector<HTMLElement>('.path') ?? root.querySelector('button'))?.focus();
    },
  };
}

function pathRow(path: Path, model: DiagramModel, nameOf: (id: string) => string, onPoint: (path: Path) => void): HTMLElement {
  const option = toRelationsOption(path);
  const queryBuilder = toQueryBuilder(path, model);
  const hint = option === null ? fieldlessHint(path, nameOf, queryBuilder !== null) : element('code', {}, [`relations: ${option}`]);
  const row = element('button', { type: 'button', class: 'path', title: option === null ? '' : 'Copy the relations option' }, [
    element('span', {}, [describePath(path, nameOf)]),
    hint,
    ...rowsHint(path, nameOf),
  ]);
  row.addEventListener('pointerenter', () => onPoint(path));
  row.addEventListener('focus', () => onPoint(path));
  if (option === null) row.setAttribute('aria-disabled', 'true');
  else {
    row.addEventListener('click', () => {
      void navigator.clipboard.writeText(`relations: ${option}`).then(
        () => hint.replaceChildren(icon('check'), ' copied'),
        () => hint.replaceChildren(`relations: ${option} (the clipboard is not available here)`),
      );
    });
  }
  return element('div', { class: 'way' }, [row, ...(queryBuilder === null ? [] : [copyButton(queryBuilder, 'Copy as query builder joins')])]);
}

/** Why there is no `relations` option, and what there is. */
function fieldlessHint(path: Path, nameOf: (id: string) => string, canJoin: boolean): HTMLElement {
  const missing = path.find(({ property }) => property === null);
  const gap = missing ? `${nameOf(missing.from)} has no field that leads to ${nameOf(missing.to)}` : '';
  return element('span', { class: 'secondary' }, [canJoin ? `${gap}; a query builder joins it all the same` : gap]);
}

/** How a join over the path multiplies rows; nothing where each entity has one row. */
function rowsHint(path: Path, nameOf: (id: string) => string): HTMLElement[] {
  const many = manyAlong(path, nameOf);
  const [first] = path;
  if (many.length === 0 || !first) return [];
  return [element('span', { class: 'secondary' }, [`a join returns each ${nameOf(first.from)} once per ${many.join(' × ')}`])];
}
