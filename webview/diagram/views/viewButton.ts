/** The button that names the shown view, with a mark and a Save button while the view differs from its file. */
import { element, icon, iconButton } from '../dom';
import { shortcut } from '../keys';
import { createMenu, type MenuItem } from '../menu';

export interface ViewButton {
  readonly root: HTMLElement;
  show(name: string, isModified: boolean): void;
  /** The file holds another version than the one that was changed here. */
  setStale(isStale: boolean): void;
  open(): void;
  /** Says something to screen readers. */
  tell(text: string): void;
}

export function createViewButton(events: { items(): readonly MenuItem[]; save(): void }): ViewButton {
  const label = element('span', { class: 'name' });
  const mark = element('span', { class: 'modified' }, [changedHere]);
  const button = element('button', { type: 'button', class: 'view', 'aria-haspopup': 'menu', title: 'Views of the diagram' }, [
    icon('layers'),
    label,
    mark,
    icon('chevron-down'),
  ]);
  const save = iconButton('save', `Save view (${shortcut('S')})`, events.save);
  const menu = createMenu();
  menu.root.classList.add('left');
  const live = element('span', { class: 'live', role: 'status' });
  const root = element('div', { class: 'views' }, [button, save, menu.root, live]);
  const open = (): void => menu.open(events.items(), null, button);
  button.addEventListener('click', open);
  return {
    root,
    open,
    tell: (text) => (live.textContent = text),
    setStale(isStale) {
      mark.textContent = isStale ? changedOnDisk : changedHere;
    },
    show(name, isModified) {
      label.textContent = name;
      mark.hidden = !isModified;
      save.hidden = !isModified;
      // The visible words stand in the spoken ones as they are.
      button.setAttribute('aria-label', `View: ${name}${isModified ? (mark.textContent ?? '') : ''}`);
    },
  };
}

const changedHere = ', modified';
const changedOnDisk = ', modified, and changed on disk';
