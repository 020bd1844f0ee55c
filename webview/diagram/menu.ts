/** A menu of a few commands, below its button or at the pointer: arrows walk, Escape closes and gives the focus back. */
import type { Point } from '../../src/core/diagram/geometry';
import { element, icon } from './dom';

export interface MenuItem {
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  readonly run: () => void;
}

export interface Menu {
  readonly root: HTMLElement;
  open(items: readonly MenuItem[], at: Point | null, giveBackTo: HTMLElement): void;
}

/** Placed by the style sheet where no point is given. */
export function createMenu(): Menu {
  const root = element('div', { class: 'menu', role: 'menu' });
  root.hidden = true;
  let giveBackTo: HTMLElement | null = null;
  const close = (): void => {
    root.hidden = true;
    giveBackTo?.focus({ preventScroll: true });
  };
  const buttonFor = ({ icon: name, label, hint, run }: MenuItem): HTMLElement => {
    const hints = hint === undefined ? [] : [element('span', { class: 'hint' }, [hint])];
    const button = element('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, [icon(name), label, ...hints]);
    button.addEventListener('click', () => {
      close();
      run();
    });
    return button;
  };
  const walk = (step: number): void => {
    const buttons = [...root.querySelectorAll('button')];
    const index = buttons.findIndex((button) => button === document.activeElement);
    buttons[(index + step + buttons.length) % buttons.length]?.focus();
  };
  root.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') walk(1);
    else if (event.key === 'ArrowUp') walk(-1);
    else if (event.key === 'Escape') close();
    else if (event.key !== 'Enter' && event.key !== ' ') return;
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !root.contains(relatedTarget)) root.hidden = true;
  });
  return {
    root,
    open(items, at, opener) {
      giveBackTo = opener;
      root.replaceChildren(...items.map(buttonFor));
      root.hidden = false;
      const { offsetWidth: width, offsetHeight: height } = root;
      root.style.left = at === null ? '' : `${Math.max(4, Math.min(at.x, innerWidth - width - 4))}px`;
      root.style.top = at === null ? '' : `${Math.max(4, Math.min(at.y, innerHeight - height - 4))}px`;
      root.style.right = at === null ? '' : 'auto';
      root.querySelector('button')?.focus();
    },
  };
}
