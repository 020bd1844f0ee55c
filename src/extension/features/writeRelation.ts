import * as vscode from 'vscode';
import type { RelationPlan } from '../../protocol/diagramPanel';
import { openSource } from './openSource';
import type { LanguageService } from './languageService';
import { toWorkspaceEdit } from './workspaceEdit';

/** Writes both sides of a relation in one step that one undo takes back, and shows the first of the two places. */
export async function writeRelation(language: LanguageService, plan: RelationPlan): Promise<void> {
  const result = await language.relationEdit(plan);
  if (result.kind === 'declined') {
    await vscode.window.showWarningMessage(result.reason);
    return;
  }
  if (!(await vscode.workspace.applyEdit(toWorkspaceEdit(result.edits), { isRefactoring: true }))) {
    await vscode.window.showWarningMessage('A file changed while the relation was being written. Try again.');
    return;
  }
  const [first] = result.edits;
  if (first)
    await openSource({ file: vscode.Uri.parse(first.uri).fsPath, line: first.range.start.line + 1, column: first.range.start.character + 1 });
  // Refactorings are saved at once, unless the user's settings say otherwise.
  const files = new Set(result.edits.map(({ uri }) => uri));
  const isUnsaved = vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && files.has(uri.toString()));
  const choices = isUnsaved ? ['Save All', 'Undo'] : ['Undo'];
  const choice = await vscode.window.showInformationMessage(`${result.title}: done.${isUnsaved ? ' Save to keep it.' : ''}`, ...choices);
  if (choice === 'Undo') await vscode.commands.executeCommand('undo');
  if (choice === 'Save All') await vscode.workspace.saveAll(false);
}
