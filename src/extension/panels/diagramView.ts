import * as vscode from 'vscode';
import { VIEWS } from '../contributions';
import { DiagramConnection } from './diagramConnection';
import { EMPTY_MODEL, diagramState } from './diagramPicture';
import type { PanelServices } from './panelServices';

/** The sidebar's diagram: the entity under the cursor and its neighbours. */
export class DiagramView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private view: vscode.WebviewView | undefined;
  private connection: DiagramConnection | undefined;

  constructor(private readonly services: PanelServices) {
    const { cursor, workspace, language, heat } = services;
    this.disposables.push(
      vscode.window.registerWebviewViewProvider(VIEWS.diagram, this),
      cursor.onDidChange(() => this.show()),
      workspace.onDidChangeState(() => this.show()),
      language.onDidChangeState(() => this.show()),
      heat.onDidChange((painted) => this.connection?.paint(painted)),
    );
  }

  get visible(): boolean {
    return this.view?.visible ?? false;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, log, language, cursor, heat } = this.services;
    this.view = view;
    this.connection = new DiagramConnection(view.webview, extensionUri, 'sidebar', log, language);
    this.connection.paint(heat.current);
    this.show();
    cursor.followSoon();
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.connection?.pageIsGone();
      cursor.followSoon();
    });
    view.onDidDispose(() => {
      this.connection?.dispose();
      this.connection = undefined;
      this.view = undefined;
    });
  }

  dispose(): void {
    this.connection?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private show(): void {
    const { cursor, workspace, language } = this.services;
    const result = cursor.current;
    const state = diagramState({
      mode: 'sidebar',
      workspace: workspace.state,
      serverError: language.error,
      entityCount: language.entityCount,
      result,
    });
    this.connection?.show({
      model: state.kind === 'ready' && result ? result.model : EMPTY_MODEL,
      focus: result?.focus ?? null,
      state,
    });
  }
}
