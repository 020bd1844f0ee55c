import * as vscode from 'vscode';
import type { ProfileUpdate } from '../../protocol/collector';
import {
  CHILD_ENDED_REQUEST,
  CHILD_FAILED_REQUEST,
  CHILD_TYPE_PROPERTY,
  CLIENT_STARTS_CHILD_PROPERTY,
  COLLECTOR_REQUEST,
  DEBUG_TYPE,
  DEFAULT_CHILD_TYPE,
  PAUSE_ON_REQUEST,
  PROFILE_EVENT,
  START_CHILD_EVENT,
  STOP_CHILD_EVENT,
  SUPPRESS_PROPERTY,
  type ChildEndedArguments,
  type StartChildEventBody,
} from '../../protocol/debug';
import { COMMANDS } from '../contributions';
import { PassingUpdates } from '../profile/passingUpdates';
import type { ProfileStore, RunSource } from '../profile/profileStore';
import { onDidChangePauseKinds, pauseKinds } from '../profile/pauseSetting';
import { isRedacted } from '../profile/redaction';
import { SilentEnd } from '../profile/silentEnd';
import { suppressedBySetting } from '../profile/suppressSetting';
import { suggestLaunch } from './launchSuggestion';

/** Debug type `typeorm`: where its adapter is, how its configurations are completed, and how its two sessions live and end together. */
export function debugTypeorm(extensionUri: vscode.Uri, storageFolder: string, profiles: ProfileStore): vscode.Disposable {
  const provider = new TypeormConfigurations();
  return vscode.Disposable.from(
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, { createDebugAdapterDescriptor: () => adapter(extensionUri, storageFolder) }),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    new SessionPairs(profiles),
  );
}

/** The editor's own runtime as plain Node, so that no `node` has to be on the PATH. */
function adapter(extensionUri: vscode.Uri, storageFolder: string): vscode.DebugAdapterExecutable {
  const program = vscode.Uri.joinPath(extensionUri, 'dist', 'debugAdapter.js').fsPath;
  return new vscode.DebugAdapterExecutable(process.execPath, [program, storageFolder], { env: { ELECTRON_RUN_AS_NODE: '1' } });
}

class TypeormConfigurations implements vscode.DebugConfigurationProvider {
  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | null | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    if (configuration.type) return withDefaults(configuration, folder);
    // F5 without a launch.json.
    const suggestion = await suggestLaunch(folder);
    if (suggestion) return withDefaults(suggestion, folder);
    void vscode.window
      .showErrorMessage(
        'There is nothing to run yet: open your app’s entry file, or add a launch configuration that names it in "program".',
        'Add Configuration',
      )
      .then((choice) => choice && vscode.commands.executeCommand(COMMANDS.addLaunchConfiguration));
    return undefined;
  }
}

/** The adapter checks the program from the same folder that the JavaScript debugger will start it in. */
function withDefaults(configuration: vscode.DebugConfiguration, folder: vscode.WorkspaceFolder | undefined): vscode.DebugConfiguration {
  return {
    ...(folder ? { cwd: '${workspaceFolder}' } : {}),
    redactParameters: isRedacted(),
    pauseOn: pauseKinds(),
    ...configuration,
    [CLIENT_STARTS_CHILD_PROPERTY]: true,
    [SUPPRESS_PROPERTY]: suppressedBySetting(),
  };
}

