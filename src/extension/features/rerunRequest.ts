import * as vscode from 'vscode';
import type { ProfileStore } from '../profile/profileStore';
import { addressToAsk } from '../profile/rerun';

const TIMEOUT_MS = 30_000;

/** Asks the running app again what a recorded request asked. Only reads are: nothing is written without the user's own request. */
export async function rerunRequest(profiles: ProfileStore, runId: string, scope: number): Promise<void> {
  const address = addressToAsk(profiles.runs, runId, scope);
  if (address.kind === 'refused') return void vscode.window.showInformationMessage(address.reason);
  try {
    const response = await fetch(address.url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
    await response.arrayBuffer();
    vscode.window.setStatusBarMessage(`$(check) ${address.name}: status ${response.status}`, 5000);
  } catch {
    void vscode.window.showWarningMessage(`The app does not answer at ${address.url}. Start it again, then run the request.`);
  }
}
