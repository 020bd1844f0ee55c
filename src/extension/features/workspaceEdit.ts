import * as vscode from 'vscode';
import type { LspRange } from '../../protocol/lsp';

/** Edits of several files as one, which one undo takes back. */
export function toWorkspaceEdit(
  edits: readonly { readonly uri: string; readonly range: LspRange; readonly newText: string }[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, range, newText } of edits) edit.replace(vscode.Uri.parse(uri), toRange(range), newText);
  return edit;
}

function toRange({ start, end }: LspRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
