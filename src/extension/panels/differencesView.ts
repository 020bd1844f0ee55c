import * as vscode from 'vscode';
import type { LiveCheck } from '../../protocol/lsp';
import { COMMANDS, DIFFERENCES_CONTEXT_KEY, VIEWS } from '../contributions';
import type { LanguageService } from '../features/languageService';
import type { ProfileStore } from '../profile/profileStore';
import { liveCheckSentence, liveCheckSummary, liveCheckTree, type LiveCheckNode } from './liveCheckTree';

/**
 * Whether the graph is what TypeORM has built in the app that runs: a word beside the entities' title and in the editor's language status
 * where all is equal; where not, a view of the differences, which is there only then. A check holds until the sources change.
 */
export class DifferencesView implements vscode.TreeDataProvider<LiveCheckNode>, vscode.Disposable {
  private readonly treeChanged = new vscode.EventEmitter<void>();
  private readonly summaryChanged = new vscode.EventEmitter<string | null>();
  private readonly status = vscode.languages.createLanguageStatusItem(
    'relationLens.liveCheck',
    ['typescript', 'javascript'].map((language) => ({ language, scheme: 'file' })),
  );
  private readonly disposables: vscode.Disposable[] = [this.treeChanged, this.summaryChanged, this.status];
  private checks: readonly LiveCheck[] | null = null;
  /** The run whose metadata waits for the language server to be ready. */
  private waitingRun: string | null = null;

  readonly onDidChangeTreeData = this.treeChanged.event;
  /** What to say beside a title; null for nothing. */
  readonly onDidChangeSummary = this.summaryChanged.event;

  constructor(
    private readonly profiles: ProfileStore,
    private readonly language: LanguageService,
  ) {
    this.status.name = 'Relation Lens: Running App';
    this.status.command = { command: COMMANDS.showDifferences, title: 'Show' };
    this.show(null);
    this.disposables.push(
      vscode.window.createTreeView(VIEWS.differences, { treeDataProvider: this }),
      profiles.onDidChange(({ run, metadataBuilt }) => {
        if (metadataBuilt) void this.check(run.id);
      }),
      profiles.onDidReset(() => this.show(null)),
      language.onDidChangeGraph(() => {
        if (this.waitingRun !== null) void this.check(this.waitingRun);
        else this.outdate();
      }),
    );
  }

  getChildren(node?: LiveCheckNode): LiveCheckNode[] {
    return [...(node ? node.children : liveCheckTree(this.checks ?? []))];
  }

  getTreeItem(node: LiveCheckNode): vscode.TreeItem {
    const { None, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, node.children.length > 0 ? Expanded : None);
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = new vscode.ThemeIcon(node.icon);
    if (node.source) item.command = { command: COMMANDS.openSite, title: 'Open Source', arguments: [node.source] };
    return item;
  }

  /** The command: brings the differences into view, or says why there are none. */
  async showDifferences(): Promise<void> {
    if (this.checks === null) return offerRun();
    if (hasDifferences(this.checks)) await vscode.commands.executeCommand(`${VIEWS.differences}.focus`);
    else void vscode.window.showInformationMessage(liveCheckSentence(this.checks));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async check(runId: string): Promise<void> {
    this.waitingRun = runId;
    const checks = await this.language.liveCheck(await this.profiles.metadata(runId));
    if (this.waitingRun !== runId || checks === null) return;
    this.waitingRun = null;
    this.show(checks.length > 0 ? checks : null);
  }

  private show(checks: readonly LiveCheck[] | null): void {
    const isDifferent = checks !== null && hasDifferences(checks);
    this.checks = checks;
    this.treeChanged.fire();
    this.summaryChanged.fire(checks && liveCheckSummary(checks));
    this.status.text = checks ? liveCheckSummary(checks) : 'Entities not compared with a running app yet';
    this.status.detail = checks?.map(({ dataSource }) => dataSource).join(', ') ?? '';
    this.status.severity = isDifferent ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    void vscode.commands.executeCommand('setContext', DIFFERENCES_CONTEXT_KEY, isDifferent);
  }

  /** What was checked is no longer what stands in the sources; differences stay to be worked through. */
  private outdate(): void {
    if (!this.checks) return;
    this.summaryChanged.fire(null);
    this.status.detail = 'The sources have changed since';
  }
}

function hasDifferences(checks: readonly LiveCheck[]): boolean {
  return checks.some(({ differences }) => differences.length > 0);
}

async function offerRun(): Promise<void> {
  const run = 'Run with Query Profiler…';
  const message =
    'There is nothing to compare with yet. Run the app with the query profiler: its entities are compared as soon as a DataSource is initialised.';
  if ((await vscode.window.showInformationMessage(message, run)) === run) await vscode.commands.executeCommand(COMMANDS.runWithProfiler);
}
