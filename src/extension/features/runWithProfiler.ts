import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../protocol/debug';
import { NODE_DEBUG_TYPES, PROFILE_PROPERTY } from '../profile/profilableLaunch';
import { activeFileChoice, scriptChoices, section, titleOf, type LaunchChoice } from './launchChoices';
import { launchFile } from './launchSuggestion';

/** “Run with Query Profiler…”: the launch configurations, npm scripts and the active file to choose from. */
export async function runWithProfiler(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const choices = [...(await activeFileChoice()), ...(await Promise.all(folders.map(choicesOf))).flat()];
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

async function choicesOf(folder: vscode.WorkspaceFolder): Promise<LaunchChoice[]> {
  const launches = launchConfigurations(folder).map((configuration) => ({
    label: `$(debug-alt) ${configuration.name}`,
    description: configuration.type,
    folder,
    configuration,
  }));
  return [...section(titleOf('Launch configurations', folder), launches), ...(await scriptChoices(folder))];
}

/** Those that start a Node app; an ordinary one is profiled for this once, whatever the setting says. */
function launchConfigurations(folder: vscode.WorkspaceFolder): vscode.DebugConfiguration[] {
  const all = vscode.workspace.getConfiguration('launch', folder).get<vscode.DebugConfiguration[]>('configurations', []);
  return all
    .filter(({ type, request }) => request === 'launch' && (type === DEBUG_TYPE || (NODE_DEBUG_TYPES as readonly string[]).includes(type)))
    .map((configuration) => ({ ...configuration, [PROFILE_PROPERTY]: true }));
}
