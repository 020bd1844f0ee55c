import * as vscode from 'vscode';
import type { FromDiagram, ViewsFileText } from '../../protocol/diagramPanel';
import { graphPath } from '../../protocol/graphPath';

type WriteViews = Extract<FromDiagram, { type: 'writeViews' }>;
type ViewsUnusable = Extract<FromDiagram, { type: 'viewsUnusable' }>;

export type WriteOutcome = 'written' | 'stale' | 'failed';

const FOLDER = '.relation-lens';
const FILE = 'views.json';

/**
 * The diagram's named views on the disk: one `.relation-lens/views.json` for each workspace folder. Carries texts; what they mean the
 * diagram knows. Follows changes by whoever makes them, and writes only over what the writer had seen.
 */
export class ViewFiles implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<readonly ViewsFileText[]>();
  private readonly disposables: vscode.Disposable[] = [this.changed];
  private watchers: vscode.Disposable[] = [];
  private files: readonly ViewsFileText[] | null = null;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.watch();
    this.disposables.push(vscode.workspace.onDidChangeWorkspaceFolders(() => this.watch()));
  }

  /** What was read last; null before the first reading is done. */
  get current(): readonly ViewsFileText[] | null {
    return this.files;
  }

  async write({ folder, basedOn, text, keepAside }: WriteViews): Promise<WriteOutcome> {
    const home = vscode.workspace.workspaceFolders?.find((candidate) => pathOf(candidate) === folder);
    if (!home) return 'failed';
    const file = fileIn(home);
    try {
      const onDisk = await readText(file);
      if (onDisk !== basedOn) {
        await this.readAll();
        return 'stale';
      }
      if (keepAside) await this.keepAside(home);
      await vscode.workspace.fs.writeFile(file, Buffer.from(text, 'utf8'));
      this.files = (this.files ?? []).map((known) => (known.folder === folder ? { ...known, text } : known));
      return 'written';
    } catch (error) {
      void vscode.window.showErrorMessage(
        `The view was not written to ${FOLDER}/${FILE} of ${home.name}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return 'failed';
    }
  }

  /** Says why a file's views cannot be used as they are, and what to do. */
  async tellUnusable({ folder, kind, reason }: ViewsUnusable): Promise<void> {
    const home = vscode.workspace.workspaceFolders?.find((candidate) => pathOf(candidate) === folder);
    if (!home) return;
    const name = `${FOLDER}/${FILE} of ${home.name}`;
    const message =
      kind === 'newer'
        ? `${name} was written by a later version of Relation Lens. ${reason} Its views are shown as far as they are understood, and cannot be changed here: update the extension.`
        : `${name} cannot be read as it is. ${reason} Mend it; or save a view, and what is there now is kept beside it under another name.`;
    if ((await vscode.window.showWarningMessage(message, 'Open File')) === 'Open File')
      await vscode.commands.executeCommand('vscode.open', fileIn(home));
  }

  dispose(): void {
    for (const disposable of [...this.watchers, ...this.disposables]) disposable.dispose();
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
      // What is written into a folder as soon as it was made may escape a watcher on Linux; the folder itself does not.
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, `{${FOLDER},${FOLDER}/${FILE}}`));
      const again = () => void this.readAll();
      return [watcher, watcher.onDidChange(again), watcher.onDidCreate(again), watcher.onDidDelete(again)];
    });
    void this.readAll();
  }

  private async readAll(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const files = await Promise.all(
      folders.map(async (folder) => ({ folder: pathOf(folder), name: folder.name, text: await readText(fileIn(folder)) })),
    );
    // Our own writing comes back through the watcher.
    if (JSON.stringify(files) === JSON.stringify(this.files)) return;
    this.files = files;
    this.changed.fire(files);
  }

  /** Under the first free name `views.corrupt-<n>.json`. */
  private async keepAside(home: vscode.WorkspaceFolder): Promise<void> {
    for (let number = 1; ; number++) {
      const name = `views.corrupt-${number}.json`;
      const aside = vscode.Uri.joinPath(home.uri, FOLDER, name);
      if ((await readText(aside)) !== null) continue;
      await vscode.workspace.fs.copy(fileIn(home), aside, { overwrite: false });
      void offerToOpen(`${FOLDER}/${FILE} could not be read, so it is kept as ${FOLDER}/${name}. Copy what you need from there.`, aside);
      return;
    }
  }
}

async function offerToOpen(message: string, file: vscode.Uri): Promise<void> {
  if ((await vscode.window.showInformationMessage(message, 'Open')) === 'Open') await vscode.commands.executeCommand('vscode.open', file);
}

function fileIn(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, FOLDER, FILE);
}

/** As the graph writes paths: absolute, with forward slashes. */
function pathOf({ uri }: vscode.WorkspaceFolder): string {
  return graphPath(uri.fsPath);
}

/** Null where there is no such file; any other failure is the caller's to tell. */
async function readText(file: vscode.Uri): Promise<string | null> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}
