import * as vscode from 'vscode';
import { PANELS, SETTINGS, VIEWS } from '../contributions';
import type { ProfileStore } from '../profile/profileStore';
import { ProfilerConnection } from './profilerConnection';

/** The query profiler: a view in the bottom panel, next to the debug console, and the same page in an editor on request. */
export class ProfilerView implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  private readonly connections = new Set<ProfilerConnection>();
  private view: vscode.WebviewView | undefined;
  private panel: vscode.WebviewPanel | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly profiles: ProfileStore,
    /** The page is there for the first time in this window. */
    private readonly onShown: () => void,
  ) {
    this.disposables = [
      vscode.window.registerWebviewViewProvider(VIEWS.profiler, this),
      vscode.window.registerWebviewPanelSerializer(PANELS.profiler, this),
      profiles.onDidChange(({ worthShowing }) => {
        if (worthShowing && vscode.workspace.getConfiguration().get(SETTINGS.openOnFirstRequest, true)) void this.show(true);
      }),
    ];
  }

  /** Shows the profiler where it is; in the bottom panel if it is nowhere. */
  async show(preserveFocus: boolean): Promise<void> {
    if (this.panel) this.panel.reveal(undefined, preserveFocus);
    else if (this.view) this.view.show(preserveFocus);
    else await vscode.commands.executeCommand(`${VIEWS.profiler}.focus`, { preserveFocus });
  }

  openInEditor(): void {
    if (this.panel) this.panel.reveal();
    else this.connectPanel(vscode.window.createWebviewPanel(PANELS.profiler, 'Queries', vscode.ViewColumn.Active));
  }

  /** Shows a scope and, where given, one of its findings. */
  async select(runId: string, scope: number, finding: number | null): Promise<void> {
    await this.show(false);
    for (const connection of this.connections) connection.select(runId, scope, finding);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    const connection = this.connect(view.webview, 'view');
    view.onDidDispose(() => {
      this.view = undefined;
      this.disconnect(connection);
    });
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.connectPanel(panel);
  }

  dispose(): void {
    for (const connection of this.connections) connection.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private connectPanel(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(this.extensionUri, 'media', 'panel-dark.svg'),
    };
    const connection = this.connect(panel.webview, 'editor');
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.disconnect(connection);
    });
  }

  private connect(webview: vscode.Webview, mode: 'view' | 'editor'): ProfilerConnection {
    const connection = new ProfilerConnection(webview, this.extensionUri, mode, this.profiles);
    this.connections.add(connection);
    this.onShown();
    return connection;
  }

  private disconnect(connection: ProfilerConnection): void {
    this.connections.delete(connection);
    connection.dispose();
  }
}
