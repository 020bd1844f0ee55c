/** Named views: opened, saved, renamed, deleted and reset from the button that says which one is shown. */
import { emptyFilter, emptyView, showsPart, type DiagramView } from '../../../src/core/diagram/views/diagramView';
import { writeViews } from '../../../src/core/diagram/views/writeViews';
import type { Positions } from '../../../src/core/diagram/layoutDiagram';
import type { DiagramCommand, ToDiagram } from '../../../src/protocol/diagramPanel';
import { shortcut } from '../keys';
import type { MenuItem } from '../menu';
import type { DiagramFeature, DiagramProgram } from '../program';
import type { ViewName } from '../savedState';
import { createDialog, type Answer } from './dialog';
import { createViewButton } from './viewButton';
import { ViewsStore } from './viewsStore';

export class NamedViews implements DiagramFeature {
  readonly root: HTMLElement;
  private readonly store: ViewsStore;
  private readonly dialog = createDialog(() => this.program.diagram.focusBack());
  private readonly button = createViewButton({
    items: () => this.menuOfViews(),
    save: () => void this.save(),
  });
  /** The shown view as its file held it when it was opened; tells whether the file has changed since. */
  private opened: DiagramView | undefined;

  constructor(private readonly program: DiagramProgram) {
    const { diagram } = program;
    this.store = new ViewsStore((message) => diagram.host.post(message));
    this.store.onChange = () => this.followFiles();
    this.root = this.dialog.root;
    diagram.parts.bar.prepend(this.button.root);
    program.onViewChange.push(() => this.show());
  }

  receive(message: ToDiagram): void {
    this.store.receive(message);
  }

  run(command: DiagramCommand): void {
    if (command === 'saveView') void this.save();
    else if (command === 'saveViewAs') void this.saveAs();
    else if (command === 'switchView') this.button.open();
  }

  searchItems(): MenuItem[] {
    const views = this.store.all.map((named): MenuItem => ({ icon: 'layers', label: `Open View ${named.name}`, run: () => this.open(named) }));
    return [...views, { icon: 'save-as', label: 'Save View as…', run: () => void this.saveAs() }];
  }

  private async save(): Promise<void> {
    const { viewName } = this.program.diagram;
    if (!viewName || this.store.whyReadOnly(viewName.folder) !== null) return this.saveAs();
    await this.write(viewName);
  }

  private async saveAs(): Promise<void> {
    const { diagram } = this.program;
    const folders = this.writableFolders();
    const answer = await this.dialog.ask({
      title: 'Save view as',
      action: 'Save',
      name: diagram.viewName?.name ?? '',
      folders,
      explain: ({ name, folder }) =>
        explainName(name, this.store.find({ folder: folder || (folders[0]?.folder ?? ''), name }) !== undefined, folders.length),
    });
    if (answer) await this.write(this.nameFrom(answer, folders));
  }

  private async write(name: ViewName): Promise<void> {
    const { diagram } = this.program;
    const { view } = diagram;
    const isWritten = await this.store.change(name.folder, (views) => views.set(name.name, view));
    if (!isWritten) return;
    if (diagram.viewName === null) diagram.unnamed = wholeOf(view, diagram.wholePositions);
    diagram.viewName = name;
    // What was changed while the file was written is not in it.
    diagram.isModified = diagram.view !== view && diagram.isModified;
    this.opened = this.store.find(name);
    diagram.onViewChange();
    // At once: the window may be reloaded next.
    diagram.save();
    this.button.tell(`Saved ${name.name}`);
  }

  private async rename(from: ViewName): Promise<void> {
    const { diagram } = this.program;
    const answer = await this.dialog.ask({
      title: `Rename ${from.name}`,
      action: 'Rename',
      name: from.name,
      explain: ({ name }) => explainName(name, name !== from.name && this.store.find({ ...from, name }) !== undefined, 1),
    });
    if (!answer || answer.name === from.name) return;
    const to = { folder: from.folder, name: answer.name };
    const isWritten = await this.store.change(from.folder, (views) => {
      const view = views.get(from.name);
      views.delete(from.name);
      if (view) views.set(to.name, view);
    });
    if (!isWritten) return;
    diagram.viewName = to;
    diagram.onViewChange();
    diagram.save();
  }

  private async remove({ folder, name }: ViewName): Promise<void> {
    const { diagram } = this.program;
    const answer = await this.dialog.ask({
      title: `Delete ${name}?`,
      action: 'Delete',
      explain: () => ({
        text: 'It is taken out of .relation-lens/views.json. What is shown now stays until you open another view.',
        isRefused: false,
      }),
    });
    if (!answer) return;
    const isWritten = await this.store.change(folder, (views) => void views.delete(name));
    if (!isWritten) return;
    diagram.viewName = null;
    diagram.onViewChange();
    diagram.save();
  }

  private open(name: ViewName): void {
    const view = this.store.find(name);
    if (!view) return;
    const { diagram, history, arranging } = this.program;
    if (diagram.viewName === null) diagram.unnamed = diagram.view;
    this.opened = view;
    history.forget();
    void arranging.openView(view, name);
  }

  /** Back to what was shown without a name. */
  private openUnnamed(): void {
    if (this.program.diagram.viewName === null) return;
    this.showWithoutName(this.program.diagram.unnamed ?? emptyView);
  }

