import * as vscode from 'vscode';
import type { ProfileUpdate } from '../../protocol/collector';
import { CHILD_ENDED_REQUEST, CHILD_TYPE_PROPERTY, COLLECTOR_REQUEST, DEBUG_TYPE, PROFILE_EVENT, STOP_CHILD_EVENT } from '../../protocol/debug';
import type { ProfileStore, RunSource } from '../profile/profileStore';
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
    const childType: unknown = configuration[CHILD_TYPE_PROPERTY];
    if (typeof childType === 'string') return { ...configuration, type: childType };
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
      .then((choice) => choice && vscode.commands.executeCommand('debug.addConfiguration'));
    return undefined;
  }
}

/**
 * What the child session cannot find out for itself: DAP starts it without a workspace folder, so that the JavaScript debugger's
 * own defaults would fail in a workspace of several folders.
 */
function withDefaults(configuration: vscode.DebugConfiguration, folder: vscode.WorkspaceFolder | undefined): vscode.DebugConfiguration {
  const root = folder ? '${workspaceFolder}' : undefined;
  return {
    ...(root === undefined
      ? {}
      : { cwd: root, outFiles: [`${root}/**/*.(m|c|)js`, '!**/node_modules/**'], resolveSourceMapLocations: [`${root}/**`, '!**/node_modules/**'] }),
    ...configuration,
  };
}

/** A `typeorm` session and its child: the profile of the one, the end of the other. */
class SessionPairs implements vscode.Disposable {
  private readonly children = new Map<string, vscode.DebugSession>();
  private readonly runIds = new Map<string, Set<string>>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly profiles: ProfileStore) {
    this.disposables = [
      vscode.debug.onDidStartDebugSession((session) => {
        if (session.parentSession?.type === DEBUG_TYPE) this.children.set(session.parentSession.id, session);
      }),
      vscode.debug.onDidReceiveDebugSessionCustomEvent((event) => this.receive(event)),
      vscode.debug.onDidTerminateDebugSession((session) => this.ended(session)),
    ];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private receive({ session, event, body }: vscode.DebugSessionCustomEvent): void {
    if (session.type !== DEBUG_TYPE) return;
    if (event === PROFILE_EVENT) this.profile(session, body as ProfileUpdate);
    if (event === STOP_CHILD_EVENT) void this.stopChild(session);
  }

  private profile(session: vscode.DebugSession, update: ProfileUpdate): void {
    const runIds = this.runIds.get(session.id) ?? new Set();
    this.runIds.set(session.id, runIds.add(update.run.id));
    this.profiles.apply(update, collectorOf(session));
  }

  private async stopChild(session: vscode.DebugSession): Promise<void> {
    const child = this.children.get(session.id);
    if (child) await vscode.debug.stopDebugging(child);
    else await this.tellChildEnded(session);
  }

  private ended(session: vscode.DebugSession): void {
    const parent = session.parentSession;
    if (session.type === DEBUG_TYPE) this.forget(session);
    else if (parent?.type === DEBUG_TYPE && this.children.get(parent.id) === session) {
      this.children.delete(parent.id);
      void this.tellChildEnded(parent);
    }
  }

  /** The adapter's collector goes away with the session, so what the panel may still ask for is fetched first. */
  private async tellChildEnded(parent: vscode.DebugSession): Promise<void> {
    for (const runId of this.runIds.get(parent.id) ?? []) await this.profiles.archive(runId);
    await Promise.resolve(parent.customRequest(CHILD_ENDED_REQUEST)).catch(() => undefined);
  }

  private forget(session: vscode.DebugSession): void {
    for (const runId of this.runIds.get(session.id) ?? []) this.profiles.markEnded(runId);
    this.runIds.delete(session.id);
    this.children.delete(session.id);
  }
}

function collectorOf(session: vscode.DebugSession): RunSource {
  return { request: async (method, params) => session.customRequest(COLLECTOR_REQUEST, { method, params }) };
}
