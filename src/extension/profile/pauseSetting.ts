import * as vscode from 'vscode';
import { SETTINGS } from '../contributions';

/** Ids of what debug runs pause at. VS Code's *Breakpoints* view offers the filters of the app's own session alone, so a setting has them. */
export function pauseKinds(): readonly string[] {
  return vscode.workspace.getConfiguration().get<readonly string[]>(SETTINGS.pauseOn, []);
}

/** Tells of changes while apps run. */
export function onDidChangePauseKinds(listener: (kinds: readonly string[]) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(SETTINGS.pauseOn)) listener(pauseKinds());
  });
}
