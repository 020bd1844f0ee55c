import * as vscode from 'vscode';
import type { Finding, LiveDataSource } from '../../protocol/collector';
import type { RelationPlan } from '../../protocol/diagramPanel';
import type { DiagramAnswer, DiagramQuestion } from '../../protocol/diagramQuestions';
import type { DiagramParams, DiagramResult, FindingEditResult, GraphChangedParams, LiveCheckResult, ProfileParams } from '../../protocol/lsp';
import type { LanguageServer, ServerSurroundings } from './languageServer';
import { WholeDiagram } from './wholeDiagram';

const noServer = 'The language server is not running. Run “Relation Lens: Restart Language Server” and try again.';

/**
 * The language server as the rest of the extension sees it: started only once it is switched on, asked through plain methods,
 * and silent (null) while it is not there. The client library is loaded with it, not before.
 */
export class LanguageService implements vscode.Disposable {
  private readonly graphChanged = new vscode.EventEmitter<GraphChangedParams>();
  private readonly stateChanged = new vscode.EventEmitter<void>();
  private server: Promise<LanguageServer> | null = null;
  private failure: string | null = null;
  private entities: number | null = null;
  private readonly whole = new WholeDiagram();

  /** The graph of the workspace changed, or is there for the first time. */
  readonly onDidChangeGraph = this.graphChanged.event;
  /** The server was started (again), has failed, or was switched off. */
  readonly onDidChangeState = this.stateChanged.event;

  constructor(private readonly surroundings: ServerSurroundings) {}

  /** Entities in the whole graph; null before the server has told. */
  get entityCount(): number | null {
    return this.entities;
  }

  /** Why there is no server; null where there is one, or none was asked for. */
  get error(): string | null {
    return this.failure;
  }

  switchOn(): void {
    if (this.server) return;
    this.failure = null;
    this.server = this.start();
    // `running` is told before the client is handed over: whoever asks then waits for it here.
    this.server.catch((error: unknown) => {
      this.failure = error instanceof Error ? error.message : String(error);
      this.surroundings.log.error(`language server: ${this.failure}`);
      this.stateChanged.fire();
    });
  }

  async switchOff(): Promise<void> {
    const { server } = this;
    this.server = null;
    this.failure = null;
    this.entities = null;
    await (await server?.catch(() => null))?.stop();
    if (server) this.stateChanged.fire();
  }

  async restart(): Promise<void> {
    await this.switchOff();
    this.switchOn();
  }

  async diagram(params: DiagramParams, token?: vscode.CancellationToken): Promise<DiagramResult | null> {
    return this.ask((server) => (params.around ? server.diagram(params, token) : this.whole.ask((held) => server.diagram(held, token))), null);
  }

  /** Answers a diagram's question; where there is no server, the answer says so. */
  async answer(question: DiagramQuestion): Promise<DiagramAnswer> {
    return this.ask((server) => server.answer(question), {
      kind: 'failed',
      question: question.kind,
      reason: noServer,
    });
  }

  async relationEdit(plan: RelationPlan): Promise<FindingEditResult> {
    return this.ask((server) => server.relationEdit(plan), { kind: 'declined', reason: noServer });
  }

  async findingEdit(finding: Finding): Promise<FindingEditResult> {
    return this.ask((server) => server.findingEdit(finding), {
      kind: 'declined',
      reason: noServer,
    });
  }

  async suppressEdit(finding: Finding, reason: string): Promise<FindingEditResult> {
    return this.ask((server) => server.suppressEdit(finding, reason), { kind: 'declined', reason: noServer });
  }

  /** Null while the sources are not read, or there is no server. */
  async liveCheck(dataSources: readonly LiveDataSource[]): Promise<LiveCheckResult> {
    return this.ask((server) => server.liveCheck(dataSources), null);
  }

  sendProfile(profile: ProfileParams): void {
    void this.ask((server) => server.sendProfile(profile), undefined);
  }

  dispose(): void {
    this.graphChanged.dispose();
    this.stateChanged.dispose();
    void this.switchOff();
  }

  private async start(): Promise<LanguageServer> {
    const { startLanguageServer } = await import('./languageServer.js');
    return startLanguageServer(this.surroundings, {
      graphChanged: (params) => {
        this.entities = params.entityCount;
        this.graphChanged.fire(params);
      },
      running: () => this.stateChanged.fire(),
    });
  }

  private async ask<T>(question: (server: LanguageServer) => Promise<T>, otherwise: T): Promise<T> {
    try {
      const server = await this.server;
      return server ? await question(server) : otherwise;
    } catch {
      // Cancelled by newer work, or the server is restarting: the next change asks again. The client's log has the details.
      return otherwise;
    }
  }
}
