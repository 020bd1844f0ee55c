/** What runs in the page of a test, as text: VS Code's side of a webview, and what a test asks the page itself. */

/** The page in words: its state, what has the focus, and what can be read. */
export const whatIsShown = `(() => {
  const app = document.getElementById('app');
  const focus = document.activeElement;
  return [
    'state: ' + JSON.stringify(app.dataset),
    'focus: ' + focus.tagName.toLowerCase() + '.' + focus.className + ' ' + JSON.stringify(focus.dataset),
    'text: ' + document.body.innerText.replace(/\\s+/g, ' ').slice(0, 1500),
  ].join('\\n');
})()`;

/** Stands before the page's own program. `atRest` waits until no frame and no timer is left that could change what is shown. */
export const fakeVsCode = `
  const posted = [];
  const outcomes = [];
  const { requestAnimationFrame: askFrame, setTimeout: askTimer } = window;
  const toCome = [];
  /** Counts what was asked for and has not come yet. */
  const count = (ask, forget, isCounted) => {
    const own = new Set();
    toCome.push(own);
    return [
      (callback, ...rest) => {
        const handle = ask.call(window, (...given) => { own.delete(handle); callback(...given); }, ...rest);
        if (isCounted(...rest)) own.add(handle);
        return handle;
      },
      (handle) => { own.delete(handle); forget.call(window, handle); },
    ];
  };
  [window.requestAnimationFrame, window.cancelAnimationFrame] = count(askFrame, window.cancelAnimationFrame, () => true);
  // Longer ones guard against what hangs, and change nothing where all is well.
  [window.setTimeout, window.clearTimeout] = count(askTimer, window.clearTimeout, (waitMs = 0) => waitMs <= 1000);
  const nextFrame = () => new Promise((resolve) => askFrame.call(window, () => askTimer.call(window, resolve)));

  window.fakeVsCode = {
    posted,
    outcomes,
    /** Puts down what a promise comes to, at the index given back. */
    begin(promise) {
      const index = outcomes.push(null) - 1;
      promise.then((value) => (outcomes[index] = { value }), (error) => (outcomes[index] = { error: String(error) }));
      return index;
    },
    send: (message) => new Promise((resolve) => {
      window.addEventListener('message', () => resolve(), { once: true });
      window.postMessage(message, '*');
    }),
    async atRest() {
      // The first frame brings what nobody asked for: sizes that changed, pointers that moved.
      do await nextFrame(); while (toCome.some((own) => own.size > 0));
    },
    state: () => JSON.parse(sessionStorage.getItem('state') ?? 'null'),
    applyTheme({ bodyClass, variables }) {
      document.documentElement.removeAttribute('style');
      for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty('--vscode-' + name, value);
      document.body.className = bodyClass;
    },
  };
  // VS Code listens before the page does, keeps the editor's own keys from the browser, and does what they mean to it.
  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && 'zyfsp'.includes(event.key.toLowerCase())) event.preventDefault();
  });
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => { posted.push(structuredClone(message)); },
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); },
  });
`;
