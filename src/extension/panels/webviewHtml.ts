/** The page of every webview: a strict content security policy, the codicons, one script with a nonce. Pure. */

export interface WebviewPage {
  /** Where the program runs: `panel` or `sidebar` for the diagram, `view` or `editor` for the profiler. */
  readonly mode: string;
  readonly title: string;
  /** The webview's `cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Script of the layout worker; the program fetches it and starts a worker from a blob, as webviews cannot start one from their own origin. */
  readonly workerUri?: string;
}

/** Styles may be inline, because Lit's components and VS Code's own theme write `style` attributes; scripts may not. */
export function webviewHtml({ mode, title, cspSource, nonce, scriptUri, styleUri, workerUri }: WebviewPage): string {
  const policy = [
    `default-src 'none'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
    `connect-src ${cspSource}`,
    `worker-src blob:`,
  ].join('; ');
  const worker = workerUri === undefined ? '' : ` data-worker-uri="${escapeAttribute(workerUri)}"`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
    <title>${escapeAttribute(title)}</title>
    <link rel="stylesheet" id="vscode-codicon-stylesheet" href="${escapeAttribute(styleUri)}">
  </head>
  <body data-mode="${escapeAttribute(mode)}"${worker}>
    <div id="app"></div>
    <script nonce="${nonce}" src="${escapeAttribute(scriptUri)}"></script>
  </body>
</html>
`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
