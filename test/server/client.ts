/** Starts the built server as an editor would, and talks the Language Server Protocol with it. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import type { Diagnostic, Hover } from 'vscode-languageserver-types';
import { GRAPH_CHANGED_NOTIFICATION, SERVER_NODE_FLAGS, type GraphChangedParams, type InitializationOptions } from '../../src/protocol/lsp';
import { toUri } from '../../src/service/toLsp';

const SERVER = path.resolve(__dirname, '../../dist/server.js');

export interface Client {
  readonly connection: MessageConnection;
  readonly folder: string;
  /** The server's process. */
  readonly pid: number | undefined;
  readonly capabilities: Record<string, unknown>;
  /** Everything the client was asked to register. */
  readonly registered: unknown[];
  uri(file: string): string;
  open(file: string, text?: string): void;
  change(file: string, text: string): void;
  close(file: string): void;
  write(file: string, text: string): void;
  hover(file: string, line: number, character: number): Promise<string | null>;
  /** The next diagnostics of a file that pass the test; waits for them. */
  diagnostics(file: string, test: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** How often the client was asked to ask for hints anew. */
  hintRefreshes(): number;
  graphChanged(test?: (params: GraphChangedParams) => boolean): Promise<GraphChangedParams>;
  stop(): Promise<number | null>;
}

export type Files = Readonly<Record<string, string>>;

/** A folder of its own per client, removed with it. */
export async function startClient(files: Files, transport: 'stdio' | 'ipc' = 'stdio', options: InitializationOptions = {}): Promise<Client> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-server-'))).replaceAll('\\', '/');
  for (const [file, text] of Object.entries(files)) writeInto(folder, file, text);
  const child = startProcess(transport);
  const connection = connect(child, transport);
  const published = new Latest<{ uri: string; diagnostics: Diagnostic[] }>();
  const graphs = new Latest<GraphChangedParams>();
  const registered: unknown[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) => published.add(params));
  connection.onNotification(GRAPH_CHANGED_NOTIFICATION, (params: GraphChangedParams) => graphs.add(params));
  connection.onRequest('client/registerCapability', ({ registrations }: { registrations: unknown[] }) => void registered.push(...registrations));
  connection.onRequest('workspace/codeLens/refresh', () => null);
  let hintRefreshes = 0;
  connection.onRequest('workspace/inlayHint/refresh', () => {
    hintRefreshes++;
    return null;
  });
  connection.listen();
  const { capabilities } = await connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: toUri(folder), name: 'app' }],
    initializationOptions: options,
    capabilities: {
      workspace: {
        workspaceFolders: true,
        didChangeWatchedFiles: { dynamicRegistration: true },
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
      },
    },
  });
  void connection.sendNotification('initialized', {});
  const uri = (file: string): string => toUri(`${folder}/${file}`);
  let version = 1;
  return {
    connection,
    hintRefreshes: () => hintRefreshes,
    folder,
    pid: child.pid,
    capabilities,
    registered,
    uri,
    open: (file, text = files[file] ?? '') =>
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(file), languageId: 'typescript', version, text } }),
    change: (file, text) =>
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(file), version: ++version },
        contentChanges: [{ text }],
      }),
    close: (file) => void connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(file) } }),
    write: (file, text) => {
      const type = fs.existsSync(path.join(folder, file)) ? 2 : 1;
      writeInto(folder, file, text);
      void connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri(file), type }] });
    },
    hover: async (file, line, character) => {
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: uri(file) },
        position: { line, character },
      });
      return hover && (hover.contents as { value: string }).value;
    },
    diagnostics: async (file, test) => (await published.next((params) => params.uri === uri(file) && test(params.diagnostics))).diagnostics,
    graphChanged: (test = () => true) => graphs.next(test),
    stop: async () => {
      const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      void connection.sendNotification('exit');
      const status = await exited;
      connection.dispose();
      fs.rmSync(folder, { recursive: true, force: true });
      return status;
    },
  };
}

function startProcess(transport: 'stdio' | 'ipc'): ChildProcess {
  if (transport === 'stdio') return spawn(process.execPath, [...SERVER_NODE_FLAGS, SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  return spawn(process.execPath, [...SERVER_NODE_FLAGS, SERVER, '--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

function connect(child: ChildProcess, transport: 'stdio' | 'ipc'): MessageConnection {
  if (transport === 'ipc') return createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  if (!child.stdout || !child.stdin) throw new Error('the server has no standard streams');
  return createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
}

function writeInto(folder: string, file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}

/** Remembers what came, so that nobody waits for something that is there already. */
class Latest<T> {
  private readonly items: T[] = [];
  private waiting: (() => void)[] = [];

  add(item: T): void {
    this.items.push(item);
    const waiting = this.waiting;
    this.waiting = [];
    for (const wake of waiting) wake();
  }

  /** The newest item that passes, once there is one; items are judged in the order of their coming, and what was taken is gone. */
  async next(test: (item: T) => boolean): Promise<T> {
    for (;;) {
      const found = this.items.findIndex(test);
      const item = this.items[found];
      if (item !== undefined) {
        this.items.splice(0, found + 1);
        return item;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }
}
