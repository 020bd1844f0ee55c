import * as vscode from 'vscode';
import { SETTINGS } from '../contributions';

/** Findings that the user has said no to, as the setting has them; whoever reads them passes over what makes no sense. */
export function suppressedBySetting(): readonly unknown[] {
  return vscode.workspace.getConfiguration().get<readonly unknown[]>(SETTINGS.suppress, []);
}
