import * as vscode from 'vscode';
import { COMMANDS, EMPTY_CONTEXT_KEY, ENTITY_ITEM, RELATION_ITEM, VIEWS } from '../contributions';
import type { LanguageService } from '../features/languageService';
import type { DifferencesView } from './differencesView';
import { entityTree, type EntityTreeNode } from './entityTree';

/** The sidebar's tree of all entities; a click opens the source, the inline action shows the entity in the diagram. */
export class EntitiesView implements vscode.TreeDataProvider<EntityTreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.changed];
  private roots: Promise<readonly EntityTreeNode[]> | null = null;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly language: LanguageService,
    differences: DifferencesView,
  ) {
    const view = vscode.window.createTreeView(VIEWS.entities, { treeDataProvider: this, showCollapseAll: true });
    const again = () => {
      this.roots = null;
      this.changed.fire();
    };
    this.disposables.push(
      view,
      language.onDidChangeGraph(again),
      language.onDidChangeState(again),
      differences.onDidChangeSummary((summary) => (view.description = summary ?? '')),
    );
  }

  async getChildren(node?: EntityTreeNode): Promise<EntityTreeNode[]> {
    return [...(node ? node.children : await (this.roots ??= this.load()))];
  }

  getTreeItem(node: EntityTreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleState(node));
    item.id = node.id;
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = icon(node);
    item.accessibilityInformation = { label: [node.label, node.description, node.problem && `has a ${node.problem}`].filter(Boolean).join(', ') };
    if (node.kind === 'entity') item.contextValue = ENTITY_ITEM;
    if (node.kind === 'relation') item.contextValue = RELATION_ITEM;
    if (node.source) item.command = { command: COMMANDS.openSite, title: 'Open Source', arguments: [node.source] };
    return item;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async load(): Promise<readonly EntityTreeNode[]> {
    const result = await this.language.diagram({});
    void vscode.commands.executeCommand('setContext', EMPTY_CONTEXT_KEY, result?.ready === true && result.model.tables.length === 0);
    return result ? entityTree(result.model) : [];
  }
}

function collapsibleState({ kind, children }: EntityTreeNode): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return kind === 'module' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

/** A problem takes the icon's place: colour and shape tell it, whatever the theme. */
function icon({ icon, problem }: EntityTreeNode): vscode.ThemeIcon {
  if (problem === 'error') return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (problem === 'warning') return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon(icon);
}
