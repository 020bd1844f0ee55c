/** What stands in the picture's place when there is none: what is going on, and what to do next. */
import type { DiagramMode, DiagramState, FromDiagram } from '../../src/protocol/diagramPanel';
import { element, icon } from './dom';

interface Page {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
  readonly busy?: boolean;
  readonly button?: { readonly label: string; readonly message: FromDiagram };
}

/** Null where the picture itself is to be shown. */
export function renderStatePage(state: DiagramState, mode: DiagramMode, post: (message: FromDiagram) => void): HTMLElement | null {
  const page = pageFor(state, mode);
  if (!page) return null;
  const { button } = page;
  return render(page, state.kind, button ? { label: button.label, run: () => post(button.message) } : null);
}

/** The filter leaves nothing over. */
export function renderNoMatchPage(showEverything: () => void): HTMLElement {
  const page = { icon: 'filter', title: 'No entity meets the filter', text: 'Take a part of it away above, or start over.' };
  return render(page, 'no-match', { label: 'Show Everything', run: showEverything });
}

function render(page: Page, kind: string, action: { readonly label: string; readonly run: () => void } | null): HTMLElement {
  const children: (Node | string)[] = [icon(page.icon, 'large'), element('h2', {}, [page.title]), element('p', {}, [page.text])];
  if (page.busy === true) children.push(element('div', { class: 'progress', role: 'progressbar', 'aria-label': page.title }));
  if (action) {
    const button = element('button', { type: 'button' }, [action.label]);
    button.addEventListener('click', action.run);
    children.push(button);
  }
  return element('div', { class: 'page', role: 'status', 'data-page': kind }, children);
}

function pageFor(state: DiagramState, mode: DiagramMode): Page | null {
  switch (state.kind) {
    case 'ready':
      return null;
    case 'loading':
      return {
        icon: 'type-hierarchy',
        title: 'Reading entities…',
        text: state.filesRead === 0 ? 'Looking for files that use TypeORM.' : `${state.filesRead.toLocaleString()} files read.`,
        busy: true,
      };
    case 'no-typeorm':
      return {
        icon: 'type-hierarchy',
        title: 'No folder here depends on TypeORM',
        text: 'Open a folder whose package.json lists typeorm, and its entities appear here as a diagram.',
        button: { label: 'Open Folder', message: { type: 'runCommand', command: 'workbench.action.files.openFolder' } },
      };
    case 'no-entities':
      return {
        icon: 'type-hierarchy',
        title: 'No entities yet',
        text: 'Classes with @Entity() and EntitySchema objects appear here as soon as a file has one, saved or not.',
        button: { label: 'Search in Files', message: { type: 'runCommand', command: 'workbench.action.findInFiles' } },
      };
    case 'no-focus':
      return {
        icon: 'type-hierarchy',
        title: 'Put the cursor into an entity class to see it with its neighbours.',
        text: mode === 'sidebar' ? 'This view follows the editor.' : '',
        button: { label: 'Open the Full Diagram', message: { type: 'openPanel', entity: null } },
      };
    case 'error':
      return {
        icon: 'error',
        title: 'The diagram could not be made',
        text: state.message,
        button: { label: 'Restart Language Server', message: { type: 'runCommand', command: 'relationLens.restartServer' } },
      };
  }
}
