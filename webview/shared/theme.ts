/**
 * VS Code's theme as a webview sees it: a kind on the body's class and colours as CSS variables on the root element.
 * Style sheets use the variables directly; a canvas must read them, and read them again when the theme changes.
 */
export type ThemeKind = 'dark' | 'light' | 'hc-dark' | 'hc-light';

export function readThemeKind(): ThemeKind {
  const classes = document.body.classList;
  if (classes.contains('vscode-high-contrast-light')) return 'hc-light';
  if (classes.contains('vscode-high-contrast')) return 'hc-dark';
  return classes.contains('vscode-light') ? 'light' : 'dark';
}

/** Value of the first theme colour that is set (`editor.background` is written `editor-background`), else the fallback. */
export function readColours(): (names: string | readonly string[], fallback: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (names, fallback) => {
    for (const name of typeof names === 'string' ? [names] : names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return fallback;
  };
}

/** The editor's interface font, for text that is measured or drawn rather than styled. */
export function readFontFamily(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--vscode-font-family').trim() || 'system-ui, sans-serif';
}

/** Calls the listener after each change of theme or font, once per change, until the returned function is called. */
export function watchTheme(listener: () => void): () => void {
  let scheduled = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(scheduled);
    scheduled = requestAnimationFrame(listener);
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-kind'] });
  return () => {
    cancelAnimationFrame(scheduled);
    observer.disconnect();
  };
}

/** Whether the user asked the system for less motion (VS Code passes `workbench.reduceMotion` on as a body class). */
export function prefersReducedMotion(): boolean {
  return document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;
}