/** A `typeorm` session and its child: the profile of the one, the end of the other. */
class SessionPairs implements vscode.Disposable {
  private readonly children = new Map<string, vscode.DebugSession>();
  private readonly starting = new Map<string, Promise<void>>();
  private readonly runIds = new Map<string, Set<string>>();
  /** How children ended, by their sessions' ids. */
  private readonly ends = new Map<string, SilentEnd>();
  /** Sessions whose adapter ended before anybody stopped them, with its exit code where there is one. */
  private readonly broken = new Map<string, number | undefined>();
  private readonly updates = new PassingUpdates();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly profiles: ProfileStore) {
    this.disposables = [
      vscode.debug.onDidStartDebugSession((session) => {
        if (session.parentSession?.type === DEBUG_TYPE) this.children.set(session.parentSession.id, session);
      }),
      vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => this.receive(event)),
      vscode.debug.onDidTerminateDebugSession((session) => this.ended(session)),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, { createDebugAdapterTracker: (session) => this.trackAdapter(session) }),
      // Any type: the app's session is of whatever type its launch configuration names.
      vscode.debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: (session) => this.trackChild(session) }),
      onDidChangePauseKinds((kinds) => this.pauseOn(kinds)),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private trackAdapter(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    let isStopping = false;
    return {
      onWillStopSession: () => void (isStopping = true),
      onDidSendMessage: (message: { readonly event?: string }) => {
        isStopping ||= message.event === 'terminated';
        this.profile(session, this.updates.take(session.id, message));
      },
      onExit: (code) => void (isStopping || this.broken.set(session.id, code)),
    };
  }

  private trackChild(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    if (session.parentSession?.type !== DEBUG_TYPE) return undefined;
    const end = new SilentEnd();
    this.ends.set(session.id, end);
    return {
      onWillReceiveMessage: (message: unknown) => end.toDebugger(message),
      onDidSendMessage: (message: unknown) => end.toEditor(message),
    };
  }

  private receive({ session, event, body }: vscode.DebugSessionCustomEvent): void {
    if (session.type !== DEBUG_TYPE) return;
    if (event === PROFILE_EVENT) this.profile(session, this.updates.late(session.id, body));
    if (event === START_CHILD_EVENT) this.starting.set(session.id, this.startChild(session, body as StartChildEventBody));
    if (event === STOP_CHILD_EVENT) void this.stopChild(session);
  }

  /** A setting that the user changes while the app runs is meant for that app. */
  private pauseOn(kinds: readonly string[]): void {
    for (const { parentSession } of this.children.values()) if (parentSession) void tell(parentSession, PAUSE_ON_REQUEST, { kinds });
  }

  private profile(session: vscode.DebugSession, update: ProfileUpdate | null): void {
    if (update === null) return;
    const runIds = this.runIds.get(session.id) ?? new Set();
    this.runIds.set(session.id, runIds.add(update.run.id));
    this.profiles.apply(update, collectorOf(session));
  }

  /** One console, one line in the call stack, and the focus on the app: to the user the two sessions are one. */
  private async startChild(session: vscode.DebugSession, { configuration, request }: StartChildEventBody): Promise<void> {
    const type = configuration[CHILD_TYPE_PROPERTY];
    const child = { ...configuration, request, type: typeof type === 'string' ? type : DEFAULT_CHILD_TYPE };
    const options = { parentSession: session, compact: true, consoleMode: vscode.DebugConsoleMode.MergeWithParent, suppressSaveBeforeStart: true };
    try {
      const started = await vscode.debug.startDebugging(session.workspaceFolder, child, options);
      // VS Code has shown what the debugger said.
      if (!started) await tell(session, CHILD_FAILED_REQUEST);
    } catch (error) {
      await tell(session, CHILD_FAILED_REQUEST, { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  private async stopChild(session: vscode.DebugSession): Promise<void> {
    // Stopped while the app was being started: there is no child to stop before it is.
    await this.starting.get(session.id);
    const child = this.children.get(session.id);
    if (child) await vscode.debug.stopDebugging(child);
    else await this.tellChildEnded(session, {});
  }

  private ended(session: vscode.DebugSession): void {
    const parent = session.parentSession;
    if (session.type === DEBUG_TYPE) this.forget(session);
    else if (parent?.type === DEBUG_TYPE && this.children.get(parent.id) === session) {
      this.children.delete(parent.id);
      const silently = this.ends.get(session.id)?.isSilent === true;
      this.ends.delete(session.id);
      void this.tellChildEnded(parent, { silently });
    }
  }

  /** The adapter's collector goes away with the session, so what the panel may still ask for is fetched first, once the run is complete. */
  private async tellChildEnded(parent: vscode.DebugSession, how: ChildEndedArguments): Promise<void> {
    for (const runId of this.runIds.get(parent.id) ?? []) {
      await tell(parent, COLLECTOR_REQUEST, { method: 'endRun', params: { runId } });
      await this.profiles.archive(runId);
    }
    await tell(parent, CHILD_ENDED_REQUEST, how);
  }

  private forget(session: vscode.DebugSession): void {
    for (const runId of this.runIds.get(session.id) ?? []) this.profiles.markEnded(runId);
    const child = this.children.get(session.id);
    if (this.broken.has(session.id)) void offerNewStart(session, this.broken.get(session.id), child);
    // Detached from before it had asked for it.
    else if (child) void vscode.debug.stopDebugging(child);
    this.broken.delete(session.id);
    this.updates.forget(session.id);
    this.runIds.delete(session.id);
    this.starting.delete(session.id);
    this.children.delete(session.id);
  }
}

/** Only the profile is lost: an app that runs goes on, with its debugger. */
async function offerNewStart(session: vscode.DebugSession, exitCode: number | undefined, app: vscode.DebugSession | undefined): Promise<void> {
  const how = exitCode === undefined ? 'was killed' : `ended with exit code ${exitCode}`;
  const now = app ? 'The app goes on without it.' : 'The app was not started.';
  const choice = await vscode.window.showWarningMessage(`The query profiler of “${session.name}” ${how}. ${now}`, 'Start Again');
  if (choice === undefined) return;
  if (app) await vscode.debug.stopDebugging(app);
  await vscode.debug.startDebugging(session.workspaceFolder, session.configuration);
}

/** An adapter that has gone meanwhile needs no word of it. */
async function tell(session: vscode.DebugSession, request: string, args?: object): Promise<void> {
  await Promise.resolve(session.customRequest(request, args)).catch(() => undefined);
}

function collectorOf(session: vscode.DebugSession): RunSource {
  return { request: async (method, params) => session.customRequest(COLLECTOR_REQUEST, { method, params }) };
}
