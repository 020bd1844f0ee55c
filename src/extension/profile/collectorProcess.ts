import { fork, type ChildProcess } from 'node:child_process';
import type { CollectorMethod, CollectorRequests, FromCollector, ProfileUpdate, ToCollector } from '../../protocol/collector';
import type { RunSource } from './profileStore';

/** Variables that a Node child of the editor must not inherit: they belong to the editor's own debugging. */
const REMOVED = ['NODE_OPTIONS', 'VSCODE_INSPECTOR_OPTIONS'];

/**
 * The collector of ordinary Node launches: dist/collector.js in a process of its own, started with the first run and kept until the
 * window closes, so that runs stay open to questions and comparable with each other.
 */
export class CollectorProcess implements RunSource {
  private child: ChildProcess | null = null;
  private nextId = 1;
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();

  constructor(
    private readonly modulePath: string,
    /** Where recordings and the measures of earlier runs are kept. */
    private readonly storageFolder: string,
    private readonly onUpdate: (update: ProfileUpdate) => void,
    private readonly log: (line: string) => void,
  ) {}

  /** @throws where the collector cannot be started, dies meanwhile, or answers with an error */
  async request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']> {
    const child = (this.child ??= this.start());
    const id = this.nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    const message = { type: 'request', id, method, params } as ToCollector;
    child.send(message, (error) => {
      if (error) this.settle(id, (waiting) => waiting.reject(error));
    });
    return (await answer) as CollectorRequests[M]['result'];
  }

  dispose(): void {
    this.child?.kill();
    this.gone('The extension was closed.');
  }

  private start(): ChildProcess {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !REMOVED.includes(name)));
    const child = fork(this.modulePath, [this.storageFolder], { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, execArgv: [], silent: true });
    child.on('message', (message: FromCollector) => this.receive(message));
    child.on('error', (error) => this.log(`collector: ${error.message}`));
    child.stderr?.on('data', (data: Buffer) => this.log(`collector: ${data.toString('utf8').trimEnd()}`));
    child.on('exit', (code, signal) => {
      if (this.child === child) this.gone(`The collector ended (${signal ?? `exit code ${code}`}).`);
    });
    return child;
  }

  private receive(message: FromCollector): void {
    if (message.type === 'update') this.onUpdate(message.update);
    else this.settle(message.id, (waiting) => (message.ok ? waiting.resolve(message.result) : waiting.reject(new Error(message.error))));
  }

  private settle(id: number, how: (waiting: { resolve(result: unknown): void; reject(error: Error): void }) => void): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiting) how(waiting);
  }

  /** Nobody waits for a process that is gone; the next request starts a new one. */
  private gone(reason: string): void {
    this.child = null;
    for (const id of [...this.waiting.keys()]) this.settle(id, ({ reject }) => reject(new Error(reason)));
  }
}
