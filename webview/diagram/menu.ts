/** A menu of a few commands, below its button or at the pointer: arrows walk, Escape closes and gives the focus back. */
import type { Point } from '../../src/core/diagram/geometry';
import { element, icon } from './dom';

export interface MenuCommand {
  readonly icon: string;
  readonly label: string;
  readonly hint?: string;
  /** Set for one of several choices: whether it is the current one. */
  readonly checked?: boolean;
  /** Why it cannot be done now; shown with the item, which does nothing. */
  readonly disabled?: string;
  /** A line above it. */
  readonly startsGroup?: boolean;
  readonly run: () => void;
}

/** A row of colours to choose from. */
interface MenuSwatches {
  readonly label: string;
  readonly swatches: readonly { readonly name: string; readonly colour: string; readonly checked: boolean; readonly run: () => void }[];
}

export type MenuItem = MenuCommand | MenuSwatches;

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
  const closeAndRun = (run: () => void) => (): void => {
    close();
    run();
  };
  const walk = (step: number): void => {
    const buttons = [...root.querySelectorAll('button')];
    const index = buttons.findIndex((button) => button === document.activeElement);
    buttons[(index + step + buttons.length) % buttons.length]?.focus();
  };
  /** Up and down pass a row of colours in one step. */
  const walkRows = (step: number): void => {
    do walk(step);
    while (isSwatch(document.activeElement) && document.activeElement?.getAttribute('aria-checked') !== 'true');
  };
  root.addEventListener('keydown', (event) => {
    const { key } = event;
    if (key === 'ArrowDown') walkRows(1);
    else if (key === 'ArrowUp') walkRows(-1);
    else if (key === 'ArrowRight' && isSwatch(event.target)) walk(1);
    else if (key === 'ArrowLeft' && isSwatch(event.target)) walk(-1);
    else if (key === 'Home') root.querySelector('button')?.focus();
    else if (key === 'End') [...root.querySelectorAll('button')].at(-1)?.focus();
    else if (key === 'Escape') close();
    else if (key !== 'Enter' && key !== ' ') return;
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
      const nodes = items.flatMap((item) => ('swatches' in item ? [swatchRow(item, closeAndRun)] : commandNodes(item, closeAndRun)));
      root.replaceChildren(...nodes);
      root.hidden = false;
      const { offsetWidth: width, offsetHeight: height } = root;
      root.style.left = at === null ? '' : `${Math.max(4, Math.min(at.x, innerWidth - width - 4))}px`;
      root.style.top = at === null ? '' : `${Math.max(4, Math.min(at.y, innerHeight - height - 4))}px`;
      root.style.right = at === null ? '' : 'auto';
      (root.querySelector<HTMLElement>('[aria-checked=true]:not(.swatch)') ?? root.querySelector('button'))?.focus();
    },
  };
}

type CloseAndRun = (run: () => void) => () => void;

function commandNodes({ icon: name, label, hint, checked, disabled, startsGroup, run }: MenuCommand, closeAndRun: CloseAndRun): HTMLElement[] {
  const hints = (disabled ?? hint) === undefined ? [] : [element('span', { class: 'hint' }, [disabled ?? hint ?? ''])];
  const button = element(
    'button',
    {
      type: 'button',
      role: checked === undefined ? 'menuitem' : 'menuitemradio',
      tabindex: '-1',
      ...(checked === undefined ? {} : { 'aria-checked': String(checked) }),
      ...(disabled === undefined ? {} : { 'aria-disabled': 'true' }),
    },
    [icon(checked === undefined ? name : checked ? 'check' : 'blank'), label, ...hints],
  );
  if (disabled === undefined) button.addEventListener('click', closeAndRun(run));
  return startsGroup === true ? [element('hr'), button] : [button];
}

function swatchRow({ label, swatches }: MenuSwatches, closeAndRun: CloseAndRun): HTMLElement {
  const buttons = swatches.map(({ name, colour, checked, run }) => {
    const button = element('button', {
      type: 'button',
      role: 'menuitemradio',
      class: 'swatch',
      tabindex: '-1',
      title: name,
      'aria-label': `${label}: ${name}`,
      'aria-checked': String(checked),
    });
    button.style.setProperty('--swatch', colour);
    button.addEventListener('click', closeAndRun(run));
    return button;
  });
  return element('div', { class: 'swatches', role: 'group', 'aria-label': label }, [element('span', {}, [label]), ...buttons]);
}

function isSwatch(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.classList.contains('swatch');
}
