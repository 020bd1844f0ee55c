import * as vscode from 'vscode';
import type { DiagramParams, DiagramResult } from '../../protocol/lsp';
import type { LanguageService } from './languageService';
import { SETTINGS } from '../contributions';

const DEBOUNCE_MS = 150;
const LANGUAGES = new Set(['typescript', 'javascript', 'typescriptreact', 'javascriptreact']);

/**
 * The entity under the cursor with its neighbours. Follows the editor with a pause, so that walking through a file with the
 * arrow keys asks once; a cursor outside every entity changes nothing, so the last picture stays.
 */
export class EntityAtCursor implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<DiagramResult>();
  private readonly disposables: vscode.Disposable[] = [this.changed];
  private around: NonNullable<DiagramParams['around']> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private asking: vscode.CancellationTokenSource | undefined;
  private latest: DiagramResult | null = null;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly language: LanguageService,
    /** Whether anybody looks; nothing is asked otherwise. */
    private readonly isWanted: () => boolean,
  ) {
    this.disposables.push(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === vscode.window.activeTextEditor) this.followSoon();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.followSoon()),
      language.onDidChangeGraph(() => this.followSoon()),
      language.onDidChangeState(() => this.followSoon()),
    );
  }

  /** What was found last; null before the first answer. */
  get current(): DiagramResult | null {
    return this.latest;
  }

  followSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.follow(), DEBOUNCE_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async follow(): Promise<void> {
    if (!this.isWanted()) return;
    this.asking?.cancel();
    const { token } = (this.asking = new vscode.CancellationTokenSource());
    const here = placeOfCursor();
    const found = (here && (await this.ask(here, token))) ?? (this.around && (await this.ask(this.around, token)));
    if (token.isCancellationRequested) return;
    const result = found ?? (await this.nothing(token));
    if (!result || token.isCancellationRequested || isSame(result, this.latest)) return;
    this.latest = result;
    this.changed.fire(result);
  }

  private async ask(around: NonNullable<DiagramParams['around']>, token: vscode.CancellationToken): Promise<DiagramResult | null> {
    const result = await this.language.diagram({ around }, token);
    if (!result || result.focus === null) return null;
    this.around = around;
    return result;
  }

  /** No entity here and none before: what the server says of a place without one (still reading, no entities at all). */
  private nothing(token: vscode.CancellationToken): Promise<DiagramResult | null> {
    const nowhere = { uri: 'untitled:none', position: { line: 0, character: 0 }, depth: 1 };
    return this.language.diagram({ around: nowhere }, token);
  }
}

function placeOfCursor(): NonNullable<DiagramParams['around']> | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.uri.scheme !== 'file' || !LANGUAGES.has(editor.document.languageId)) return null;
  const { line, character } = editor.selection.active;
  const depth = vscode.workspace.getConfiguration().get<number>(SETTINGS.diagramDepth, 1);
  return { uri: editor.document.uri.toString(), position: { line, character }, depth };
}

function isSame(result: DiagramResult, before: DiagramResult | null): boolean {
  return (
    before !== null &&
    result.revision === before.revision &&
    result.focus === before.focus &&
    result.ready === before.ready &&
    result.model.tables.length === before.model.tables.length
  );
}
