/** What a fix would change, beside the files as they are. Nothing changes until it is applied: in the notification, or by the buttons above the diff. */
import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import type { FindingEditResult } from '../../protocol/lsp';
import { PREVIEW_SCHEME } from '../contributions';
import { applyFindingFix, editOf, toRange, type FixServices } from './findingFix';

type Edits = Extract<FindingEditResult, { kind: 'edit' }>['edits'];

interface Preview {
  readonly finding: Finding;
  readonly title: string;
  /** The edited texts, by their preview's address. */
  readonly texts: ReadonlyMap<string, string>;
}

export class FixPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this);
  private readonly watch = vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri));
  private open: Preview | null = null;

  constructor(private readonly services: FixServices) {}

  dispose(): void {
    this.registration.dispose();
    this.watch.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.open?.texts.get(uri.toString()) ?? '';
  }

  async show(finding: Finding): Promise<void> {
    const result = await editOf(this.services.language, finding);
    if (!result) return;
    await this.close();
    const pairs: [file: vscode.Uri, preview: vscode.Uri][] = [];
    const texts = new Map<string, string>();
    for (const file of new Set(result.edits.map(({ uri }) => uri))) {
      const uri = vscode.Uri.parse(file);
      const preview = uri.with({ scheme: PREVIEW_SCHEME, query: String(Date.now()) });
      const edits = result.edits.filter((edit) => edit.uri === file);
      texts.set(preview.toString(), editedText(await vscode.workspace.openTextDocument(uri), edits));
      pairs.push([uri, preview]);
    }
    const preview: Preview = { finding, title: result.title, texts };
    this.open = preview;
    await showDiff(result.title, pairs, endOfChange(result.edits));
    const choice = await vscode.window.showInformationMessage(`${result.title}?`, 'Apply', 'Discard');
    // The buttons above the diff may have been faster.
    if (this.open !== preview) return;
    if (choice === 'Apply') await this.apply();
    if (choice === 'Discard') await this.close();
  }

  /** Made anew against the files as they are then: they may have changed while the preview stood open. */
  async apply(): Promise<void> {
    const { open } = this;
    if (!open) return;
    await this.close();
    await applyFindingFix(this.services, open.finding);
  }

  async close(): Promise<void> {
    const title = this.open?.title;
    this.open = null;
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    // Its question is answered.
    if (title !== undefined) await vscode.commands.executeCommand('notifications.hideToasts');
    await vscode.window.tabGroups.close(tabs.filter(({ input, label }) => showsPreview(input) || label === title));
  }

  private forget(uri: vscode.Uri): void {
    if (this.open?.texts.has(uri.toString())) this.open = null;
  }
}

async function showDiff(title: string, pairs: readonly [file: vscode.Uri, preview: vscode.Uri][], at: vscode.Position): Promise<void> {
  const [first] = pairs;
  if (!first) return;
  const [file, preview] = first;
  if (pairs.length > 1)
    return void (await vscode.commands.executeCommand(
      'vscode.changes',
      title,
      pairs.map(([uri, edited]) => [uri, uri, edited]),
    ));
  const name = file.path.split('/').at(-1) ?? '';
  await vscode.commands.executeCommand('vscode.diff', file, preview, `${name}: ${title}`, { preview: true, selection: new vscode.Range(at, at) });
}

/** The end of the first new line in the edited file: no other edit comes before it. Without it, a change far to the right would be out of sight. */
function endOfChange(edits: Edits): vscode.Position {
  const [first] = [...edits].sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
  const { line, character } = first?.range.start ?? { line: 0, character: 0 };
  const [before = '', after] = first?.newText.split('\n') ?? [];
  // An insertion that begins with a line break is seen on the line after it.
  return before.trim() === '' && after !== undefined
    ? new vscode.Position(line + 1, after.length)
    : new vscode.Position(line, character + before.length);
}

/** A diff of several files has no such input; it is known by its title. */
function showsPreview(input: unknown): boolean {
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === PREVIEW_SCHEME;
}

function editedText(document: vscode.TextDocument, edits: Edits): string {
  return [...edits]
    .map(({ range, newText }) => ({ start: document.offsetAt(toRange(range).start), end: document.offsetAt(toRange(range).end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((after, { start, end, newText }) => after.slice(0, start) + newText + after.slice(end), document.getText());
}
