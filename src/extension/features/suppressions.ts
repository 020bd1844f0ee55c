/** The setting of findings that are known and meant, for whoever collects a profile; and the way to add to it, or to write a comment, from a finding. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import { SETTINGS } from '../contributions';
import type { ProfileStore } from '../profile/profileStore';

/** Collectors hear of the setting when a run begins, and when it changes. */
export function tellSuppressions(profiles: ProfileStore): vscode.Disposable {
  const known = new Set<string>();
  const tell = (): void => void profiles.tellCollectors('suppress', { entries: entries() });
  return vscode.Disposable.from(
    profiles.onDidChange(({ run }) => {
      if (known.has(run.id)) return;
      known.add(run.id);
      if (entries().length > 0) tell();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTINGS.suppress)) tell();
    }),
  );
}

function entries(): readonly unknown[] {
  return vscode.workspace.getConfiguration().get<readonly unknown[]>(SETTINGS.suppress, []);
}

/** Asks where and why, and writes it. Nothing is written without a reason: a year later nobody knows it. */
export async function suppressFinding(finding: Finding): Promise<void> {
  const place = finding.parent?.site ?? finding.site;
  const inComment = { label: '$(comment) Above the line', description: 'a comment in the source', where: 'comment' } as const;
  const inSetting = { label: '$(settings-gear) In the workspace', description: 'setting relationLens.suppress', where: 'setting' } as const;
  const choices = finding.site === null ? [inSetting] : [inComment, inSetting];
  const choice = await vscode.window.showQuickPick(choices, { title: `Suppress ${finding.kind}`, placeHolder: 'Where shall it be said?' });
  if (!choice) return;
  const reason = await vscode.window.showInputBox({
    title: `Suppress ${finding.kind}`,
    prompt: 'Why is it meant? Reports list it with the reason.',
    validateInput: (text) => (text.trim() === '' ? 'A reason is needed' : null),
  });
  if (reason === undefined) return;
  if (choice.where === 'setting') await addEntry(finding, reason.trim());
  else if (finding.site ?? place) await writeComment(finding, reason.trim());
}

async function addEntry({ kind, entity, relation, site }: Finding, reason: string): Promise<void> {
  const entry = {
    finding: kind,
    ...(entity === null ? {} : { entity }),
    ...(relation === null ? {} : { relation }),
    ...(site === null ? {} : { file: vscode.workspace.asRelativePath(site.file, false).split(path.sep).join('/') }),
    ...(site?.function ? { function: site.function.split(/[ .]/).at(-1) } : {}),
    reason,
  };
  await vscode.workspace.getConfiguration().update(SETTINGS.suppress, [...entries(), entry], vscode.ConfigurationTarget.Workspace);
}

/** Above the line where it happens: there it stays when the code moves. The file is left unsaved, to be looked at. */
async function writeComment({ kind, site }: Finding, reason: string): Promise<void> {
  if (!site) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(site.file));
  const line = document.lineAt(Math.min(site.line, document.lineCount) - 1);
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(
    document.uri,
    line.range.start,
    `${indent}// relation-lens-ignore-next-line ${kind}: ${reason}${document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'}`,
  );
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { selection: line.range, preserveFocus: false });
}
