/** What the marks mean and which keys there are. */
import { element, iconButton } from './dom';
import { deleteMarks } from './impact/deleteImpact';
import { differenceMarks } from './impact/difference';
import { loadMarks } from './impact/loadImpact';
import type { MarkMeaning } from './impact/markings';

export interface Legend {
  readonly root: HTMLElement;
  toggle(): void;
  close(): void;
}

const line = '<path d="M0 9h46" />';
const marks: readonly (readonly [drawing: string, meaning: string])[] = [
  [`${line}<path d="M39 4.5v9M35 4.5v9" />`, 'exactly one'],
  [`${line}<path d="M39 4.5v9" /><circle cx="31" cy="9" r="3.5" />`, 'at most one'],
  [`${line}<path d="M46 3.5l-11 5.5 11 5.5M31 4.5v9" />`, 'one or more'],
  [`${line}<path d="M46 3.5l-11 5.5 11 5.5" /><circle cx="31.5" cy="9" r="3.5" />`, 'any number'],
  [
    `${line}<path d="M46 3.5l-11 5.5 11 5.5" /><circle cx="31.5" cy="9" r="3.5" /><circle cx="45" cy="9" r="3" fill="currentColor" />`,
    'the owning side, which holds the key',
  ],
  ['<path d="M0 9h34" stroke-dasharray="6 4" /><path d="M46 9l-12-6v12z" />', 'is a kind of'],
  [`<rect x="6" y="2" width="36" height="14" rx="3" stroke-dasharray="5 3" />`, 'a view'],
  [`<rect x="6" y="2" width="36" height="14" rx="3" stroke-dasharray="2 2" />`, 'a class in its parent’s table'],
  [
    `<rect x="6" y="2" width="36" height="14" rx="3" /><rect x="8.5" y="4.5" width="31" height="9" rx="2" />`,
    'a link entity, which joins two others',
  ],
  [`${line}<rect x="10" y="3.5" width="28" height="11" rx="5.5" fill="var(--vscode-editorWidget-background)" />`, 'a junction table, folded'],
  [
    `<path d="M0 9h46" stroke="var(--vscode-editorError-foreground)" stroke-width="2.2" /><rect x="13" y="3.5" width="20" height="11" rx="5.5" fill="var(--vscode-editorWidget-background)" stroke="var(--vscode-editorError-foreground)" />`,
    'how often it was loaded in the last run; red: a warning',
  ],
];
/** Painted only while their panel is open. */
const paintings: readonly (readonly [title: string, marks: readonly MarkMeaning[]])[] = [
  ['Delete impact', deleteMarks],
  ['Load impact', loadMarks],
  ['Difference since a revision', differenceMarks],
];
const keys: readonly (readonly [keys: string, meaning: string])[] = [
  ['← ↑ → ↓', 'walk to the related table'],
  ['Shift + ↑ ↓', 'go through a table’s relations'],
  ['Alt + arrows, drag', 'move a table'],
  ['Alt + Shift + arrows, drag its header', 'move a module with its tables'],
  ['Enter, double click', 'open the source'],
  ['Ctrl/Cmd + click', 'open a column’s source'],
  ['/ or Ctrl/Cmd + F', 'search, > for commands'],
  ['Shift + F10, right click', 'what can be done with a table'],
  ['wheel, drag the ground', 'look elsewhere'],
  ['Ctrl/Cmd + wheel, + −', 'zoom'],
  ['1 and 0', 'fit to view, zoom to 100 %'],
  ['F', 'filter'],
  ['N and Delete', 'show a table’s hidden neighbours, hide a table'],
  ['Ctrl/Cmd + S', 'save the view'],
  ['Ctrl/Cmd + Z, Shift + Z', 'undo and redo what changed the view'],
];

export function createLegend(onClose: () => void): Legend {
  const root = element('div', { class: 'legend', role: 'region', 'aria-label': 'Legend' });
  root.hidden = true;
  const close = (): void => {
    if (root.hidden) return;
    root.hidden = true;
    onClose();
  };
  const closeButton = iconButton('close', 'Close legend', close);
  root.append(
    element('div', { class: 'title' }, [element('b', {}, ['Legend']), closeButton]),
    element(
      'dl',
      {},
      marks.flatMap(([drawing, meaning]) => [markTerm(drawing), element('dd', {}, [meaning])]),
    ),
    ...paintings.flatMap(([title, meanings]) => [
      element('h3', {}, [title]),
      element(
        'dl',
        {},
        meanings.flatMap(([tone, sign, meaning]) => [element('dt', { class: `sign tone-${tone}` }, [sign]), element('dd', {}, [inLine(meaning)])]),
      ),
    ]),
    element('h3', {}, ['Keys']),
    element(
      'dl',
      { class: 'keys' },
      keys.flatMap(([key, meaning]) => [element('dt', {}, [key]), element('dd', {}, [meaning])]),
    ),
  );
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  return {
    root,
    close,
    toggle() {
      if (!root.hidden) return close();
      root.hidden = false;
      closeButton.focus();
    },
  };
}

/** The impacts' own titles begin with a capital, lines of the legend do not. */
function inLine(meaning: string): string {
  return meaning.charAt(0).toLowerCase() + meaning.slice(1);
}

function markTerm(drawing: string): HTMLElement {
  const term = element('dt');
  term.innerHTML = `<svg width="48" height="18" aria-hidden="true">${drawing}</svg>`;
  return term;
}
