import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../protocol/debug';
import { NODE_DEBUG_TYPES, PROFILE_PROPERTY } from '../profile/profilableLaunch';
import { isProgram, launchFile, launchScript, readManifest } from './launchSuggestion';

interface Choice extends vscode.QuickPickItem {
  readonly folder?: vscode.WorkspaceFolder;
  readonly configuration?: vscode.DebugConfiguration;
}

/** “Run with Query Profiler…”: the launch configurations, npm scripts and the active file to choose from. */
export async function runWithProfiler(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const choices = [...(await activeFile()), ...(await Promise.all(folders.map(choicesOf))).flat()];
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(
      'There is nothing to run here yet: open a TypeScript or JavaScript file, or add a script to package.json.',
    );
    return;
  }
  const choice = await vscode.window.showQuickPick(choices, {
    title: 'Run with Query Profiler',
    placeHolder: 'What starts your app?',
    matchOnDescription: true,
  });
  if (choice?.configuration) await vscode.debug.startDebugging(choice.folder, choice.configuration);
}

/** “Run File with Query Profiler” of the editor's run menu. */
export async function runFileWithProfiler(uri: vscode.Uri | undefined): Promise<void> {
  const file = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme === 'file') await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(file), await launchFile(file));
}

async function activeFile(): Promise<Choice[]> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isProgram(document)) return [];
  const { uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const choice = {
    label: `$(file-code) ${path.basename(uri.fsPath)}`,
    description: vscode.workspace.asRelativePath(uri),
    configuration: await launchFile(uri),
  };
  return [heading('Active file'), folder ? { ...choice, folder } : choice];
}

async function choicesOf(folder: vscode.WorkspaceFolder): Promise<Choice[]> {
  const launches = launchConfigurations(folder).map((configuration): Choice => ({
    label: `$(debug-alt) ${configuration.name}`,
    description: configuration.type,
    folder,
    configuration,
  }));
  const scripts = Object.entries((await readManifest(folder))?.scripts ?? {}).map(([name, command]): Choice => ({
    label: `$(wrench) npm run ${name}`,
    description: command,
    folder,
    configuration: launchScript(name),
  }));
  const suffix = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 ? ` · ${folder.name}` : '';
  return [...section(`Launch configurations${suffix}`, launches), ...section(`npm scripts${suffix}`, scripts)];
}

/** Those that start a Node app; an ordinary one is profiled for this once, whatever the setting says. */
function launchConfigurations(folder: vscode.WorkspaceFolder): vscode.DebugConfiguration[] {
  const all = vscode.workspace.getConfiguration('launch', folder).get<vscode.DebugConfiguration[]>('configurations', []);
  return all
    .filter(({ type, request }) => request === 'launch' && (type === DEBUG_TYPE || (NODE_DEBUG_TYPES as readonly string[]).includes(type)))
    .map((configuration) => ({ ...configuration, [PROFILE_PROPERTY]: true }));
}

function section(title: string, choices: Choice[]): Choice[] {
  return choices.length === 0 ? [] : [heading(title), ...choices];
}

function heading(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
