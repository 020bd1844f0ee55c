/** The setting of findings that are known and meant, for whoever collects a profile; and the way to add to it, or to write a comment, from a finding. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding, SuppressedHere } from '../../protocol/collector';
import { SETTINGS } from '../contributions';
import type { ProfileStore } from '../profile/profileStore';
import { suppressedBySetting } from '../profile/suppressSetting';
import type { LanguageService } from './languageService';
import { openSource } from './openSource';
import { toWorkspaceEdit } from './workspaceEdit';

/** Collectors hear of the setting when a run begins, and when it changes. */
export function tellSuppressions(profiles: ProfileStore): vscode.Disposable {
  const known = new Set<string>();
  const tell = (): void => void profiles.tellCollectors('suppress', { entries: suppressedBySetting() });
  return vscode.Disposable.from(
    profiles.onDidChange(({ run }) => {
      if (known.has(run.id)) return;
      known.add(run.id);
      if (suppressedBySetting().length > 0) tell();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.suppress)) tell();
    }),
  );
}

export interface SuppressServices {
  readonly language: LanguageService;
  readonly profiles: ProfileStore;
}

/** Asks where and why, and writes it; the card goes at once. Nothing is written without a reason: a year later nobody knows it. */
export async function suppressFinding(services: SuppressServices, finding: Finding): Promise<void> {
  const inComment = { label: '$(comment) Above the line', description: 'a comment in the source', where: 'comment' } as const;
  const inSetting = { label: '$(settings-gear) In the workspace', description: 'setting relationLens.suppress', where: 'setting' } as const;
  const choices = placeOf(finding) === null ? [inSetting] : [inComment, inSetting];
  const choice = await vscode.window.showQuickPick(choices, { title: `Suppress ${finding.kind}`, placeHolder: 'Where shall it be said?' });
  if (!choice) return;
  const reason = await vscode.window.showInputBox({
    title: `Suppress ${finding.kind}`,
    prompt: 'Why is it meant? Reports list it with the reason.',
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed' : null),
  });
  if (reason === undefined) return;
  if (choice.where === 'setting') await addEntry(services, finding, reason.trim());
  else await writeComment(services, finding, reason.trim());
}

async function addEntry({ profiles }: SuppressServices, finding: Finding, reason: string): Promise<void> {
  const { kind, entity, relation, site } = finding;
  const entry = {
    finding: kind,
    ...(entity === null ? {} : { entity }),
    ...(relation === null ? {} : { relation }),
    ...(site === null ? {} : { file: vscode.workspace.asRelativePath(site.file, false).split(path.sep).join('/') }),
    ...(site?.function ? { function: site.function.split(/[ .]/).at(-1) } : {}),
    reason,
  };
  await vscode.workspace.getConfiguration().update(SETTINGS.suppress, [...suppressedBySetting(), entry], vscode.ConfigurationTarget.Workspace);
  const said = saidOf(finding, reason);
  if (said) profiles.setAside(said, 'setting');
}

/** Above the statement where it happens, wherever that stands now; there it stays when the code moves. The file is left unsaved, to be looked at. */
async function writeComment(services: SuppressServices, finding: Finding, reason: string): Promise<void> {
  const result = await services.language.suppressEdit(finding, reason);
  if (result.kind === 'declined') {
    const choice = await vscode.window.showWarningMessage(result.reason, 'Use the Setting');
    if (choice) await addEntry(services, finding, reason);
    return;
  }
  if (!(await vscode.workspace.applyEdit(toWorkspaceEdit(result.edits)))) {
    return void vscode.window.showWarningMessage('The file changed while the comment was being written. Try again.');
  }
  const said = saidOf(finding, reason);
  if (said) {
    await services.profiles.tellCollectors('suppressHere', said);
    services.profiles.setAside(said, 'comment');
  }
  const [comment] = result.edits;
  if (comment) await openSource({ file: vscode.Uri.parse(comment.uri).fsPath, line: comment.range.start.line + 1, column: 1 });
}

/** The finding's line as the run knows it: whoever holds the run's findings knows no other. */
function saidOf(finding: Finding, reason: string): SuppressedHere | null {
  const place = placeOf(finding);
  return place && { kind: finding.kind, file: place.file, line: place.line, reason };
}

function placeOf({ site, parent }: Finding) {
  return site ?? parent?.site ?? null;
}
