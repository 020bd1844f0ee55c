import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ProfilerView } from '../panels/profilerView';
import type { CollectorProcess } from '../profile/collectorProcess';
import type { ProfileStore } from '../profile/profileStore';
import { isRedacted } from '../profile/redaction';
import { mostTelling, recordingOf } from '../profile/lastRecording';
import { suppressedBySetting } from '../profile/suppressSetting';
import { exists } from '../workspace/exists';

/** When the run began that the panel shows, so that it can be shown again; nothing once the user has cleared it. */
const SHOWN_RUN_KEY = 'shownRunStartedAtMs';
/** Yesterday's run is opened by hand. */
const RESTORED_FOR_MS = 24 * 60 * 60_000;
/** Reading is to be over in a moment, since nobody asked for it. */
const MAX_RESTORED_BYTES = 64 * 1024 * 1024;

interface RecordingServices {
  readonly profiles: ProfileStore;
  readonly collector: CollectorProcess;
  /** Where the extension keeps the workspace's files. */
  readonly storageFolder: string;
}

/** “Open Recording…”: a run of the past in the panel, with its findings and fixes. */
export async function openRecording({ profiles, collector, storageFolder }: RecordingServices, profiler: ProfilerView): Promise<void> {
  const folder = vscode.Uri.file(recordingsOf(storageFolder));
  const [file] =
    (await vscode.window.showOpenDialog({
      title: 'Open Recording',
      openLabel: 'Open',
      filters: { Recordings: ['ndjson'] },
      ...((await exists(folder)) ? { defaultUri: folder } : {}),
    })) ?? [];
  if (!file) return;
  try {
    const location = { location: vscode.ProgressLocation.Notification, title: `Reading ${path.basename(file.fsPath)}` };
    const runId = await vscode.window.withProgress(location, () => read(collector, file.fsPath));
    const scope = mostTelling(profiles.runs.find(({ info }) => info.id === runId)?.scopes.values() ?? []);
    if (scope) await profiler.select(runId, scope.id, null);
    else await profiler.show(false);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** Remembers which run is shown, and shows it again after the window was reloaded: runs live in the window, recordings on the disk. */
export class ShownRun implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[];
  private asked = false;

  constructor(
    private readonly services: RecordingServices,
    private readonly memento: vscode.Memento,
  ) {
    const { profiles } = services;
    this.disposables = [
      profiles.onDidChange(({ run, worthShowing }) => worthShowing && void memento.update(SHOWN_RUN_KEY, run.startedAtMs)),
      profiles.onDidReset(() => void memento.update(SHOWN_RUN_KEY, undefined)),
    ];
  }

  /** Where nothing has run in this window yet. */
  async restore(): Promise<void> {
    const { profiles, collector, storageFolder } = this.services;
    if (this.asked || profiles.runs.length > 0) return;
    this.asked = true;
    const startedAtMs = this.memento.get<number>(SHOWN_RUN_KEY, 0);
    if (Date.now() - startedAtMs > RESTORED_FOR_MS) return;
    try {
      const folder = vscode.Uri.file(recordingsOf(storageFolder));
      const names = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
      const name = recordingOf(names, startedAtMs);
      const file = name === null ? null : vscode.Uri.joinPath(folder, name);
      if (file && (await vscode.workspace.fs.stat(file)).size <= MAX_RESTORED_BYTES) await read(collector, file.fsPath);
    } catch {
      // A recording that is gone or broken: the panel says how to start a run.
    }
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}

async function read(collector: CollectorProcess, file: string): Promise<string> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const { runId } = await collector.request('openRecording', { file, redact: isRedacted(), suppress: suppressedBySetting(), folders });
  return runId;
}

function recordingsOf(storageFolder: string): string {
  return path.join(storageFolder, 'recordings');
}
