/** Makes elements in one line; the panel has too few of them for a framework. */
type Children = readonly (Node | string)[];

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  children: Children = [],
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A codicon, which says nothing by itself: its button or row carries the name. */
export function icon(name: string, extraClass = ''): HTMLElement {
  return element('span', { class: `codicon codicon-${name} ${extraClass}`.trim(), 'aria-hidden': 'true' });
}

export function iconButton(name: string, label: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', title: label, 'aria-label': label }, [icon(name)]);
  button.addEventListener('click', onClick);
  return button;
}
