/** A small question below the bar: a name to type, or a yes. Enter answers, Escape does not. */
import { element } from '../dom';

interface Question {
  readonly title: string;
  /** Name on the button that answers. */
  readonly action: string;
  /** What stands in the field at first; absent where there is nothing to type. */
  readonly name?: string;
  /** Folders to choose from, the first by default; no choice where there is one. */
  readonly folders?: readonly { readonly folder: string; readonly name: string }[];
  /** What the answer will do, or why it cannot be given. */
  explain(answer: Answer): { readonly text: string; readonly isRefused: boolean };
}

export interface Answer {
  readonly name: string;
  readonly folder: string;
}

export interface Dialog {
  readonly root: HTMLElement;
  /** Null where the question was dropped. */
  ask(question: Question): Promise<Answer | null>;
}

const longestName = 80;

export function createDialog(giveBack: () => void): Dialog {
  const root = element('form', { class: 'dialog', role: 'dialog' });
  root.hidden = true;
  let finish: (answer: Answer | null) => void = () => undefined;
  root.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') finish(null);
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !root.contains(relatedTarget)) finish(null);
  });
  return {
    root,
    ask(question) {
      finish(null);
      return new Promise((resolve) => {
        finish = (answer) => {
          finish = () => undefined;
          root.hidden = true;
          giveBack();
          resolve(answer);
        };
        fill(root, question, (answer) => finish(answer));
      });
    },
  };
}

function fill(root: HTMLFormElement, question: Question, finish: (answer: Answer | null) => void): void {
  const { title, action, name, folders = [], explain } = question;
  const input = element('input', { type: 'text', 'aria-label': 'Name', maxlength: String(longestName), spellcheck: 'false', autocomplete: 'off' });
  input.value = name ?? '';
  const choice = element(
    'select',
    { 'aria-label': 'Folder' },
    folders.map((folder) => element('option', { value: folder.folder }, [folder.name])),
  );
  const hint = element('p', { role: 'status' });
  const answer = element('button', { type: 'submit', class: 'primary' }, [action]);
  const cancel = element('button', { type: 'button' }, ['Cancel']);
  const current = (): Answer => ({ name: input.value.trim(), folder: choice.value });
  const update = (): void => {
    const { text, isRefused } = explain(current());
    hint.textContent = text;
    answer.disabled = isRefused;
  };
  input.addEventListener('input', update);
  choice.addEventListener('change', update);
  cancel.addEventListener('click', () => finish(null));
  root.onsubmit = (event) => {
    event.preventDefault();
    if (!explain(current()).isRefused) finish(current());
  };
  const fields = [...(name === undefined ? [] : [input]), ...(folders.length > 1 ? [choice] : [])];
  root.setAttribute('aria-label', title);
  root.replaceChildren(element('b', {}, [title]), ...fields, hint, element('div', { class: 'buttons' }, [answer, cancel]));
  root.hidden = false;
  update();
  (name === undefined ? answer : input).focus();
  input.select();
}
