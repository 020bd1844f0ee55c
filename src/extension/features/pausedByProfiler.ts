/** Where the profiler has paused the app, the editor shows the user's line with the finding as the reason, and the way to the finding. */
import * as vscode from 'vscode';
import type { Pause, PauseKind } from '../../protocol/pauses';
import type { Finding } from '../../protocol/collector';
import type { ProfilerView } from '../panels/profilerView';
import { isNodeSession } from '../profile/nodeSession';
import { PausedDebugger } from '../profile/pausedDebugger';
import type { ProfileStore } from '../profile/profileStore';

/** Findings that a pause of a kind is about; null: none tells of it. */
const FINDINGS: Readonly<Record<PauseKind, RegExp | null>> = {
  nPlusOne: /n-plus-one/,
  lazyLoad: /lazy|n-plus-one/,
  unloadedRead: /unloaded/,
  slowQuery: /slow/,
  failedQuery: null,
};

export function showPausesInUserCode(extensionUri: vscode.Uri, profiles: ProfileStore, profiler: ProfilerView): vscode.Disposable {
  const ownFolder = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  return vscode.Disposable.from(
    // Any type: the app's session is of whatever type its launch configuration names.
    vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: (session) => tracker(session, ownFolder) }),
    profiles.onDidChange(({ run, pauses }) => {
      const pause = pauses.at(-1);
      if (pause) void offerFinding(run.id, pause, profiles, profiler);
    }),
  );
}

/** Other languages' sessions are left alone. What an app pauses at may be chosen while it runs, so every app's session is listened to. */
function tracker(session: vscode.DebugSession, ownFolder: string): vscode.DebugAdapterTracker | undefined {
  if (!isNodeSession(session)) return undefined;
  const paused = new PausedDebugger(ownFolder, () => Date.now());
  return {
    onWillReceiveMessage: (message: unknown) => paused.toDebugger(message),
    onDidSendMessage: (message: unknown) => paused.toEditor(message),
  };
}

async function offerFinding(runId: string, pause: Pause, profiles: ProfileStore, profiler: ProfilerView): Promise<void> {
  const open = FINDINGS[pause.kind] ? 'Open Finding' : 'Show Queries';
  const choice = await vscode.window.showInformationMessage(`Paused: ${pause.message}`, ...(pause.scope > 0 ? [open] : []));
  if (choice === open) await profiler.select(runId, pause.scope, findingOf(profiles, runId, pause)?.id ?? null);
}

/** By then the finding may have been made, which at the pause it had not. */
function findingOf(profiles: ProfileStore, runId: string, { kind, scope }: Pause): Finding | undefined {
  const findings = profiles.runs.find(({ info }) => info.id === runId)?.findings ?? [];
  return findings.find((finding) => finding.scope === scope && FINDINGS[kind]?.test(finding.kind));
}
