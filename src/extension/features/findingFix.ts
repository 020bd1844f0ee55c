import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import type { FindingEditResult, LspRange } from '../../protocol/lsp';
import { openSource } from './openSource';
import type { LanguageService } from './languageService';

const HIGHLIGHT_MS = 4000;

/**
 * Carries out a finding's advice: edits the sources in one step that one undo takes back, shows the place, and says how to prove it.
 * Where no edit can be made, it says why and goes to the line.
 */
export async function applyFindingFix(language: LanguageService, finding: Finding): Promise<void> {
  const result = await language.findingEdit(finding);
  if (result.kind === 'declined') return decline(result.reason, finding);
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, range, newText } of result.edits) edit.replace(vscode.Uri.parse(uri), toRange(range), newText);
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
    return decline('The file changed while the edit was being made. Try again.', finding);
  }
  await showEdit(result.edits);
  await sayWhatIsNext(result.title, finding.scopeName);
}

const PREVIEW_SCHEME = 'relation-lens-preview';

/** Shows what the fix would change beside the file as it is; nothing changes unless it is said so. */
export async function previewFindingFix(language: LanguageService, finding: Finding): Promise<void> {
  const result = await language.findingEdit(finding);
  if (result.kind === 'declined') return decline(result.reason, finding);
  const [first] = result.edits;
  if (!first) return;
  const uri = vscode.Uri.parse(first.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const texts = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
    provideTextDocumentContent: () =>
      editedText(
        document,
        result.edits.filter((edit) => edit.uri === first.uri),
      ),
  });
  try {
    const preview = uri.with({ scheme: PREVIEW_SCHEME, query: String(Date.now()) });
    await vscode.commands.executeCommand('vscode.diff', uri, preview, `${document.uri.path.split('/').at(-1) ?? ''}: ${result.title}`, {
      preview: true,
    });
    const choice = await vscode.window.showInformationMessage(`${result.title}?`, 'Apply');
    // Asked anew: the file may have changed while the preview stood open.
    if (choice === 'Apply') await applyFindingFix(language, finding);
  } finally {
    texts.dispose();
  }
}

function editedText(document: vscode.TextDocument, edits: Edits): string {
  const text = document.getText();
  return [...edits]
    .map(({ range, newText }) => ({ start: document.offsetAt(toRange(range).start), end: document.offsetAt(toRange(range).end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((after, { start, end, newText }) => after.slice(0, start) + newText + after.slice(end), text);
}

/** The edit is made; the proof is the next run. */
async function sayWhatIsNext(title: string, scopeName: string): Promise<void> {
  const restart = vscode.debug.activeDebugSession ? ['Restart App'] : [];
  const text = `Edited: ${title}. Restart the app and call ${scopeName} again: the Queries panel then shows before → after.`;
  const choice = await vscode.window.showInformationMessage(text, ...restart, 'Undo');
  if (choice === 'Undo') await vscode.commands.executeCommand('undo');
  if (choice === 'Restart App') await vscode.commands.executeCommand('workbench.action.debug.restart');
}

type Edits = Extract<FindingEditResult, { kind: 'edit' }>['edits'];

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

function toRange({ start, end }: LspRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
