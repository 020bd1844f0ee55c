import * as vscode from 'vscode';
import type { ScopeSummary } from '../../protocol/collector';
import { COMMANDS, SETTINGS } from '../contributions';
import { describeLastRequest } from '../profile/lastRequest';
import type { ProfileStore } from '../profile/profileStore';

/** The last request's query count in the status bar, while and after an app is profiled. */
export function showLastRequest(profiles: ProfileStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('relationLens.lastRequest', vscode.StatusBarAlignment.Left, 1);
  item.name = 'Relation Lens: Last Request';
  let last: { readonly runId: string; readonly scope: ScopeSummary } | null = null;

  const update = () => {
    if (!last || !vscode.workspace.getConfiguration().get(SETTINGS.statusBar, true)) {
      item.hide();
      return;
    }
    const { text, tooltip, warning } = describeLastRequest(last.scope);
    item.text = text;
    item.tooltip = tooltip;
    item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.command = { command: COMMANDS.openProfiler, title: 'Show Queries', arguments: [{ runId: last.runId, scope: last.scope.id }] };
    item.show();
  };

  return vscode.Disposable.from(
    item,
    profiles.onDidChange(({ run, scopes }) => {
      const scope = newest(scopes, last?.runId === run.id ? last.scope : null);
      if (!scope) return;
      last = { runId: run.id, scope };
      update();
    }),
    profiles.onDidReset(() => {
      last = null;
      update();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS.statusBar)) update();
    }),
  );
}

/** The scope that started last, has ended and asked the database: neither an icon of the page nor work outside of requests is meant. */
function newest(scopes: readonly ScopeSummary[], before: ScopeSummary | null): ScopeSummary | null {
  const candidates = scopes.filter(({ live, kind, queryCount }) => !live && kind !== 'unattributed' && queryCount > 0);
  return candidates.reduce<ScopeSummary | null>((best, scope) => (best === null || scope.startedAtMs >= best.startedAtMs ? scope : best), before);
}
