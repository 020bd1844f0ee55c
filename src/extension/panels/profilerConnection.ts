import * as vscode from 'vscode';
import { graphPath } from '../../protocol/graphPath';
import type { FromProfiler, ToProfiler } from '../../protocol/profilerPanel';
import { COMMANDS } from '../contributions';
import { openSource } from '../features/openSource';
import { pauseAt } from '../features/pauseAt';
import { rerunRequest, type RequestPlace } from '../features/rerunRequest';
import type { ProfileStore } from '../profile/profileStore';
import { loadProgram } from './webviewPage';

/** Commands that the page's buttons may run; anything else it asks for is ignored. */
const ALLOWED_COMMANDS: ReadonlySet<string> = new Set([
  ...Object.values(COMMANDS),
  'workbench.action.debug.start',
  'workbench.action.debug.restart',
  'workbench.panel.repl.view.focus',
]);

/** One profiler webview, in the bottom panel or in an editor; both show the same runs. */
export class ProfilerConnection implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  private pendingSelection: Extract<ToProfiler, { type: 'select' }> | null = null;
  private loaded = false;

  constructor(
    private readonly webview: vscode.Webview,
    extensionUri: vscode.Uri,
    mode: 'view' | 'editor',
    private readonly profiles: ProfileStore,
  ) {
    this.disposables = [
      webview.onDidReceiveMessage((message: FromProfiler) => void this.receive(message)),
      profiles.onDidChange(({ run, scopes, findings, detail, dropped }) =>
        this.post({ type: 'scopes', run, scopes, judged: findings.map(({ scope }) => scope), ...(detail ? { detail } : {}), dropped }),
      ),
      profiles.onDidReset(() => this.reset()),
    ];
    loadProgram(webview, extensionUri, { mode, title: 'Queries', script: 'profiler.js' });
  }

  select(runId: string, scope: number, finding: number | null): void {
    this.pendingSelection = { type: 'select', runId, scope, finding };
    if (this.loaded) this.sendSelection();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private reset(): void {
    const runs = this.profiles.runs;
    this.post({
      type: 'reset',
      runs: runs.map(({ info }) => info),
      scopes: runs.flatMap(({ scopes }) => [...scopes.values()]),
      folders: (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => graphPath(uri.fsPath)),
    });
  }

  private sendSelection(): void {
    if (this.pendingSelection) this.post(this.pendingSelection);
    this.pendingSelection = null;
  }

  private async receive(message: FromProfiler): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.loaded = true;
        this.reset();
        this.sendSelection();
        break;
      case 'requestDetail': {
        const { runId, scope } = message;
        this.post({ type: 'detail', runId, scope, detail: await this.profiles.detail(runId, scope) });
        break;
      }
      case 'follow':
        this.profiles.follow(message.runId, message.name, message.from);
        break;
      case 'explain': {
        const { runId, scope, query } = message;
        this.post({ type: 'plan', runId, scope, query, explanation: await this.profiles.explain(runId, scope, query) });
        break;
      }
      case 'openSite':
        await openSource(message);
        break;
      case 'fixFinding':
        await vscode.commands.executeCommand(COMMANDS.previewFindingFix, message.finding);
        break;
      case 'rerun':
        await this.rerun(message);
        break;
      case 'suppress':
        await vscode.commands.executeCommand(COMMANDS.suppressFinding, message.finding);
        break;
      case 'pauseAt':
        await pauseAt(message);
        break;
      case 'showInDiagram':
        await vscode.commands.executeCommand(COMMANDS.showInDiagram, { entity: message.entity, property: message.relation });
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage('$(check) Copied', 2000);
        break;
      case 'clear':
        this.profiles.clear();
        break;
      case 'runCommand':
        if (ALLOWED_COMMANDS.has(message.command)) await vscode.commands.executeCommand(message.command);
        break;
      default:
        message satisfies never;
    }
  }

  private async rerun(place: RequestPlace): Promise<void> {
    const answer = await rerunRequest(this.profiles, place);
    if (answer) this.select(answer.runId, answer.scope, null);
  }

  private post(message: ToProfiler): void {
    if (this.loaded) void this.webview.postMessage(message);
  }
}
