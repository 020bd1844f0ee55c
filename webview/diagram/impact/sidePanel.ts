/** The panel at the diagram's left edge that impacts, differences and the relation wizard are shown in. One of them is open at a time. */
import { element, iconButton } from '../dom';
import { sideStyles } from './sideStyles';

export interface SidePanel {
  readonly root: HTMLElement;
  readonly isOpen: boolean;
  /** Shows the content; the focus stays on the control of the same `data-key`, or goes to the first one where the panel was closed. */
  show(title: readonly (Node | string)[], content: readonly (Node | string)[]): void;
  /** Closes the panel that this one takes the place of, with what it has painted. */
  makeRoom(): void;
  /** False where it was closed already. */
  close(): boolean;
}

let openPanel: SidePanel | null = null;

/** @param onClose not called where another side panel takes the place. */
export function createSidePanel(label: string, onClose: (giveFocusBack: boolean) => void): SidePanel {
  addStyles();
  const root = element('section', { class: 'side', role: 'region', 'aria-label': label });
  root.hidden = true;
  const close = (giveFocusBack: boolean): boolean => {
    if (root.hidden) return false;
    root.hidden = true;
    if (openPanel === panel) openPanel = null;
    onClose(giveFocusBack);
    return true;
  };
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close(true);
    else if (event.key === 'ArrowDown') walk(root, 1);
    else if (event.key === 'ArrowUp') walk(root, -1);
    else return stopKeys(event);
    if (!isField(event.target) || event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
  });
  const panel: SidePanel = {
    root,
    get isOpen() {
      return !root.hidden;
    },
    show(title, content) {
      const wasOpen = !root.hidden;
      const key =
        document.activeElement instanceof HTMLElement && root.contains(document.activeElement) ? document.activeElement.dataset['key'] : undefined;
      panel.makeRoom();
      openPanel = panel;
      const scroll = root.scrollTop;
      root.replaceChildren(
        element('div', { class: 'title' }, [element('h2', {}, title), iconButton('close', `Close ${label.toLowerCase()}`, () => close(true))]),
        ...content,
      );
      root.hidden = false;
      root.scrollTop = wasOpen ? scroll : 0;
      const again = key === undefined ? null : root.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
      if (again) again.focus();
      else if (!wasOpen) (root.querySelector<HTMLElement>('select, input, .row') ?? root.querySelector('button'))?.focus();
    },
    makeRoom() {
      if (openPanel && openPanel !== panel) openPanel.close();
    },
    close: () => close(false),
  };
  return panel;
}

/** What is typed in a field is not the diagram's business. */
function stopKeys(event: KeyboardEvent): void {
  if (isField(event.target)) event.stopPropagation();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

function walk(root: HTMLElement, step: number): void {
  const { activeElement } = document;
  if (isField(activeElement) && !(activeElement instanceof HTMLInputElement && activeElement.type === 'checkbox')) return;
  const rows = [...root.querySelectorAll<HTMLElement>('.row, input[type=checkbox]:not(:disabled)')];
  const at = rows.findIndex((row) => row === activeElement);
  rows[(at + step + rows.length) % Math.max(1, rows.length)]?.focus();
}

function addStyles(): void {
  if (document.getElementById('side-styles')) return;
  document.head.append(element('style', { id: 'side-styles' }, [sideStyles]));
}

/** A labelled choice of a few. */
export function choice<Value extends string>(
  key: string,
  label: string,
  value: Value,
  options: readonly (readonly [Value, string])[],
  onChange: (value: Value) => void,
): HTMLElement {
  const select = element(
    'select',
    { 'data-key': key },
    options.map(([each, text]) => element('option', each === value ? { value: each, selected: '' } : { value: each }, [text])),
  );
  select.addEventListener('change', () => onChange(select.value as Value));
  return element('label', { class: 'field' }, [element('span', {}, [label]), select]);
}

export function checkbox(
  key: string,
  label: readonly (Node | string)[],
  checked: boolean,
  onChange: ((checked: boolean) => void) | null,
): HTMLElement {
  const input = element('input', { type: 'checkbox', 'data-key': key });
  input.checked = checked;
  input.disabled = onChange === null;
  if (onChange) input.addEventListener('change', () => onChange(input.checked));
  return element('label', { class: 'check' }, [input, element('span', {}, label)]);
}

/** Copies a text and says so on the button. */
export function copyButton(text: string, label: string): HTMLButtonElement {
  const button = iconButton('copy', label, () => {
    const say = (icon: string, words: string): void => {
      button.querySelector('.codicon')?.setAttribute('class', `codicon codicon-${icon}`);
      button.title = words;
    };
    void navigator.clipboard.writeText(text).then(
      () => say('check', 'Copied'),
      () => say('error', 'The clipboard is not available here'),
    );
  });
  button.classList.add('copy');
  return button;
}

/** A text to be copied. */
export function code(text: string): HTMLElement {
  return element('div', { class: 'code' }, [element('code', {}, [text]), copyButton(text, `Copy ${text.length > 60 ? 'this code' : text}`)]);
}
