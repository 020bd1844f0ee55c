/** Keys of a list, tree or grid whose rows are virtual: focus stays on the container, the active row is named by `aria-activedescendant`. */

export type ListMove = { readonly kind: 'to'; readonly index: number } | { readonly kind: 'expand' | 'collapse' | 'open' | 'leave' };

/** What a key means to a list; null where it means nothing and should pass on. */
export function readListKey(event: KeyboardEvent, active: number, count: number, pageRows: number): ListMove | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const to = (index: number): ListMove => ({ kind: 'to', index: Math.max(0, Math.min(index, count - 1)) });
  switch (event.key) {
    case 'ArrowDown':
      return to(active + 1);
    case 'ArrowUp':
      return to(active - 1);
    case 'PageDown':
      return to(active + pageRows);
    case 'PageUp':
      return to(active - pageRows);
    case 'Home':
      return to(0);
    case 'End':
      return to(count - 1);
    case 'ArrowRight':
      return { kind: 'expand' };
    case 'ArrowLeft':
      return { kind: 'collapse' };
    case 'Enter':
      return { kind: 'open' };
    case 'Escape':
      return { kind: 'leave' };
    default:
      return null;
  }
}

/** Index of the row that holds this one: the nearest above with a smaller level; the row itself where there is none. */
export function parentIndex(levels: readonly number[], index: number): number {
  const level = levels[index] ?? 1;
  for (let above = index - 1; above >= 0; above--) if ((levels[above] ?? 1) < level) return above;
  return index;
}
