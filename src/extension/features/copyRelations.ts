import * as vscode from 'vscode';
import { relationsOption, type EntityTreeNode } from '../panels/entityTree';

/** Puts the `relations` option that loads a tree item's relations into the clipboard. */
export async function copyRelations(node: EntityTreeNode | undefined): Promise<void> {
  const option = node && relationsOption(node);
  if (!option) {
    void vscode.window.showInformationMessage(
      node ? `${node.label} has no relations to copy.` : 'Choose an entity or a relation in the Entities view.',
    );
    return;
  }
  await vscode.env.clipboard.writeText(option);
  vscode.window.setStatusBarMessage(`Copied ${option}`, 4000);
}
