/** Showing a part of the diagram: an entity with its neighbourhood, or one module; and the chip that says so. */
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { keepTables, neighbourhood } from '../../src/core/diagram/graphToDiagram';
import { element, iconButton } from './dom';

export type ViewFilter =
  | { readonly kind: 'everything' }
  | { readonly kind: 'around'; readonly table: string; readonly depth: number }
  | { readonly kind: 'module'; readonly module: string };

const deepestNeighbourhood = 5;

/** The part of the model that the filter shows; everything where what it names is gone. */
export function applyFilter(model: DiagramModel, filter: ViewFilter): DiagramModel {
  switch (filter.kind) {
    case 'everything':
      return model;
    case 'around': {
      const part = neighbourhood(model, filter.table, filter.depth);
      return part.tables.length > 0 ? part : model;
    }
    case 'module': {
      const own = model.tables.filter(({ module }) => module === filter.module).map(({ id }) => id);
      return own.length > 0 ? keepTables(model, new Set(own)) : model;
    }
  }
}

export interface FilterChip {
  readonly root: HTMLElement;
  show(filter: ViewFilter, model: DiagramModel): void;
}

/** `Around Book · 2 relations far [−] [+] [×]`. */
export function createFilterChip(onChange: (filter: ViewFilter) => void): FilterChip {
  const root = element('div', { class: 'chip', role: 'group', 'aria-label': 'Shown part' });
  root.hidden = true;
  return {
    root,
    show(filter, model) {
      root.hidden = filter.kind === 'everything';
      root.replaceChildren(...controlsFor(filter, model, onChange));
    },
  };
}

function controlsFor(filter: ViewFilter, model: DiagramModel, onChange: (filter: ViewFilter) => void): HTMLElement[] {
  const close = iconButton('close', 'Show everything', () => onChange({ kind: 'everything' }));
  switch (filter.kind) {
    case 'everything':
      return [];
    case 'module': {
      const name = model.modules.find(({ id }) => id === filter.module)?.name ?? filter.module;
      return [element('span', {}, ['Only module ', element('b', {}, [name])]), close];
    }
    case 'around': {
      const { table, depth } = filter;
      const name = model.tables.find(({ id }) => id === table)?.name ?? '';
      const nearer = iconButton('remove', 'Nearer neighbours only', () => onChange({ kind: 'around', table, depth: depth - 1 }));
      const farther = iconButton('add', 'Farther neighbours too', () => onChange({ kind: 'around', table, depth: depth + 1 }));
      nearer.disabled = depth <= 1;
      farther.disabled = depth >= deepestNeighbourhood;
      const far = depth === 1 ? 'its neighbours' : `${depth} relations far`;
      return [element('span', {}, ['Around ', element('b', {}, [name]), ` · ${far}`]), nearer, farther, close];
    }
  }
}
