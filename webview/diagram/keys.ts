/** What the keys of the diagram mean. */
export type KeyAction =
  | { readonly kind: 'search' | 'zoomIn' | 'zoomOut' | 'resetZoom' | 'fit' | 'escape' | 'open' | 'menu' | 'undo' | 'redo' | 'save' | 'help' }
  | { readonly kind: 'move'; readonly key: string; readonly wholeModule: boolean }
  | { readonly kind: 'walk'; readonly key: string; readonly alongEdges: boolean };

/** Null for keys that the diagram leaves to the browser and the editor. */
export function keyActionOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): KeyAction | null {
  if (altKey) return key.startsWith('Arrow') && !ctrlKey && !metaKey ? { kind: 'move', key, wholeModule: shiftKey } : null;
  if (ctrlKey || metaKey) {
    if (key === 'f') return { kind: 'search' };
    if (key.toLowerCase() === 'z') return { kind: shiftKey ? 'redo' : 'undo' };
    if (key === 's') return { kind: 'save' };
    return key === 'y' ? { kind: 'redo' } : null;
  }
  if (key.startsWith('Arrow')) return { kind: 'walk', key, alongEdges: shiftKey };
  if (key === 'F10' && shiftKey) return { kind: 'menu' };
  return plainKeys[key] ?? null;
}

/** The keys as this system writes them: `Ctrl+Shift+Z`, on macOS `⇧⌘Z`. */
export function shortcut(key: string, shift: 'shift' | null = null): string {
  if (/^Mac|^iP/.test(navigator.platform)) return `${shift === null ? '' : '⇧'}⌘${key}`;
  return `Ctrl+${shift === null ? '' : 'Shift+'}${key}`;
}

const plainKeys: Readonly<Record<string, KeyAction>> = {
  '/': { kind: 'search' },
  '+': { kind: 'zoomIn' },
  '=': { kind: 'zoomIn' },
  '-': { kind: 'zoomOut' },
  '0': { kind: 'resetZoom' },
  '1': { kind: 'fit' },
  '?': { kind: 'help' },
  Enter: { kind: 'open' },
  Escape: { kind: 'escape' },
  ContextMenu: { kind: 'menu' },
};
