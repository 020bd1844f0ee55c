/**
 * The language server: carries messages between a connection and the language service, follows open documents and files, and tells the
 * client when the graph has changed. How an answer is made is the service's business.
 */
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RelationPlan } from '../core/edits/relationPlan';
import type { DiagramAnswer, DiagramQuestion } from '../protocol/diagramQuestions';
import {
  DIAGRAM_QUESTION_REQUEST,
  DIAGRAM_REQUEST,
  FINDING_EDIT_REQUEST,
  SUPPRESS_EDIT_REQUEST,
  GRAPH_CHANGED_NOTIFICATION,
  LIVE_CHECK_REQUEST,
  PROFILE_NOTIFICATION,
  RELATION_EDIT_REQUEST,
  type DiagramParams,
  type DiagramResult,
  type FindingEditParams,
  type SuppressEditParams,
  type FindingEditResult,
  type GraphChangedParams,
  type InitializationOptions,
  type LiveCheckParams,
  type LiveCheckResult,
  type ProfileParams,
  type WholeProfile,
} from '../protocol/lsp';
import { FIX_ALL_KIND } from '../service/codeActions';
import { REFACTORING_KIND } from '../service/refactorings';
import { defaultSettings, parseSettings, type ServiceSettings } from '../service/settings';
import { fromUri } from '../service/toLsp';
import { answerDiagram } from './answerDiagram';
import { DiagramVersions } from './diagramVersions';
import { createFence, guard, type Log } from './fence';
import { LensRefresh } from './lensRefresh';
import { createMemoryAtRest } from './memoryAtRest';
import { PublishedDiagnostics } from './publishedDiagnostics';
import { ReceivedFindings } from './receivedFindings';
import { openWorkspace, type Workspace } from './workspace';

/** How long the sources must be still before the client hears of a new graph: shorter than the time between two keys of one who types fast. */
const QUIET_MS = 60;
/** Where a graph takes long it is not made anew for each key: what is asked meanwhile, like completions, would wait for it. */
const LONGEST_QUIET_MS = 240;
const WATCHED = '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
const WATCHED_CONFIGURATION = '**/{package.json,tsconfig*.json,jsconfig.json,.gitignore}';
const EMPTY_DIAGRAM = { tables: [], edges: [], modules: [], problems: [] };

export function runServer(connection: Connection): void {
  new Server(connection).listen();
}

class Server {
  private readonly documents = new TextDocuments(TextDocument);
  private readonly log: Log;
  private folders: readonly string[] = [];
  private workspace: Workspace | null = null;
  private settings: ServiceSettings = defaultSettings;
  private profile: WholeProfile = { findings: [], relationStats: [] };
  private readonly receivedFindings = new ReceivedFindings();
  private client: InitializeParams['capabilities'] = {};
  private revision = 0;
  private readonly diagrams = new DiagramVersions();
  private graph: unknown = null;
  private ready = false;
  private timer: NodeJS.Timeout | null = null;
  /** How long the last refresh after an edit took. */
  private refreshMs = 0;
  private readonly memory = createMemoryAtRest();
  private readonly published: PublishedDiagnostics;
  private readonly lenses: LensRefresh;
  /** The open documents by their file. */
  private readonly textByFile = new Map<string, TextDocument>();

  constructor(private readonly connection: Connection) {
    this.log = { error: (message) => connection.console.error(message) };
    this.published = new PublishedDiagnostics(connection);
    this.lenses = new LensRefresh(connection, this.log);
  }

