import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { DiagramPanel } from '../panels/diagramPanel';

interface RevisionItem extends vscode.QuickPickItem {
  readonly revision?: string;
}

/** More than a list can show; what is further back is typed. */
const MAX_REFERENCES = 200;

/** Opens the diagram with what changed since a revision: that given, else one that the user picks or types. */
export async function compareDiagram(panel: DiagramPanel, revision?: string): Promise<void> {
  const chosen = typeof revision === 'string' ? revision : await pickRevision();
  if (chosen !== undefined) panel.openView({ kind: 'difference', revision: chosen });
}

/** HEAD, branches and tags, latest first; what is typed and matches none of them is taken as it is. */
async function pickRevision(): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<RevisionItem>();
  const head: RevisionItem = { label: 'HEAD', description: 'what was committed last', revision: 'HEAD' };
  pick.title = 'Compare Diagram with Git Revision';
  pick.placeholder = 'Choose a branch or tag, or type a commit';
  pick.items = [head];
  pick.busy = true;
  void listReferences().then((references) => {
    pick.items = [head, ...references];
    pick.busy = false;
  });
  const typed = new Set<string>();
  pick.onDidChangeValue((value) => {
    const known = pick.items.filter(({ label }) => !typed.has(label));
    typed.clear();
    if (value.trim() !== '' && !known.some(({ label }) => label === value.trim())) {
      typed.add(value.trim());
      pick.items = [...known, { label: value.trim(), description: 'as typed', revision: value.trim(), alwaysShow: true }];
    } else pick.items = known;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.revision ?? (pick.value.trim() || undefined));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function listReferences(): Promise<RevisionItem[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) return [];
  const format = '--format=%(refname:short)%09%(refname)%09%(committerdate:relative)%09%(contents:subject)';
  const args = ['for-each-ref', format, '--sort=-committerdate', `--count=${MAX_REFERENCES}`, 'refs/heads', 'refs/tags', 'refs/remotes'];
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd: folder });
    return stdout.split('\n').flatMap(toItem);
  } catch {
    // No git, or no repository: the difference itself says so, with the next step.
    return [];
  }
}

function toItem(line: string): RevisionItem[] {
  const [revision, reference = '', date = '', subject = ''] = line.split('\t');
  if (!revision) return [];
  const icon = reference.startsWith('refs/tags/') ? 'tag' : reference.startsWith('refs/remotes/') ? 'cloud' : 'git-branch';
  return [{ label: revision, iconPath: new vscode.ThemeIcon(icon), description: date, detail: subject, revision }];
}
