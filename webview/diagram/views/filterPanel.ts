/** The panel in which one chooses what is shown: a text and boxes to tick, with the number of tables behind each. */
import type { DiagramModel } from '../../../src/core/diagram/diagramModel';
import type { DiagramFilter } from '../../../src/core/diagram/views/diagramView';
import { facetsOf, type Facet } from '../../../src/core/diagram/views/filterDiagram';
import { element, iconButton } from '../dom';

export interface FilterPanel {
  readonly root: HTMLElement;
  readonly isOpen: boolean;
  open(filter: DiagramFilter, whole: DiagramModel): void;
  /** The filter or what there is to choose from changed; does nothing while it is closed. */
  update(filter: DiagramFilter, whole: DiagramModel): void;
  close(): void;
}

const typingDelayMs = 250;
const sections = [
  ['modules', 'Module'],
  ['kinds', 'Kind'],
  ['dataSources', 'DataSource'],
  ['folders', 'Folder'],
] as const;

export function createFilterPanel(onChange: (filter: DiagramFilter) => void, onClose: () => void): FilterPanel {
  const input = element('input', {
    type: 'text',
    placeholder: 'Name of an entity, table or column',
    'aria-label': 'Filter by name',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  const body = element('div', { class: 'sections' });
  const root = element('div', { class: 'filter', role: 'dialog', 'aria-label': 'Filter' });
  root.hidden = true;
  let filter: DiagramFilter | null = null;
  let timer = 0;

  const close = (): void => {
    if (root.hidden) return;
    root.hidden = true;
    onClose();
  };
  root.append(
    element('div', { class: 'title' }, [element('b', {}, ['Show only']), iconButton('close', 'Close filter', close)]),
    element('div', { class: 'field' }, [input]),
    body,
  );
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => filter && onChange({ ...filter, text: input.value.trim() }), typingDelayMs);
  });
  root.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });

  const fill = (whole: DiagramModel): void => {
    const facets = facetsOf(whole);
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.dataset['facet'] : undefined;
    const groups = sections.flatMap(([name, title]) => {
      const known: readonly Facet[] = facets[name];
      if (known.length === 0) return [];
      const chosen: readonly string[] = filter?.[name] ?? [];
      const toggle = (value: string): void => {
        if (!filter) return;
        const next = chosen.includes(value) ? chosen.filter((own) => own !== value) : [...chosen, value];
        onChange({ ...filter, [name]: next });
      };
      return [
        element('fieldset', {}, [
          element('legend', {}, [title]),
          ...known.map((facet) => row(facet, `${name}:${facet.value}`, chosen.includes(facet.value), () => toggle(facet.value))),
        ]),
      ];
    });
    body.replaceChildren(...groups);
    if (focused !== undefined) body.querySelector<HTMLElement>(`[data-facet="${CSS.escape(focused)}"]`)?.focus();
  };
  const update = (next: DiagramFilter, whole: DiagramModel): void => {
    filter = next;
    if (root.hidden) return;
    if (document.activeElement !== input) input.value = next.text;
    fill(whole);
  };
  return {
    root,
    close,
    update,
    get isOpen() {
      return !root.hidden;
    },
    open(next, whole) {
      root.hidden = false;
      input.value = next.text;
      update(next, whole);
      input.focus();
    },
  };
}

function row({ label, count }: Facet, key: string, isChecked: boolean, onToggle: () => void): HTMLElement {
  const box = element('input', { type: 'checkbox', 'data-facet': key });
  box.checked = isChecked;
  box.addEventListener('change', onToggle);
  return element('label', {}, [box, element('span', { class: 'label' }, [label]), element('span', { class: 'count' }, [String(count)])]);
}
