/**
 * The named views of all folders, as the files on the disk hold them. A change is made on the file's newest text: where the file was
 * changed meanwhile (another window, a git checkout), the same change is made again on what it holds now.
 */
import type { DiagramView } from '../../../src/core/diagram/views/diagramView';
import { readViews, type ViewsFile } from '../../../src/core/diagram/views/readViews';
import { writeViews } from '../../../src/core/diagram/views/writeViews';
import type { FromDiagram, ToDiagram, ViewsFileText } from '../../../src/protocol/diagramPanel';
import type { ViewName } from '../savedState';

/** What is to become of a file's views. */
export type ViewsChange = (views: Map<string, DiagramView>) => void;

export interface NamedView extends ViewName {
  readonly view: DiagramView;
}

interface Folder {
  readonly file: ViewsFileText;
  readonly read: ViewsFile;
}

export class ViewsStore {
  /** Called when the files were read, anew or for the first time. */
  onChange: () => void = () => undefined;
  private folders: ReadonlyMap<string, Folder> = new Map();
  private readonly queues = new Map<string, { change: ViewsChange; done: (isWritten: boolean) => void; sent: string }[]>();

  constructor(private readonly post: (message: FromDiagram) => void) {}

  receive(message: ToDiagram): void {
    if (message.type === 'views') this.read(message.files);
    else if (message.type === 'viewsWritten') this.settle(message.folder, message.outcome);
  }

  /** Sorted by name. */
  get all(): NamedView[] {
    const views = [...this.folders].flatMap(([folder, { read }]) => [...read.views].map(([name, view]) => ({ folder, name, view })));
    return views.sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  find(wanted: ViewName | null): DiagramView | undefined {
    return wanted ? this.folders.get(wanted.folder)?.read.views.get(wanted.name) : undefined;
  }

  get folderNames(): readonly { readonly folder: string; readonly name: string }[] {
    return [...this.folders.values()].map(({ file: { folder, name } }) => ({ folder, name }));
  }

  /** Why a folder's views cannot be written; null where they can. */
  whyReadOnly(folder: string): string | null {
    const read = this.folders.get(folder)?.read;
    if (!read) return 'There is no folder to keep it in.';
    return read.kind === 'newer' ? 'Its file was written by a later version of Relation Lens.' : null;
  }

  /** Writes the change; false where that did not work (the editor has said why). */
  change(folder: string, change: ViewsChange): Promise<boolean> {
    return new Promise((done) => {
      const queue = this.queues.get(folder) ?? [];
      this.queues.set(folder, [...queue, { change, done, sent: '' }]);
      if (queue.length === 0) this.send(folder);
    });
  }

  private read(files: readonly ViewsFileText[]): void {
    const before = this.folders;
    this.folders = new Map(files.map((file) => [file.folder, { file, read: readViews(file.text, file.folder) }]));
    for (const [folder, { file, read }] of this.folders) {
      if (read.kind === 'good' || before.get(folder)?.file.text === file.text) continue;
      const reason = read.kind === 'newer' ? `It says version ${read.version}.` : read.reason;
      this.post({ type: 'viewsUnusable', folder, kind: read.kind, reason });
    }
    this.onChange();
  }

  private send(folder: string): void {
    const next = this.queues.get(folder)?.[0];
    const current = this.folders.get(folder);
    if (!next || !current) return;
    const views = new Map(current.read.views);
    next.change(views);
    next.sent = writeViews(views, folder);
    this.post({ type: 'writeViews', folder, basedOn: current.file.text, text: next.sent, keepAside: current.read.kind === 'corrupt' });
  }

  private settle(folder: string, outcome: 'written' | 'stale' | 'failed'): void {
    const queue = this.queues.get(folder) ?? [];
    const [first, ...rest] = queue;
    if (!first) return;
    if (outcome === 'stale') return this.send(folder);
    if (outcome === 'written') this.keep(folder, first.sent);
    this.queues.set(folder, rest);
    first.done(outcome === 'written');
    this.send(folder);
  }

  private keep(folder: string, text: string): void {
    const before = this.folders.get(folder);
    if (!before) return;
    const file = { ...before.file, text };
    this.folders = new Map(this.folders).set(folder, { file, read: readViews(text, folder) });
    this.onChange();
  }
}
