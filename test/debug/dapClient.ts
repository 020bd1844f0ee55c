/** A small DAP client over a real adapter process: it answers `startDebugging` by running the app, as the JavaScript debugger would. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { CHILD_ENDED_REQUEST, STOP_CHILD_EVENT } from '../../src/protocol/debug';

export interface StartedChild {
  readonly request: 'launch' | 'attach';
  readonly configuration: Readonly<Record<string, unknown>> & {
    readonly program?: string;
    readonly args?: readonly string[];
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string | null>>;
  };
}

export class DapClient {
  readonly events: DebugProtocol.Event[] = [];
  readonly children: StartedChild[] = [];
  /** What the app wrote, in the child session. */
  appOutput = '';
  /** False: the client starts no app, it only notes what it was asked for. */
  runsApps = true;
  /** False: `startDebugging` is refused with this message. */
  refusal: string | null = null;
  /** False: the client leaves the adapter's plea to stop the child unheard. */
  stopsChildren = true;
  /** True: the client says of an app's end that nobody asked for it and no exit code was told. */
  endsSilently = false;

  readonly exited: Promise<number | null>;
  private readonly adapter: ChildProcess;
  private app: ChildProcess | null = null;
  private buffer = Buffer.alloc(0);
  private seq = 1;
  private readonly waiting = new Map<number, (response: DebugProtocol.Response) => void>();
  private readonly watchers = new Set<() => void>();

  /** @param nodeArgs Node's own, for the adapter */
  constructor(adapterFile: string, storageFolder: string, nodeArgs: readonly string[] = []) {
    this.adapter = spawn(process.execPath, [...nodeArgs, adapterFile, storageFolder], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.adapter.stdout!.on('data', (chunk: Buffer) => this.read(chunk));
    // What is written to an adapter that is ending is lost, as in an editor; `until` tells of its end.
    this.adapter.stdin!.on('error', () => undefined);
    this.exited = new Promise((resolve) => this.adapter.once('exit', resolve));
  }

  async send(command: string, args: unknown = {}): Promise<DebugProtocol.Response> {
    const seq = this.seq++;
    const response = new Promise<DebugProtocol.Response>((resolve) => this.waiting.set(seq, resolve));
    this.write({ seq, type: 'request', command, arguments: args });
    return response;
  }

  async initialize(capabilities: Partial<DebugProtocol.InitializeRequestArguments> = {}): Promise<DebugProtocol.Capabilities> {
    const response = await this.send('initialize', {
      adapterID: 'typeorm',
      pathFormat: 'path',
      supportsStartDebuggingRequest: true,
      ...capabilities,
    });
    return response.body as DebugProtocol.Capabilities;
  }

  /** Resolves with the first event, past or future, that fits. */
  async event<B>(name: string, fits: (body: B) => boolean = () => true): Promise<B> {
    const isIt = (event: DebugProtocol.Event) => event.event === name && fits(event.body as B);
    return (await this.until(() => this.events.find(isIt), name)).body as B;
  }

  /** Polls whenever the adapter or the app says something. */
  until<T>(found: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const value = found();
        if (value === undefined) return;
        this.watchers.delete(look);
        resolve(value);
      };
      this.watchers.add(look);
      void this.exited.then(() => reject(new Error(`The adapter ended before: ${what}`)));
      look();
    });
  }

  stopApp(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.app?.kill(signal);
  }

  dispose(): void {
    this.app?.kill('SIGKILL');
    this.adapter.kill('SIGKILL');
  }

  private runApp({ program, args = [], cwd, env = {} }: StartedChild['configuration']): void {
    const all = Object.fromEntries(Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
    const app = spawn(process.execPath, [String(program), ...args], { cwd, env: all });
    this.app = app;
    const hear = (chunk: Buffer) => {
      this.appOutput += chunk.toString('utf8');
      this.look();
    };
    app.stdout.on('data', hear);
    app.stderr.on('data', hear);
    app.once('exit', () => void this.send(CHILD_ENDED_REQUEST, { silently: this.endsSilently }));
  }

  private read(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const headerEnd = this.buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.buffer.toString('utf8', 0, Math.max(0, headerEnd)))?.[1]);
      if (headerEnd < 0 || this.buffer.length < headerEnd + 4 + length) return;
      const message = this.buffer.toString('utf8', headerEnd + 4, headerEnd + 4 + length);
      this.buffer = this.buffer.subarray(headerEnd + 4 + length);
      this.receive(JSON.parse(message) as DebugProtocol.ProtocolMessage);
    }
  }

  private receive(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'event') this.receiveEvent(message as DebugProtocol.Event);
    if (message.type === 'request') this.receiveRequest(message as DebugProtocol.Request);
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      this.waiting.get(response.request_seq)?.(response);
      this.waiting.delete(response.request_seq);
    }
    this.look();
  }

  private receiveEvent(event: DebugProtocol.Event): void {
    this.events.push(event);
    if (event.event === STOP_CHILD_EVENT && this.stopsChildren) this.stopApp();
  }

  private receiveRequest(request: DebugProtocol.Request): void {
    const success = request.command === 'startDebugging' && this.refusal === null;
    this.write({
      seq: this.seq++,
      type: 'response',
      request_seq: request.seq,
      command: request.command,
      success,
      message: this.refusal ?? undefined,
    });
    if (!success) return;
    const child = request.arguments as StartedChild;
    this.children.push(child);
    if (this.runsApps) this.runApp(child.configuration);
  }

  private write(message: unknown): void {
    const body = JSON.stringify(message);
    this.adapter.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  private look(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
