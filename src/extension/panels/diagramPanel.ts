import * as vscode from 'vscode';
import type { DiagramCommand } from '../../protocol/diagramPanel';
import type { DiagramView } from '../../protocol/diagramQuestions';
import { PANELS } from '../contributions';
import { ViewFiles } from '../features/viewFiles';
import { DiagramConnection } from './diagramConnection';
import { EMPTY_MODEL, diagramState } from './diagramPicture';
import type { PanelServices } from './panelServices';

/** The diagram of the whole schema, in the editor area: one panel, live while it is open, restored after a reload of the window. */
export class DiagramPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private panel: vscode.WebviewPanel | undefined;
  private connection: DiagramConnection | undefined;
  private asking: vscode.CancellationTokenSource | undefined;

  constructor(private readonly services: PanelServices) {
    const { workspace, language, cursor, heat } = services;
    this.disposables.push(
      vscode.window.registerWebviewPanelSerializer(PANELS.diagram, this),
      language.onDidChangeGraph(() => void this.refresh()),
      language.onDidChangeState(() => void this.refresh()),
      workspace.onDidChangeState(() => void this.refresh()),
      cursor.onDidChange(({ focus }) => {
        if (focus !== null) this.connection?.mark(focus);
      }),
      heat.onDidChange((painted) => this.connection?.paint(painted)),
    );
  }

  get visible(): boolean {
    return this.panel?.visible ?? false;
  }

  open(): void {
    if (this.panel) {
      this.panel.reveal(undefined, false);
      return;
    }
    this.connect(vscode.window.createWebviewPanel(PANELS.diagram, 'Entity Diagram', vscode.ViewColumn.Active));
  }

  /** Opens the panel beside the sources and brings an entity (id or name) into view. */
  reveal(entity: string, property: string | null): void {
    if (this.panel) this.panel.reveal(undefined, true);
    else this.connect(vscode.window.createWebviewPanel(PANELS.diagram, 'Entity Diagram', { viewColumn: besideSources(), preserveFocus: true }));
    this.connection?.select(entity, property);
  }

  /** Opens the panel with an impact, a difference or the relation wizard in it. */
  openView(view: DiagramView): void {
    this.open();
    this.connection?.open(view);
  }

  run(command: DiagramCommand): void {
    this.connection?.run(command);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.connect(panel);
  }

  dispose(): void {
    this.asking?.cancel();
    this.connection?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private connect(panel: vscode.WebviewPanel): void {
    const { extensionUri, log, language, heat } = this.services;
    this.panel = panel;
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    const viewFiles = new ViewFiles();
    this.connection = new DiagramConnection(panel.webview, extensionUri, 'panel', log, language, viewFiles);
    this.connection.paint(heat.current);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.connection?.pageIsGone();
    });
    panel.onDidDispose(() => {
      viewFiles.dispose();
      this.connection?.dispose();
      this.connection = undefined;
      this.panel = undefined;
    });
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    if (!this.connection) return;
    this.asking?.cancel();
    const { token } = (this.asking = new vscode.CancellationTokenSource());
    const { language, workspace } = this.services;
    const result = await language.diagram({}, token);
    if (token.isCancellationRequested) return;
    const entityCount = result?.ready ? result.model.tables.length : language.entityCount;
    const state = diagramState({ mode: 'panel', workspace: workspace.state, serverError: language.error, entityCount, result });
    // A server that starts again takes nothing away from the picture that is there.
    if (state.kind === 'loading' && (this.connection?.model?.tables.length ?? 0) > 0) return;
    this.connection?.show({ model: result?.model ?? EMPTY_MODEL, focus: null, state });
  }
}

/** With sources in sight the diagram opens next to them, else in their place. */
function besideSources(): vscode.ViewColumn {
  return vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
