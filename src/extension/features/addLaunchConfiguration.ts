import * as path from 'node:path';
import * as vscode from 'vscode';
import { exists } from '../workspace/exists';
import { activeFileChoice, scriptChoices, section, type LaunchChoice } from './launchChoices';
import { addLaunchConfiguration, UnusableLaunchJson, type AddedConfiguration } from './launchJson';

const INDENT = '  ';

/** “Add TypeORM Launch Configuration…”: what starts the app, written into launch.json, and shown there. */
export async function addTypeormLaunch(): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  // A file outside of the workspace has no launch.json to stand in.
  const file = (await activeFileChoice()).filter(({ kind, folder }) => kind !== undefined || folder);
  const scripts = (await Promise.all(folders.map(scriptChoices))).flat();
  const others: LaunchChoice[] = section('Other', [{ label: '$(list-selection) Choose from VS Code’s list…', description: 'attach, for example' }]);
  const choice = await vscode.window.showQuickPick([...scripts, ...(file.length > 1 ? file : []), ...others], {
    title: 'Add TypeORM Launch Configuration',
    placeHolder: 'What starts your app?',
    matchOnDescription: true,
  });
  if (!choice) return;
  if (choice.folder && choice.configuration) await write(choice.folder, withinFolder(choice.configuration, choice.folder));
  else await vscode.commands.executeCommand('debug.addConfiguration');
}

/** launch.json is shared between machines: paths begin at the workspace's folder. */
function withinFolder(configuration: vscode.DebugConfiguration, { uri }: vscode.WorkspaceFolder): vscode.DebugConfiguration {
  const program: unknown = configuration['program'];
  if (typeof program !== 'string') return configuration;
  return { ...configuration, program: `\${workspaceFolder}/${path.relative(uri.fsPath, program).split(path.sep).join('/')}` };
}

async function write(folder: vscode.WorkspaceFolder, configuration: vscode.DebugConfiguration): Promise<void> {
  const uri = vscode.Uri.joinPath(folder.uri, '.vscode', 'launch.json');
  try {
    if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    const document = await vscode.workspace.openTextDocument(uri);
    await add(document, configuration);
  } catch (error) {
    void vscode.window.showErrorMessage(`${uri.fsPath} was not changed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function add(document: vscode.TextDocument, configuration: vscode.DebugConfiguration): Promise<void> {
  const editor = await vscode.window.showTextDocument(document);
  const { insertSpaces, tabSize } = editor.options;
  const indent = document.getText().trim() === '' ? INDENT : insertSpaces === false ? '\t' : ' '.repeat(Number(tabSize) || INDENT.length);
  const added = addedTo(document, configuration, indent);
  if (!added) return;
  const unsaved = document.isDirty;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, content } of added.edits) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)), content);
  }
  if (added.edits.length > 0) await vscode.workspace.applyEdit(edit);
  // What the user has not saved yet stays so.
  if (!unsaved) await document.save();
  const range = new vscode.Range(document.positionAt(added.start), document.positionAt(added.end));
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

function addedTo(document: vscode.TextDocument, configuration: vscode.DebugConfiguration, indent: string): AddedConfiguration | null {
  try {
    return addLaunchConfiguration(document.getText(), configuration, indent);
  } catch (error) {
    if (!(error instanceof UnusableLaunchJson)) throw error;
    const at = document.positionAt(error.offset);
    void vscode.window.showErrorMessage(`launch.json, line ${at.line + 1}: ${error.message}. Mend it, then add the configuration again.`);
    void vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
    return null;
  }
}
