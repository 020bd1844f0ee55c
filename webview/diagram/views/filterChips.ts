/** What the shown part is, in chips: each says one condition with the number of tables that meet it, and goes away with a click. */
import { emptyFilter, type DiagramFilter, type DiagramView, type ViewFocus } from '../../../src/core/diagram/views/diagramView';
import { facetsOf, kindLabels, type Facet } from '../../../src/core/diagram/views/filterDiagram';
import type { DiagramModel } from '../../../src/core/diagram/diagramModel';
import { element, icon, iconButton } from '../dom';

export interface FilterChips {
  readonly root: HTMLElement;
  show(view: Pick<DiagramView, 'filter' | 'focus'>, whole: DiagramModel): void;
}

type PartOfView = Partial<Pick<DiagramView, 'filter' | 'focus'>>;

const deepestNeighbourhood = 5;

export function createFilterChips(onChange: (change: PartOfView) => void): FilterChips {
  const root = element('div', { class: 'chips', role: 'group', 'aria-label': 'Shown part' });
  return {
    root,
    show({ filter, focus }, whole) {
      const chips = [...(focus ? [focusChip(focus, whole, onChange)] : []), ...filterChips(filter, whole, (next) => onChange({ filter: next }))];
      root.hidden = chips.length === 0;
      const clear = iconButton('clear-all', 'Show everything', () => onChange({ filter: emptyFilter, focus: null }));
      root.replaceChildren(...chips, ...(chips.length > 1 ? [clear] : []));
    },
  };
}

/** `Around Book · up to 2 relations away [−] [+] [×]`. */
function focusChip({ table, depth }: ViewFocus, whole: DiagramModel, onChange: (change: PartOfView) => void): HTMLElement {
  const name = whole.tables.find(({ id }) => id === table)?.name ?? 'an entity that is gone';
  const nearer = iconButton('remove', 'Nearer neighbours only', () => onChange({ focus: { table, depth: depth - 1 } }));
  const farther = iconButton('add', 'Farther neighbours too', () => onChange({ focus: { table, depth: depth + 1 } }));
  nearer.disabled = depth <= 1;
  farther.disabled = depth >= deepestNeighbourhood;
  const far = depth === 1 ? 'its neighbours' : `up to ${depth} relations away`;
  const close = iconButton('close', 'Show everything', () => onChange({ focus: null }));
  return element('div', { class: 'chip' }, [element('span', {}, ['Around ', element('b', {}, [name]), ` · ${far}`]), nearer, farther, close]);
}

function filterChips(filter: DiagramFilter, whole: DiagramModel, onChange: (filter: DiagramFilter) => void): HTMLElement[] {
  const facets = facetsOf(whole);
  const without = <Name extends 'modules' | 'folders' | 'dataSources' | 'kinds'>(name: Name, value: string): DiagramFilter => ({
    ...filter,
    [name]: filter[name].filter((own) => own !== value),
  });
  const chipsFor = (name: 'modules' | 'folders' | 'dataSources', symbol: string, known: readonly Facet[], what: string): HTMLElement[] =>
    filter[name].map((value) => {
      const facet = known.find((candidate) => candidate.value === value);
      return chip(symbol, facet?.label ?? value, facet?.count ?? 0, `${what} ${facet?.label ?? value}`, () => onChange(without(name, value)));
    });
  const kinds = filter.kinds.map((kind) => {
    const count = facets.kinds.find(({ value }) => value === kind)?.count ?? 0;
    return chip('symbol-class', kindLabels[kind], count, kindLabels[kind], () => onChange(without('kinds', kind)));
  });
  const { text, hidden, revealed } = filter;
  return [
    ...chipsFor('modules', 'folder-library', facets.modules, 'module'),
    ...chipsFor('folders', 'folder', facets.folders, 'folder'),
    ...chipsFor('dataSources', 'database', facets.dataSources, 'DataSource'),
    ...kinds,
    ...(text.trim() === '' ? [] : [chip('search', `“${text.trim()}”`, null, `the text ${text}`, () => onChange({ ...filter, text: '' }))]),
    ...(hidden.length === 0 ? [] : [chip('eye-closed', 'hidden', hidden.length, 'what is hidden', () => onChange({ ...filter, hidden: [] }))]),
    ...(revealed.length === 0
      ? []
      : [chip('add', 'shown beside', revealed.length, 'what is shown beside', () => onChange({ ...filter, revealed: [] }))]),
  ];
}

function chip(symbol: string, label: string, count: number | null, what: string, onClose: () => void): HTMLElement {
  const number = count === null ? [] : [element('span', { class: 'count' }, [String(count)])];
  return element('div', { class: 'chip' }, [
    icon(symbol),
    element('b', {}, [label]),
    ...number,
    iconButton('close', `Do not filter by ${what}`, onClose),
  ]);
}
