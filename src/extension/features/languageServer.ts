/** Starts dist/server.js and carries our own messages to it. Loaded only when there is something to serve. */
import * as vscode from 'vscode';
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import type { Finding, LiveDataSource } from '../../protocol/collector';
import type { RelationPlan } from '../../protocol/diagramPanel';
import type { DiagramAnswer, DiagramQuestion } from '../../protocol/diagramQuestions';
import {
  DIAGRAM_QUESTION_REQUEST,
  DIAGRAM_REQUEST,
  FINDING_EDIT_REQUEST,
  SUPPRESS_EDIT_REQUEST,
  GRAPH_CHANGED_NOTIFICATION,
  LIVE_CHECK_REQUEST,
  PROFILE_NOTIFICATION,
  RELATION_EDIT_REQUEST,
  SERVER_NODE_FLAGS,
  type DiagramParams,
  type DiagramResult,
  type FindingEditResult,
  type GraphChangedParams,
  type InitializationOptions,
  type LiveCheckResult,
  type ProfileParams,
} from '../../protocol/lsp';

const LANGUAGES = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'];

export interface LanguageServer {
  diagram(params: DiagramParams, token?: vscode.CancellationToken): Promise<DiagramResult>;
  answer(question: DiagramQuestion): Promise<DiagramAnswer>;
  relationEdit(plan: RelationPlan): Promise<FindingEditResult>;
  findingEdit(finding: Finding): Promise<FindingEditResult>;
  suppressEdit(finding: Finding, reason: string): Promise<FindingEditResult>;
  liveCheck(dataSources: readonly LiveDataSource[]): Promise<LiveCheckResult>;
  sendProfile(profile: ProfileParams): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerEvents {
  graphChanged(params: GraphChangedParams): void;
  /** The server runs, for the first time or again after it broke down; it then knows nothing of a profile. */
  running(): void;
}

export interface ServerSurroundings {
  readonly extensionUri: vscode.Uri;
  /** Where Node.js (from 22 on) keeps the server's code as V8 has compiled it, so that the next window need not compile it again. */
  readonly cacheFolder: string;
  /** Where the server's words go: with the extension's own, so that there is one log to look at. */
  readonly log: vscode.LogOutputChannel;
}

export async function startLanguageServer({ extensionUri, cacheFolder, log }: ServerSurroundings, events: ServerEvents): Promise<LanguageServer> {
  const module = vscode.Uri.joinPath(extensionUri, 'dist', 'server.js').fsPath;
  const env = { NODE_COMPILE_CACHE: cacheFolder };
  const client = new LanguageClient(
    'relationLens',
    'Relation Lens',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [...SERVER_NODE_FLAGS], env } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...SERVER_NODE_FLAGS, '--nolazy', '--inspect=6137'], env } },
    },
    {
      documentSelector: LANGUAGES.map((language) => ({ language, scheme: 'file' })),
      synchronize: { configurationSection: 'relationLens' },
      // VS Code's own outline of a class stands in the breadcrumbs; a second one would push it aside.
      initializationOptions: { settings: vscode.workspace.getConfiguration('relationLens'), outline: false } satisfies InitializationOptions,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: {
        isTrusted: {
          enabledCommands: [
            'relationLens.showInDiagram',
            'relationLens.showDeleteImpact',
            'relationLens.showLoadImpact',
            'relationLens.openSite',
            'relationLens.openProfiler',
          ],
        },
        supportHtml: false,
      },
    },
  );
  client.onNotification(GRAPH_CHANGED_NOTIFICATION, (params: GraphChangedParams) => events.graphChanged(params));
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) events.running();
  });
  await client.start();
  return {
    // Without a token, `undefined` would travel as a second parameter.
    diagram: (params, token) => (token ? client.sendRequest(DIAGRAM_REQUEST, params, token) : client.sendRequest(DIAGRAM_REQUEST, params)),
    relationEdit: (plan) => client.sendRequest(RELATION_EDIT_REQUEST, plan),
    answer: (question) => client.sendRequest(DIAGRAM_QUESTION_REQUEST, question),
    findingEdit: (finding) => client.sendRequest(FINDING_EDIT_REQUEST, { finding }),
    suppressEdit: (finding, reason) => client.sendRequest(SUPPRESS_EDIT_REQUEST, { finding, reason }),
    liveCheck: (dataSources) => client.sendRequest(LIVE_CHECK_REQUEST, { dataSources }),
    sendProfile: (profile) => client.sendNotification(PROFILE_NOTIFICATION, profile),
    stop: () => client.dispose(),
  };
}
