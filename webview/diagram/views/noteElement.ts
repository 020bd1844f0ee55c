/** One sticky note on the page: a focusable element with its text, moved and resized by the pointer, edited in place. */
import type { Rect } from '../../../src/core/diagram/geometry';
import { element } from '../dom';

export interface NoteEvents {
  /** Distances in screen pixels; `done` with the last of them. */
  move(dx: number, dy: number, done: boolean): void;
  resize(dx: number, dy: number, done: boolean): void;
  edited(text: string, height: number): void;
  key(event: KeyboardEvent): void;
  menu(event: MouseEvent): void;
}

export interface NoteElement {
  readonly root: HTMLElement;
  show(text: string, label: string, accent: string, rect: Rect): void;
  edit(): void;
}

export function createNoteElement(id: string, events: NoteEvents): NoteElement {
  const text = element('div', { class: 'text' });
  const grip = element('div', { class: 'grip', 'aria-hidden': 'true' });
  const root = element('div', { class: 'note', role: 'note', tabindex: '0', 'data-note': id }, [text, grip]);
  let field: HTMLTextAreaElement | null = null;
  /** While nobody writes. */
  let shownHeight = '';

  const finish = (keep: boolean): void => {
    const finished = field;
    if (!finished) return;
    field = null;
    const height = heightFor(finished);
    const had = document.activeElement === finished;
    finished.replaceWith(text);
    root.style.height = shownHeight;
    if (had) root.focus({ preventScroll: true });
    if (keep) events.edited(finished.value.trimEnd(), height);
  };
  /** Of the note, with all of the text and what is around it. */
  const heightFor = (editor: HTMLTextAreaElement): number => editor.scrollHeight + root.offsetHeight - editor.clientHeight;
  const edit = (): void => {
    if (field) return;
    const editor = element('textarea', { 'aria-label': 'Text of the note', placeholder: 'What is worth knowing', spellcheck: 'false' });
    field = editor;
    editor.value = text.textContent ?? '';
    editor.addEventListener('blur', () => finish(true));
    // It grows with what is written, and never shrinks below what it was drawn to.
    editor.addEventListener('input', () => (root.style.height = `${heightFor(editor)}px`));
    text.replaceWith(editor);
    editor.focus({ preventScroll: true });
    editor.select();
  };
  root.addEventListener('dblclick', edit);
  root.addEventListener('keydown', (event) => {
    if (event.target === field) {
      event.stopPropagation();
      if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) finish(true);
      return;
    }
    events.key(event);
  });
  root.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    events.menu(event);
  });
  followPointer(root, (target) => target !== field && target !== grip, events.move);
  followPointer(grip, () => true, events.resize);
  return {
    root,
    edit,
    show(words, label, accent, { x, y, width, height }) {
      text.textContent = words;
      root.setAttribute('aria-label', label);
      root.style.setProperty('--accent', accent);
      root.style.left = `${x}px`;
      root.style.top = `${y}px`;
      root.style.width = `${width}px`;
      shownHeight = `${height}px`;
      if (!field) root.style.height = shownHeight;
    },
  };
}

/** Tells the way from where the pointer was pressed. */
function followPointer(
  handle: HTMLElement,
  takes: (target: EventTarget | null) => boolean,
  tell: (dx: number, dy: number, done: boolean) => void,
): void {
  let start: { readonly x: number; readonly y: number } | null = null;
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !takes(event.target)) return;
    event.stopPropagation();
    start = { x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
  });
  const follow = (event: PointerEvent, done: boolean): void => {
    if (!start) return;
    const { x, y } = start;
    if (done) start = null;
    if (event.clientX !== x || event.clientY !== y) tell(event.clientX - x, event.clientY - y, done);
  };
  handle.addEventListener('pointermove', (event) => follow(event, false));
  handle.addEventListener('pointerup', (event) => follow(event, true));
  handle.addEventListener('pointercancel', (event) => follow(event, true));
}
