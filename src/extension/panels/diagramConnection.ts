import * as vscode from 'vscode';
import { changeBetween } from '../../protocol/diagramChange';
import type { DiagramView } from '../../protocol/diagramQuestions';
import type { DiagramCommand, DiagramMode, DiagramModel, DiagramState, EdgeHeat, FromDiagram, ToDiagram } from '../../protocol/diagramPanel';
import type { LanguageService } from '../features/languageService';
import { saveExport } from '../features/saveExport';
import type { ViewFiles } from '../features/viewFiles';
import { openSource } from '../features/openSource';
import { COMMANDS } from '../contributions';
import { writeRelation } from '../features/writeRelation';
import { loadProgram } from './webviewPage';

/** What a diagram webview is given to show. */
export interface DiagramPicture {
  readonly model: DiagramModel;
  readonly focus: string | null;
  readonly state: DiagramState;
}

/** Commands that a webview's buttons may run; anything else it asks for is ignored. */
const ALLOWED_COMMANDS: ReadonlySet<string> = new Set([
  ...Object.values(COMMANDS),
  'workbench.action.files.openFolder',
  'workbench.action.findInFiles',
]);

/**
 * One diagram webview, panel or sidebar. Keeps what was last shown, because VS Code throws the page away when it is hidden and
 * loads it anew when it comes back.
 */
export class DiagramConnection implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private picture: DiagramPicture | null = null;
  private heat: readonly EdgeHeat[] = [];
  private pendingSelection: { readonly entity: string; readonly property: string | null; readonly reveal: boolean } | null = null;
  private pendingView: DiagramView | null = null;
  private loaded = false;
  /** What the page has; null where it is new. */
  private sent: { readonly model: DiagramModel; readonly revision: number } | null = null;

  constructor(
    private readonly webview: vscode.Webview,
    extensionUri: vscode.Uri,
    mode: DiagramMode,
    private readonly log: vscode.LogOutputChannel,
    private readonly language: LanguageService,
    /** Named views are the panel's alone. */
    private readonly viewFiles: ViewFiles | null = null,
  ) {
    this.disposables.push(webview.onDidReceiveMessage((message: FromDiagram) => this.receive(message)));
    if (viewFiles) this.disposables.push(viewFiles.onDidChange((files) => this.post({ type: 'views', files })));
    loadProgram(webview, extensionUri, {
      mode,
      title: mode === 'panel' ? 'Entity Diagram' : 'Around the Cursor',
      script: 'diagram.js',
      worker: 'layoutWorker.js',
    });
  }

  get model(): DiagramModel | null {
    return this.picture?.model ?? null;
  }

  show(picture: DiagramPicture): void {
    this.picture = picture;
    if (!this.loaded) return;
    this.sendPicture(picture);
    this.sendSelection();
    this.sendView();
  }

  paint(heat: readonly EdgeHeat[]): void {
    this.heat = heat;
    this.post({ type: 'heat', heat });
  }

  /** Marks an entity (by id or name) and brings it into view, now or as soon as the picture holds it. */
  select(entity: string, property: string | null): void {
    this.pendingSelection = { entity, property, reveal: true };
    this.sendSelection();
  }

  /** Opens an impact, a difference or the relation wizard, now or as soon as there is a picture to open it on. */
  open(view: DiagramView): void {
    this.pendingView = view;
    this.sendView();
  }

  /** Marks an entity and leaves the view where it is; what is to be brought into view stays so. */
  mark(entity: string): void {
    if (this.pendingSelection?.reveal === true || !this.find(entity)) return;
    this.pendingSelection = { entity, property: null, reveal: false };
    this.sendSelection();
  }

  /** The page was hidden and is thrown away: what is sent now would reach nobody. One that comes back says that it is ready. */
  pageIsGone(): void {
    this.loaded = false;
    this.sent = null;
  }

  run(command: DiagramCommand): void {
    this.post({ type: 'command', command });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** A page that has a picture is sent only what changed: thousands of tables take longer on the way than to be drawn. */
  private sendPicture({ model, focus, state }: DiagramPicture): void {
    const before = this.sent;
    this.sent = { model, revision: (before?.revision ?? 0) + 1 };
    const { revision } = this.sent;
    if (!before || before.model.tables.length === 0) return this.post({ type: 'model', model, revision, focus, state });
    this.post({ type: 'change', change: changeBetween(before.model, model), basedOn: before.revision, revision, focus, state });
  }

  private sendSelection(): void {
    if (!this.loaded || !this.pendingSelection) return;
    const { entity, property, reveal } = this.pendingSelection;
    const id = this.find(entity);
    if (id === undefined) return;
    this.pendingSelection = null;
    this.post({ type: 'select', entity: id, property, reveal });
  }

  private sendView(): void {
    if (!this.loaded || !this.pendingView || this.picture?.state.kind !== 'ready') return;
    this.post({ type: 'open', view: this.pendingView });
    this.pendingView = null;
  }

  private find(entity: string): string | undefined {
    return this.model?.tables.find(({ id, name }) => id === entity || name === entity)?.id;
  }

  private receive(message: FromDiagram): void {
    switch (message.type) {
      case 'ready':
        this.loaded = true;
        this.sent = null;
        if (this.picture) this.show(this.picture);
        if (this.heat.length > 0) this.paint(this.heat);
        if (this.viewFiles?.current) this.post({ type: 'views', files: this.viewFiles.current });
        break;
      case 'openSource':
        void openSource(message);
        break;
      case 'openPanel':
        void vscode.commands.executeCommand(message.entity === null ? COMMANDS.openDiagram : COMMANDS.showInDiagram, message.entity ?? undefined);
        break;
      case 'saveFile':
        void saveExport(message);
        break;
      case 'runCommand':
        if (ALLOWED_COMMANDS.has(message.command)) void vscode.commands.executeCommand(message.command);
        break;
      case 'ask':
        void this.language.answer(message.question).then((answer) => this.post({ type: 'answer', answer }));
        break;
      case 'writeRelation':
        void writeRelation(this.language, message.plan);
        break;
      case 'writeViews':
        void this.viewFiles?.write(message).then((outcome) => this.post({ type: 'viewsWritten', folder: message.folder, outcome }));
        break;
      case 'viewsUnusable':
        void this.viewFiles?.tellUnusable(message);
        break;
      case 'failed':
        this.log.error(`diagram: ${message.message}`);
        break;
      default:
        message satisfies never;
    }
  }

  private post(message: ToDiagram): void {
    if (this.loaded) void this.webview.postMessage(message);
  }
}
