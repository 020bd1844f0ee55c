import * as vscode from 'vscode';
import type { CollectorProcess } from '../profile/collectorProcess';
import { usualPauses } from '../../protocol/pauses';
import { pauseKinds } from '../profile/pauseSetting';
import { isRedacted } from '../profile/redaction';
import { suppressedBySetting } from '../profile/suppressSetting';
import { forPowerShell, forShell } from '../profile/shellEnvironment';

/**
 * For an app that is started somewhere else (a terminal, another tool): opens a run and puts the environment that connects an app to
 * it on the clipboard, as a line for the shell. The run stays open until the window closes.
 */
export async function copyProbeEnvironment(collector: CollectorProcess): Promise<void> {
  const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  try {
    const pauseOn = usualPauses(pauseKinds());
    const { env } = await collector.request('startRun', {
      name: 'Started from a terminal',
      cwd,
      redact: isRedacted(),
      pauseOn,
      suppress: suppressedBySetting(),
    });
    await vscode.env.clipboard.writeText(process.platform === 'win32' ? forPowerShell(env) : forShell(env));
    void vscode.window.showInformationMessage(
      'Copied. Paste it before the command that starts your app, in a terminal on this machine; its queries show up in the Queries panel.',
    );
  } catch (error) {
    void vscode.window.showErrorMessage(`The query profiler could not be started: ${error instanceof Error ? error.message : String(error)}`);
  }
}
