/** Base of the panel's elements: no shadow root, so that one style sheet, the codicon font and `aria-activedescendant` reach everything. */
import { LitElement } from 'lit';

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The element of this selector inside; null before the first render. */
  protected find<T extends Element = HTMLElement>(selector: string): T | null {
    return this.querySelector<T>(selector);
  }
}

/** Scrolls the box so that row `index` of rows of equal height, beginning at `rowsTop` inside it, is in sight beneath a sticky head. */
export function scrollRowIntoView(box: HTMLElement, rowsTop: number, index: number, rowHeight: number, headHeight: number): void {
  const top = rowsTop + index * rowHeight;
  if (top - headHeight < box.scrollTop) box.scrollTop = Math.max(top - headHeight, 0);
  else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
}

/** Height of a list row in CSS pixels; the style sheet says the same. */
export const rowHeight = 22;
