import * as vscode from 'vscode';

/** A place in a file: absolute path, 1-based line and column. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Opens a file at a place; beside the panel that asked for it, never on top of it. */
export async function openSource({ file, line, column }: SourcePlace): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), viewColumn: columnForSources() });
  } catch {
    void vscode.window.showWarningMessage(`${file} cannot be opened. It may have been moved or deleted since the run; run the app again.`);
  }
}

/** The column of a text editor that is in sight, so that a diagram panel stays visible; without one, beside the panel. */
function columnForSources(): vscode.ViewColumn {
  const inSight = vscode.window.visibleTextEditors.find(({ viewColumn, document }) => viewColumn !== undefined && document.uri.scheme === 'file');
  if (inSight?.viewColumn !== undefined) return inSight.viewColumn;
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview
    ? vscode.ViewColumn.Beside
    : vscode.ViewColumn.Active;
}
