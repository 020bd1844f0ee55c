import * as vscode from 'vscode';
import { SETTINGS } from '../contributions';
import type { CollectorProcess } from '../profile/collectorProcess';
import { NODE_DEBUG_TYPES, PROFILE_PROPERTY, RUN_PROPERTY, isProfilable, withProbe, type NodeConfiguration } from '../profile/profilableLaunch';
import { usualPauses } from '../../protocol/pauses';
import { onDidChangePauseKinds, pauseKinds } from '../profile/pauseSetting';
import { isRedacted } from '../profile/redaction';
import { suppressedBySetting } from '../profile/suppressSetting';
import type { TypeormWorkspace } from '../workspace/typeormWorkspace';

type ProfilerMode = 'on' | 'ask' | 'off';

/** Profiles ordinary Node debug runs, with no change to launch.json: the probe joins the app's environment as the setting says. */
export function profileNodeRuns(workspace: TypeormWorkspace, collector: CollectorProcess, log: vscode.LogOutputChannel): vscode.Disposable {
  const provider = new NodeRunProfiler(workspace, collector, log);
  return vscode.Disposable.from(
    ...NODE_DEBUG_TYPES.map((type) => vscode.debug.registerDebugConfigurationProvider(type, provider)),
    vscode.debug.onDidTerminateDebugSession((session) => provider.sessionEnded(session)),
    onDidChangePauseKinds((kinds) => provider.pauseOn(kinds)),
  );
}

class NodeRunProfiler implements vscode.DebugConfigurationProvider {
  private readonly runIds = new Set<string>();

  constructor(
    private readonly workspace: TypeormWorkspace,
    private readonly collector: CollectorProcess,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    if (!(await this.isWanted(folder, configuration))) return configuration;
    try {
      const run = await this.collector.request('startRun', {
        name: configuration.name,
        cwd: workingFolder(folder, configuration),
        redact: isRedacted(),
        pauseOn: usualPauses(pauseKinds()),
        suppress: suppressedBySetting(),
      });
      this.runIds.add(run.runId);
      return withProbe(configuration, process.env, run);
    } catch (error) {
      // The app is what the user asked to run; the profile is an extra.
      const words = `“${configuration.name}” runs without the query profiler: ${error instanceof Error ? error.message : String(error)}`;
      this.log.error(words);
      // With a button it is shown in full: the way out stands at its end.
      void vscode.window.showWarningMessage(words, 'Show Log').then((choice) => choice && this.log.show());
      return configuration;
    }
  }

  sessionEnded({ configuration, parentSession }: vscode.DebugSession): void {
    const runId: unknown = configuration[RUN_PROPERTY];
    if (typeof runId !== 'string' || parentSession?.configuration[RUN_PROPERTY] === runId) return;
    this.runIds.delete(runId);
    this.collector.request('endRun', { runId }).catch((error: unknown) => this.log.error(String(error)));
  }

  pauseOn(kinds: readonly string[]): void {
    const on = usualPauses(kinds);
    for (const runId of this.runIds) this.collector.request('pauseOn', { runId, on }).catch((error: unknown) => this.log.error(String(error)));
  }

  private async isWanted(folder: vscode.WorkspaceFolder | undefined, configuration: vscode.DebugConfiguration): Promise<boolean> {
    if (!vscode.workspace.isTrusted || !isProfilable(configuration as NodeConfiguration)) return false;
    await this.workspace.firstCheck;
    if (this.workspace.state !== 'ready') return false;
    if (typeof configuration[PROFILE_PROPERTY] === 'boolean') return configuration[PROFILE_PROPERTY];
    const mode = vscode.workspace.getConfiguration().get<ProfilerMode>(SETTINGS.profilerMode, 'on');
    if (mode === 'off' || !(await this.workspace.packageDependsOnTypeorm(workingFolder(folder, configuration)))) return false;
    return mode === 'on' || askWhetherToProfile(configuration.name);
  }
}

/** A quick pick, since a notification may stay unseen while the launch waits for it. Escape runs the app as it is. */
async function askWhetherToProfile(name: string): Promise<boolean> {
  const choices = [
    { label: '$(telescope) Record the queries of this run', profile: true },
    { label: '$(debug-alt) Run without recording', profile: false },
    { label: 'Always record', profile: true, mode: 'on' },
    { label: 'Never record', profile: false, mode: 'off' },
  ] as const;
  const choice = await vscode.window.showQuickPick(choices, { title: `Query profiler: ${name}`, placeHolder: 'Record the queries of this run?' });
  if (choice && 'mode' in choice)
    await vscode.workspace.getConfiguration().update(SETTINGS.profilerMode, choice.mode, vscode.ConfigurationTarget.Workspace);
  return choice?.profile ?? false;
}

function workingFolder(folder: vscode.WorkspaceFolder | undefined, { cwd }: vscode.DebugConfiguration): string {
  if (typeof cwd === 'string' && cwd !== '') return cwd;
  return folder?.uri.fsPath ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
}
