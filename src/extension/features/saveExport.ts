import * as path from 'node:path';
import * as vscode from 'vscode';

/** Writes a picture that a diagram webview has drawn to where the user wants it. */
export async function saveExport({ name, base64 }: { readonly name: string; readonly base64: string }): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('.');
  const extension = path.extname(name).slice(1);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, path.basename(name)),
    filters: { [extension.toUpperCase()]: [extension] },
    saveLabel: 'Export',
  });
  if (!target) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(base64, 'base64'));
  } catch (error) {
    void vscode.window.showErrorMessage(`The diagram was not written to ${target.fsPath}: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  if ((await vscode.window.showInformationMessage(`Diagram written to ${path.basename(target.fsPath)}.`, 'Open')) === 'Open') {
    await vscode.commands.executeCommand('vscode.open', target);
  }
}
