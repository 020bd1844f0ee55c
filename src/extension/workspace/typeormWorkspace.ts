import * as path from 'node:path';
import * as vscode from 'vscode';
import { STATE_CONTEXT_KEY, type WorkspaceState } from '../contributions';
import { bringsTypeorm, dependsOnTypeorm } from './packageDependency';

/** Where a repository keeps hundreds of packages, the first ones tell enough. */
const MAX_PACKAGE_FILES = 400;
const CHECK_DELAY_MS = 300;

/**
 * Whether the open folders work with TypeORM: the question that decides whether anything else of the extension wakes up.
 * Looks at package.json files only, and again whenever one of the workspace's own changes.
 */
export class TypeormWorkspace implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<WorkspaceState>();
  private readonly disposables: vscode.Disposable[] = [this.changed];
  private current: WorkspaceState = 'checking';
  private timer: NodeJS.Timeout | undefined;
  private checks = 0;

  readonly onDidChangeState = this.changed.event;
  /** Done once the state is known: a debug run may be what woke the extension up. */
  readonly firstCheck: Promise<void>;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher('**/package.json');
    const again = (uri: vscode.Uri) => {
      if (!uri.path.includes('/node_modules/')) this.checkSoon();
    };
    this.disposables.push(
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.checkSoon()),
    );
    this.firstCheck = this.check();
  }

  get state(): WorkspaceState {
    return this.current;
  }

  /** Whether the package that a file or folder belongs to, or one above it in the workspace, lists typeorm, or a package that brings it. */
  async packageDependsOnTypeorm(fileOrFolder: string): Promise<boolean> {
    const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fileOrFolder))?.uri.fsPath;
    for (let folder = fileOrFolder; ; folder = path.dirname(folder)) {
      if (await needsTypeorm(vscode.Uri.file(path.join(folder, 'package.json')))) return true;
      if (folder === root || path.dirname(folder) === folder) return false;
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private checkSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), CHECK_DELAY_MS);
  }

  private async check(): Promise<void> {
    const check = ++this.checks;
    const state = await this.examine();
    if (check !== this.checks || state === this.current) return;
    this.current = state;
    void vscode.commands.executeCommand('setContext', STATE_CONTEXT_KEY, state);
    this.changed.fire(state);
  }

  private async examine(): Promise<WorkspaceState> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) return 'noFolder';
    const atTheTop = folders.map(({ uri }) => vscode.Uri.joinPath(uri, 'package.json'));
    if (await this.anyNeeds(atTheTop)) return 'ready';
    const anywhere = await vscode.workspace.findFiles('**/package.json', '**/node_modules/**', MAX_PACKAGE_FILES);
    return (await this.anyNeeds(anywhere)) ? 'ready' : 'noTypeorm';
  }

  private async anyNeeds(files: readonly vscode.Uri[]): Promise<boolean> {
    return (await Promise.all(files.map(needsTypeorm))).includes(true);
  }
}

/** A package.json that lists typeorm, or a package that brings it. */
async function needsTypeorm(file: vscode.Uri): Promise<boolean> {
  const text = await readText(file.fsPath);
  if (text === null) return false;
  return dependsOnTypeorm(text) || bringsTypeorm(text, path.dirname(file.fsPath), readText);
}

/** null where there is no such file, or one that may not be read. */
async function readText(file: string): Promise<string | null> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.file(file))).toString('utf8');
  } catch {
    return null;
  }
}
