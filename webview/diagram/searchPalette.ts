/** The search field with its list: type, arrow, Enter. */
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { searchDiagram, searchEntities, type SearchMatch } from '../../src/core/diagram/searchDiagram';
import { element, icon } from './dom';
import type { MenuCommand } from './menu';

export interface SearchPalette {
  readonly root: HTMLElement;
  /** `question` stands in the empty field instead of the usual hint. */
  open(model: DiagramModel, question: string | null): void;
}

export interface SearchEvents {
  /** Commands that can be found by their names. */
  commands(): readonly MenuCommand[];
  /** The list's current match, shown while one arrows through it. */
  onPreview(match: SearchMatch): void;
  onChoose(match: SearchMatch): void;
  /** Closed without a choice. */
  onCancel(): void;
}

const maxMatches = 60;
const hint = 'Search entities, tables, columns and relations (Book, book_tags, Book.auth), > for commands';

export function createSearchPalette(events: SearchEvents): SearchPalette {
  const input = element('input', {
    type: 'text',
    placeholder: hint,
    'aria-label': 'Search the diagram',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'search-matches',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const list = element('div', { role: 'listbox', id: 'search-matches', 'aria-label': 'Matches' });
  const none = element('div', { class: 'none', role: 'status' });
  const root = element('div', { class: 'palette' }, [element('div', { class: 'field' }, [input]), list, none]);
  root.hidden = true;
  let model: DiagramModel | null = null;
  let matches: Choice[] = [];
  /** A column or a command would be no answer. */
  let asksForTable = false;
  let current = 0;
  let previewed = false;

  const close = (): void => {
    root.hidden = true;
    list.replaceChildren();
  };
  const choose = (index: number): void => {
    const match = matches[index];
    if (!match) return;
    close();
    if (!isCommand(match)) return events.onChoose(match);
    events.onCancel();
    match.run();
  };
  const mark = (index: number, preview: boolean): void => {
    current = index;
    [...list.children].forEach((option, position) => option.setAttribute('aria-selected', String(position === index)));
    const option = list.children[index];
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
    const match = matches[index];
    if (preview && match && !isCommand(match)) {
      previewed = true;
      events.onPreview(match);
    }
  };
  const update = (): void => {
    const text = input.value.trim();
    const commands = asksForTable ? [] : commandsNamed(events.commands(), text);
    const search = asksForTable ? searchEntities : searchDiagram;
    const found = model && !text.startsWith('>') ? search(model, text, maxMatches) : [];
    matches = text === '' ? found : [...found, ...commands];
    list.replaceChildren(...matches.map((match, index) => optionFor(match, index, choose)));
    none.textContent = matches.length === 0 ? `Nothing in the diagram is called “${text}”.` : '';
    none.hidden = matches.length > 0;
    mark(0, false);
  };

  input.addEventListener('input', update);
  input.addEventListener('keydown', (event) => {
    const last = matches.length - 1;
    if (event.key === 'ArrowDown') mark(current >= last ? 0 : current + 1, true);
    else if (event.key === 'ArrowUp') mark(current <= 0 ? Math.max(0, last) : current - 1, true);
    else if (event.key === 'Enter') choose(current);
    else if (event.key === 'Escape') {
      close();
      events.onCancel();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (root.hidden || (relatedTarget instanceof Node && root.contains(relatedTarget))) return;
    close();
    if (previewed) events.onCancel();
  });

  return {
    root,
    open(next, question) {
      model = next;
      previewed = false;
      root.hidden = false;
      input.value = '';
      input.placeholder = question ?? hint;
      asksForTable = question !== null;
      update();
      input.focus();
    },
  };
}

type Choice = SearchMatch | MenuCommand;

function isCommand(choice: Choice): choice is MenuCommand {
  return 'run' in choice;
}

/** Those whose names hold every typed word; all of them after a bare `>`. */
function commandsNamed(commands: readonly MenuCommand[], text: string): MenuCommand[] {
  const words = text.replace(/^>/, '').toLowerCase().split(/\s+/);
  return commands.filter(({ label, disabled }) => disabled === undefined && words.every((word) => label.toLowerCase().includes(word)));
}

const icons = { entity: 'symbol-class', column: 'symbol-field', relation: 'references' } as const;

function optionFor(match: Choice, index: number, choose: (index: number) => void): HTMLElement {
  const children = isCommand(match)
    ? [
        icon(match.icon === '' ? 'run' : match.icon),
        element('span', {}, [match.label]),
        element('span', { class: 'detail' }, [match.hint ?? 'command']),
      ]
    : [icon(icons[match.kind]), highlighted(match), element('span', { class: 'detail' }, [match.detail])];
  const option = element('div', { role: 'option', id: `search-match-${index}`, 'aria-selected': 'false' }, children);
  if (!isCommand(match)) option.dataset['table'] = match.table;
  // Before the field loses its focus, which would close the list.
  option.addEventListener('mousedown', (event) => {
    event.preventDefault();
    choose(index);
  });
  return option;
}

function highlighted({ label, highlights }: SearchMatch): HTMLElement {
  const marked = new Set(highlights);
  const parts = [...label].map((letter, index) => (marked.has(index) ? element('mark', {}, [letter]) : letter));
  return element('span', {}, parts);
}