  private showWithoutName(view: DiagramView): void {
    const { diagram, history, arranging } = this.program;
    // Starting over is a step like any other; another view's steps are not this one's.
    if (diagram.viewName === null) history.keep();
    else history.forget();
    diagram.unnamed = null;
    this.opened = undefined;
    void arranging.openView(view, null);
  }

  /** The files were read anew: a shown view that nobody changed here follows its file. */
  private followFiles(): void {
    const { diagram } = this.program;
    const { viewName } = diagram;
    const inFile = this.store.find(viewName);
    // A page that comes back shows what it showed: opening it again would lose what is selected.
    if (this.opened === undefined && !diagram.isModified && viewName && inFile && showsIt(diagram.view, inFile, viewName.folder))
      this.opened = inFile;
    const changedOnDisk = viewName !== null && inFile !== undefined && !isSame(inFile, this.opened, viewName.folder);
    this.button.setStale(changedOnDisk && diagram.isModified && this.opened !== undefined);
    if (changedOnDisk && !diagram.isModified && viewName) this.open(viewName);
    this.show();
  }

  private show(): void {
    const { viewName, isModified } = this.program.diagram;
    const isUnsaved = viewName !== null && this.store.find(viewName) === undefined && this.store.folderNames.length > 0;
    this.button.show(viewName?.name ?? nameOfUnnamed(this.program.diagram.view), isUnsaved || (viewName !== null && isModified));
  }

  private menuOfViews(): MenuItem[] {
    const { diagram } = this.program;
    const { viewName, isModified } = diagram;
    const isShown = (name: ViewName): boolean => viewName?.name === name.name && viewName.folder === name.folder;
    const { all, folderNames } = this.store;
    const folderOf = new Map(folderNames.map(({ folder, name }) => [folder, name]));
    const readOnly = viewName ? this.store.whyReadOnly(viewName.folder) : null;
    const refusal = readOnly === null ? {} : { disabled: readOnly };
    const noFolder = this.writableFolders().length === 0 ? { disabled: 'No folder to keep it in' } : {};
    const views = all.map((named): MenuItem => ({
      icon: 'layers',
      label: named.name,
      ...(folderNames.length > 1 ? { hint: folderOf.get(named.folder) ?? '' } : {}),
      checked: isShown(named),
      run: () => this.open(named),
    }));
    const own: MenuItem[] = viewName
      ? [
          ...(isModified ? [{ icon: 'save', label: 'Save', hint: shortcut('S'), startsGroup: true, ...refusal, run: () => void this.save() }] : []),
          ...(isModified && this.store.find(viewName) ? [{ icon: 'discard', label: 'Revert to What Is Saved', run: () => this.open(viewName) }] : []),
          { icon: 'edit', label: 'Rename…', startsGroup: !isModified, ...refusal, run: () => void this.rename(viewName) },
          { icon: 'trash', label: 'Delete…', ...refusal, run: () => void this.remove(viewName) },
        ]
      : [];
    return [
      {
        icon: 'type-hierarchy',
        label: nameOfUnnamed(viewName === null ? diagram.view : diagram.unnamed),
        checked: viewName === null,
        run: () => this.openUnnamed(),
      },
      ...views,
      ...own,
      { icon: 'save-as', label: 'Save View as…', startsGroup: true, ...noFolder, run: () => void this.saveAs() },
      { icon: 'clear-all', label: 'Start Over with Everything', run: () => this.showWithoutName(emptyView) },
    ];
  }

  private writableFolders(): { readonly folder: string; readonly name: string }[] {
    const shown = this.program.diagram.model.tables;
    const sharesOf = (folder: string): number => shown.filter(({ source }) => source.file.startsWith(`${folder}/`)).length;
    return this.store.folderNames
      .filter(({ folder }) => this.store.whyReadOnly(folder) === null)
      .sort((one, other) => sharesOf(other.folder) - sharesOf(one.folder));
  }

  private nameFrom({ name, folder }: Answer, folders: readonly { readonly folder: string }[]): ViewName {
    return { name, folder: folder === '' ? (folders[0]?.folder ?? '') : folder };
  }
}

/** What is left without a name when a part of it gets one: everything, as it stood. */
function wholeOf(view: DiagramView, wholePositions: Positions | null): DiagramView {
  return showsPart(view) ? { ...view, filter: emptyFilter, focus: null, positions: wholePositions ?? new Map() } : view;
}

function nameOfUnnamed(view: DiagramView | null): string {
  return view && showsPart(view) ? 'Unnamed view' : 'Everything';
}

function isSame(view: DiagramView, other: DiagramView | undefined, folder: string): boolean {
  if (other === undefined || view === other) return view === other;
  const textOf = (which: DiagramView): string => writeViews(new Map([['', which]]), folder);
  return textOf(view) === textOf(other);
}

/** Whether what is shown is what the file says. Tables that the file does not place stand anywhere. */
function showsIt(view: DiagramView, inFile: DiagramView, folder: string): boolean {
  const positions = new Map([...view.positions].filter(([id]) => inFile.positions.has(id)));
  return isSame(inFile, { ...view, positions }, folder);
}

function explainName(name: string, isTaken: boolean, folders: number): { text: string; isRefused: boolean } {
  if (folders === 0) return { text: 'No folder is open to keep the view in.', isRefused: true };
  if (name === '') return { text: 'Give it a name.', isRefused: true };
  return {
    text: isTaken ? `Replaces the view ${name}.` : 'Is kept in .relation-lens/views.json, for everybody who has this folder.',
    isRefused: false,
  };
}