  listen(): void {
    this.connection.onInitialize((params) => this.initialize(params));
    this.connection.onInitialized(guard(this.log, 'initialized', () => this.initialized()));
    this.connection.onShutdown(() => {
      this.stopTimer();
      this.memory.stop();
    });
    this.followDocuments();
    this.answerRequests();
    this.documents.listen(this.connection);
    this.connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.client = params.capabilities;
    this.folders = foldersOf(params);
    const options = params.initializationOptions as InitializationOptions | undefined;
    this.settings = parseSettings(options?.settings);
    return {
      serverInfo: { name: 'Relation Lens' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        // Within strings only: a quote, a dot and a space begin a name there.
        completionProvider: { triggerCharacters: ['.', "'", '"', '`', ' '] },
        ...(options?.outline === false ? {} : { documentSymbolProvider: { label: 'Relation Lens' } }),
        codeLensProvider: { resolveProvider: false },
        inlayHintProvider: { resolveProvider: false },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL_KIND, REFACTORING_KIND] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  private initialized(): void {
    this.open();
    if (this.client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [WATCHED, WATCHED_CONFIGURATION].map((globPattern) => ({ globPattern }));
      void this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (this.client.workspace?.workspaceFolders)
      this.connection.workspace.onDidChangeWorkspaceFolders(
        guard(this.log, 'workspace folders', ({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => fromUri(uri)));
          this.folders = [...this.folders.filter((folder) => !gone.has(folder)), ...filesOf(added)];
          this.open();
        }),
      );
  }

  /** Opens the folders; the first scan happens once the messages that wait have been read. */
  private open(): void {
    this.workspace = openWorkspace(
      this.folders,
      (file) => this.openText(file),
      () => this.textByFile.keys(),
    );
    this.workspace.service.configure(this.settings);
    this.workspace.service.setProfile(this.profile);
    this.ready = false;
    this.schedule(0);
  }

  private openText(file: string): string | undefined {
    return this.textByFile.get(file)?.getText();
  }

  private followDocuments(): void {
    const follow = ({ document }: { document: TextDocument }): void => {
      const file = fromUri(document.uri);
      if (file === undefined) return;
      this.textByFile.set(file, document);
      this.changed(file);
    };
    this.documents.onDidOpen(guard(this.log, 'open', follow));
    this.documents.onDidChangeContent(guard(this.log, 'change', follow));
    this.documents.onDidClose(
      guard(this.log, 'close', ({ document }: { document: TextDocument }) => {
        const file = fromUri(document.uri);
        if (file === undefined) return;
        this.textByFile.delete(file);
        this.changed(file);
      }),
    );
    this.connection.onDidChangeWatchedFiles(
      guard(this.log, 'watched files', ({ changes }) => {
        for (const { uri, type } of changes) {
          const file = fromUri(uri);
          // An open document speaks for its file until it is closed.
          if (file !== undefined && (type !== FileChangeType.Changed || !this.textByFile.has(file))) this.changed(file);
        }
      }),
    );
    this.connection.onDidChangeConfiguration(
      guard(this.log, 'configuration', ({ settings }) => {
        const section = (settings as { relationLens?: unknown } | null)?.relationLens;
        if (section === undefined) return;
        this.settings = parseSettings(section);
        this.workspace?.service.configure(this.settings);
        this.refreshLenses();
        this.schedule(0);
      }),
    );
    this.connection.onNotification(
      PROFILE_NOTIFICATION,
      guard(this.log, 'profile', ({ changedFindings = [], ...profile }: ProfileParams) => {
        this.profile = { ...profile, findings: this.receivedFindings.take(profile, changedFindings) };
        this.workspace?.service.setProfile(this.profile);
        this.refreshLenses();
        this.schedule(0);
      }),
    );
  }

  private answerRequests(): void {
    const fence = createFence(this.log);
    const service = () => (this.isOn() ? this.workspace?.service : undefined);
    this.connection.onHover(fence('hover', null, ({ textDocument, position }) => service()?.hover(textDocument.uri, position) ?? null));
    this.connection.onDefinition(fence('definition', [], ({ textDocument, position }) => service()?.definition(textDocument.uri, position) ?? []));
    this.connection.onReferences(fence('references', [], ({ textDocument, position }) => service()?.references(textDocument.uri, position) ?? []));
    this.connection.onCompletion(fence('completion', [], ({ textDocument, position }) => service()?.completion(textDocument.uri, position) ?? []));
    this.connection.onDocumentSymbol(fence('outline', [], ({ textDocument }) => service()?.documentSymbols(textDocument.uri) ?? []));
    this.connection.onCodeLens(fence('code lens', [], ({ textDocument }) => service()?.codeLens(textDocument.uri) ?? []));
    this.connection.languages.inlayHint.on(
      fence('inlay hints', [], ({ textDocument, range }) => service()?.inlayHints(textDocument.uri, range) ?? []),
    );
    this.connection.onCodeAction(
      fence('code action', [], ({ textDocument, range, context }) => {
        // Asked on save, an editor names the kind; a light bulb wants the fixes of the place.
        const onlySource = context.only?.every((kind) => kind.startsWith(CodeActionKind.Source)) ?? false;
        if (onlySource) return service()?.fixAll(textDocument.uri) ?? [];
        const onlyFixes = context.only?.every((kind) => kind.startsWith(CodeActionKind.QuickFix)) ?? false;
        const rewrites = onlyFixes ? [] : (service()?.refactorings(textDocument.uri, range.start) ?? []);
        return [...(service()?.codeActions(textDocument.uri, range) ?? []), ...rewrites];
      }),
    );
    this.connection.onRequest(
      DIAGRAM_REQUEST,
      fence('diagram', this.diagram(null), (params: DiagramParams | null) => this.diagram(params)),
    );
    this.connection.onRequest(DIAGRAM_QUESTION_REQUEST, (question: DiagramQuestion): Promise<DiagramAnswer> =>
      answerDiagram(question, this.isOn() ? this.workspace : null, this.log),
    );
    this.connection.onRequest(
      LIVE_CHECK_REQUEST,
      fence('live check', null, ({ dataSources }: LiveCheckParams): LiveCheckResult => service()?.liveCheck(dataSources) ?? null),
    );
    const notWritten: FindingEditResult = { kind: 'declined', reason: 'The relation could not be written; the log of Relation Lens says why.' };
    this.connection.onRequest(
      RELATION_EDIT_REQUEST,
      fence('relation edit', notWritten, (plan: RelationPlan) => service()?.relationEdit(plan) ?? notWritten),
    );
    const failed: FindingEditResult = { kind: 'declined', reason: 'The edit could not be made; the log of Relation Lens says why.' };
    this.connection.onRequest(
      FINDING_EDIT_REQUEST,
      fence('finding edit', failed, ({ finding }: FindingEditParams) => service()?.findingEdit(finding) ?? failed),
    );
    this.connection.onRequest(
      SUPPRESS_EDIT_REQUEST,
      fence('suppress edit', failed, ({ finding, reason }: SuppressEditParams) => service()?.suppressEdit(finding, reason) ?? failed),
    );
  }

  /** In a workspace without typeorm nothing is read and nothing is said. */
  private isOn(): boolean {
    return this.ready && (this.workspace?.project.dependsOnTypeorm ?? false);
  }

  private diagram(params: DiagramParams | null): DiagramResult {
    const workspace = this.ready ? this.workspace : null;
    const dependsOnTypeorm = workspace?.project.dependsOnTypeorm ?? false;
    const answer = { revision: this.revision, ready: this.ready, dependsOnTypeorm, fileCount: workspace?.fileCount ?? 0 };
    if (!workspace || !dependsOnTypeorm) return { ...answer, model: EMPTY_DIAGRAM, focus: null };
    if (!params?.around) return { ...answer, ...this.diagrams.answer(workspace.service.diagram(), params?.held), focus: null };
    const around = workspace.service.diagramAround(params.around.uri, params.around.position, params.around.depth);
    return { ...answer, model: around?.model ?? EMPTY_DIAGRAM, focus: around?.focus ?? null };
  }

  private changed(file: string): void {
    this.workspace?.fileChanged(file);
    this.schedule(Math.min(LONGEST_QUIET_MS, Math.max(QUIET_MS, 2 * this.refreshMs)));
  }

  private schedule(delayMs: number): void {
    this.stopTimer();
    this.timer = setTimeout(
      guard(this.log, 'refresh', () => this.refreshTimed()),
      delayMs,
    );
  }

  private stopTimer(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private refreshTimed(): void {
    const first = !this.ready;
    const start = performance.now();
    this.refresh();
    // The first one reads everything, which no later one does.
    this.refreshMs = first ? 0 : performance.now() - start;
  }

  private refresh(): void {
    const { workspace } = this;
    if (!workspace) return;
    this.memory.worked();
    const first = !this.ready;
    this.ready = true;
    if (!workspace.project.dependsOnTypeorm) {
      if (first || this.graph !== null) this.announce(null, { revision: ++this.revision, entityCount: 0, problemCount: 0 });
      this.published.update(new Map());
      return;
    }
    const graph = workspace.service.graph();
    if (first || graph !== this.graph)
      this.announce(graph, { revision: ++this.revision, entityCount: graph.entities.length, problemCount: graph.problems.length });
    this.published.update(workspace.service.diagnostics());
  }

  private announce(graph: unknown, params: GraphChangedParams): void {
    this.graph = graph;
    void this.connection.sendNotification(GRAPH_CHANGED_NOTIFICATION, params);
    this.refreshLenses();
  }

  private refreshLenses(): void {
    if (this.ready) this.lenses.refresh(this.client.workspace);
  }
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  return filesOf(workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []));
}

function filesOf(folders: readonly { readonly uri: string }[]): string[] {
  return folders.flatMap(({ uri }) => fromUri(uri) ?? []);
}
