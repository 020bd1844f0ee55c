import * as path from 'node:path';
import * as vscode from 'vscode';
import { isProgram, launchFile, launchScript, readManifest } from './launchSuggestion';

/** A row of a list of what can be run; without a configuration it is a heading, or something else to do. */
export interface LaunchChoice extends vscode.QuickPickItem {
  readonly folder?: vscode.WorkspaceFolder;
  readonly configuration?: vscode.DebugConfiguration;
}

/** The file in the editor, under a heading of its own; nothing where it is no program. */
export async function activeFileChoice(): Promise<LaunchChoice[]> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isProgram(document)) return [];
  const { uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const choice = {
    label: `$(file-code) ${path.basename(uri.fsPath)}`,
    description: vscode.workspace.asRelativePath(uri),
    configuration: await launchFile(uri),
  };
  return section('Active file', [folder ? { ...choice, folder } : choice]);
}

/** The scripts of a folder's package.json, in its order. */
export async function scriptChoices(folder: vscode.WorkspaceFolder): Promise<LaunchChoice[]> {
  const scripts = Object.entries((await readManifest(folder))?.scripts ?? {});
  const choices = scripts.map(([name, command]) => ({
    label: `$(wrench) npm run ${name}`,
    description: command,
    folder,
    configuration: launchScript(name),
  }));
  return section(titleOf('npm scripts', folder), choices);
}

/** Rows under a heading; none where there are no rows. */
export function section(title: string, choices: readonly LaunchChoice[]): LaunchChoice[] {
  return choices.length === 0 ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }, ...choices];
}

/** A heading that names the folder where there is more than one. */
export function titleOf(title: string, folder: vscode.WorkspaceFolder): string {
  return (vscode.workspace.workspaceFolders?.length ?? 0) > 1 ? `${title} · ${folder.name}` : title;
}
