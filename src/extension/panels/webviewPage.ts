import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { webviewHtml } from './webviewHtml';

export interface WebviewProgram {
  readonly mode: string;
  readonly title: string;
  /** File in dist/webview. */
  readonly script: string;
  readonly worker?: string;
}

/** Loads one of our programs into a webview, which may read nothing but dist/webview. */
export function loadProgram(webview: vscode.Webview, extensionUri: vscode.Uri, { mode, title, script, worker }: WebviewProgram): void {
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const uriOf = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = webviewHtml({
    mode,
    title,
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    scriptUri: uriOf(script),
    styleUri: uriOf('codicon.css'),
    ...(worker === undefined ? {} : { workerUri: uriOf(worker) }),
  });
}
