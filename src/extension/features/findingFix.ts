/** Carries out a finding's advice: first as a preview beside the file as it is, then in the file, then proven by the same request. */
import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import type { FindingEditResult, LspRange } from '../../protocol/lsp';
import type { ProfileStore } from '../profile/profileStore';
import { latestRequest } from '../profile/rerun';
import type { LanguageService } from './languageService';
import { openSource } from './openSource';
import { restartAndRerun, type RequestPlace } from './rerunRequest';
import { toWorkspaceEdit } from './workspaceEdit';

const HIGHLIGHT_MS = 4000;

export interface FixServices {
  readonly language: LanguageService;
  readonly profiles: ProfileStore;
  /** Shows a request in the panel. */
  readonly select: (place: RequestPlace) => Promise<void>;
}

type Edits = Extract<FindingEditResult, { kind: 'edit' }>['edits'];

/** The edit against the sources as they are now; where none can be made, the user hears why, and may go to the line. */
export async function editOf(language: LanguageService, finding: Finding): Promise<Extract<FindingEditResult, { kind: 'edit' }> | null> {
  const result = await language.findingEdit(finding);
  if (result.kind === 'edit') return result;
  await decline(result.reason, finding);
  return null;
}

/** Edits the sources in one step that one undo takes back, shows the place, and offers to prove it. */
export async function applyFindingFix(services: FixServices, finding: Finding): Promise<void> {
  const result = await editOf(services.language, finding);
  if (!result) return;
  if (!(await vscode.workspace.applyEdit(toWorkspaceEdit(result.edits), { isRefactoring: true }))) {
    return decline('The file changed while the edit was being made. Try again.', finding);
  }
  await showEdit(result.edits);
  await offerProof(services, result.title, result.edits, finding);
}

/** The edit is made; the proof is the next run. */
async function offerProof({ profiles, select }: FixServices, title: string, edits: Edits, { scopeName }: Finding): Promise<void> {
  const request = vscode.debug.activeDebugSession ? latestRequest(profiles.runs, scopeName) : null;
  const [rerun, restart, undo] = ['Restart and Run Again', 'Restart App', 'Undo'];
  const next = request
    ? `Restart the app and run ${scopeName} again: the Queries panel then shows before → after.`
    : `Restart the app and call ${scopeName} again: the Queries panel then shows before → after.`;
  const choices = request ? [rerun, undo] : vscode.debug.activeDebugSession ? [restart, undo] : [undo];
  const choice = await vscode.window.showInformationMessage(`Edited: ${title}. ${next}`, ...choices);
  if (choice === undo) await takeBack(edits);
  if (choice === rerun || choice === restart) await save(edits);
  if (choice === restart) await vscode.commands.executeCommand('workbench.action.debug.restart');
  if (choice !== rerun || !request) return;
  const answer = await restartAndRerun(profiles, request);
  if (answer) await select(answer);
}

/** One undo step, in the editor that has it. */
async function takeBack(edits: Edits): Promise<void> {
  const [first] = edits;
  if (!first) return;
  await vscode.window.showTextDocument(vscode.Uri.parse(first.uri));
  await vscode.commands.executeCommand('undo');
}

/** A debugger runs what is on the disk. */
async function save(edits: Edits): Promise<void> {
  const uris = new Set(edits.map(({ uri }) => vscode.Uri.parse(uri).toString()));
  for (const document of vscode.workspace.textDocuments) if (uris.has(document.uri.toString())) await document.save();
}

async function showEdit(edits: Edits): Promise<void> {
  const [first] = edits;
  if (!first) return;
  const uri = vscode.Uri.parse(first.uri);
  const { line, character } = first.range.start;
  await openSource({ file: uri.fsPath, line: line + 1, column: character + 1 });
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri.toString()) return;
  const end = first.range.start.line + first.newText.split('\n').length - 1;
  highlight(editor, new vscode.Range(line, 0, end, Number.MAX_SAFE_INTEGER));
}

/** Marks the changed lines for a moment, so that the eye finds them. */
function highlight(editor: vscode.TextEditor, lines: vscode.Range): void {
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    overviewRulerColor: new vscode.ThemeColor('diffEditorOverview.insertedForeground'),
  });
  editor.setDecorations(decoration, [lines]);
  setTimeout(() => decoration.dispose(), HIGHLIGHT_MS);
}

async function decline(reason: string, { parent, site }: Finding): Promise<void> {
  const place = parent?.site ?? site;
  const choice = await vscode.window.showWarningMessage(reason, ...(place ? ['Go to Line'] : []));
  if (choice && place) await openSource(place);
}

export function toRange({ start, end }: LspRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
