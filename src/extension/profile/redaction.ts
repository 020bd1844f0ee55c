import * as vscode from 'vscode';
import { SETTINGS } from '../contributions';

/** Whether values are left out of what is shown and recorded. */
export function isRedacted(): boolean {
  return vscode.workspace.getConfiguration().get(SETTINGS.redactParameters, false);
}
