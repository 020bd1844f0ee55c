/** Elements under one parent, by key: what stays is the same element, and only what differs of it is touched. */
export interface Keyed {
  readonly key: string;
  /** Written to the element; those that it had and that are not named any more are taken away. */
  readonly attributes: Readonly<Record<string, string>>;
}

export class KeyedElements {
  private readonly kept = new Map<string, { readonly element: HTMLElement; attributes: Readonly<Record<string, string>> }>();

  constructor(private readonly parent: HTMLElement) {}

  /** Shows these and nothing else, in this order. Returns their elements. */
  show(items: readonly Keyed[]): HTMLElement[] {
    const wanted = new Set(items.map(({ key }) => key));
    for (const [key, { element }] of this.kept) {
      if (wanted.has(key)) continue;
      element.remove();
      this.kept.delete(key);
    }
    let next = this.parent.firstElementChild;
    return items.map((item) => {
      const element = this.update(item);
      if (element === next) next = next.nextElementSibling;
      else this.parent.insertBefore(element, next);
      return element;
    });
  }

  private update({ key, attributes }: Keyed): HTMLElement {
    const known = this.kept.get(key);
    const kept = known ?? { element: document.createElement('div'), attributes: {} };
    if (!known) this.kept.set(key, kept);
    for (const [name, value] of Object.entries(attributes)) if (kept.attributes[name] !== value) kept.element.setAttribute(name, value);
    for (const name of Object.keys(kept.attributes)) if (attributes[name] === undefined) kept.element.removeAttribute(name);
    kept.attributes = attributes;
    return kept.element;
  }
}
