/**
 * One socket, and the runs that come through it. A watcher (nodemon, `node --watch`) starts the app anew again and again with the
 * same environment: each start is a run of its own, so that before and after can be compared.
 */
import type { SuppressedHere, SuppressEntry } from '../core/profile/suppressEntries';
import type { Explanation, ProcessIds, ProfileUpdate } from '../protocol/collector';
import type { Pause, PauseOn } from '../protocol/pauses';
import type { HelloEvent, ProbeEvent } from '../protocol/probe';
import { preloadEnvironment } from './preloadEnvironment';
import { openProbeServer, type ProbeListener, type ProbeServer } from './probeServer';
import { Questions } from './questions';
import { Run, type RunOptions } from './run';
import { ThreadTime } from './threadTime';
import { UpdateTimer } from './updateTimer';

/** Silence from which nothing more is waited for, where no process that said hello is left. */
const QUIET_MS = 2_000;
/** A process of another container looks as if it were gone, and may go on talking. */
const LONGEST_DRAIN_MS = 60_000;
/** How long an app is heard that is only detached from and goes on talking. */
const ALIVE_DRAIN_MS = 200;
const KEPT_RUNS = 5;

export interface RunSessionOptions extends Omit<RunOptions, 'startedAtMs'> {
  readonly probePath: string;
  /** Every process belongs to the one run. */
  readonly oneRun?: boolean;
  /** Also watch which properties of entities the app reads. */
  readonly watchReads?: boolean;
  readonly pauseOn?: PauseOn;
  readonly onUpdate: (update: ProfileUpdate) => void;
}

export class RunSession implements ProbeListener {
  readonly id: string;
  private readonly runs: Run[] = [];
  private readonly runOf = new Map<number, Run>();
  private readonly threads = new Map<number, ThreadTime>();
  private readonly questions = new Questions((processId, question) => this.server?.ask(processId, question) ?? false);
  private server: ProbeServer | undefined;
  private readonly updates = new UpdateTimer(() => this.update());
  private started = 0;
  private ending: Promise<void> | undefined;
  private pauseOn: PauseOn;
  private pauses: Pause[] = [];
  /** Processes that have not said goodbye, by their main threads. */
  private readonly unfinished = new Map<number, ProcessIds>();
  private cutShort: ProcessIds[] = [];
  private suppressed: readonly SuppressEntry[];

  /** @throws where no socket can be opened */
  static async open(options: RunSessionOptions): Promise<RunSession> {
    const session = new RunSession(options);
    session.server = await openProbeServer(session);
    session.updates.fire();
    return session;
  }

  private constructor(private readonly options: RunSessionOptions) {
    this.id = options.id;
    this.pauseOn = options.pauseOn ?? {};
    this.suppressed = options.suppress ?? [];
    this.startRun();
  }

  get env(): Record<string, string> {
    const { server, options, pauseOn } = this;
    return server ? preloadEnvironment(options.probePath, server.socketPath, server.token, options.watchReads, pauseOn) : {};
  }

  /** The session's own id means its latest run. */
  findRun(runId: string): Run | undefined {
    return this.runs.find(({ id }) => id === runId) ?? (runId === this.id ? this.runs.at(-1) : undefined);
  }

  /** How the database would run a query of the run. */
  async explain(runId: string, scope: number, query: number): Promise<Explanation> {
    const run = this.findRun(runId);
    return run
      ? run.explain(scope, query, (processId, question) => this.questions.ask(processId, question))
      : { whyNot: 'This run is not known any more.' };
  }

  /** What the app shall be paused at from now on. */
  setPauseOn(on: PauseOn): void {
    this.pauseOn = on;
    for (const processId of this.runOf.keys()) this.server?.ask(processId, { q: 'pauseOn', id: 0, on });
  }

  /** What the user has said no to, in this run and in those to come. */
  suppress(entries: readonly SuppressEntry[]): void {
    this.suppressed = entries;
    for (const run of this.runs) run.suppress(entries);
    this.updates.changed();
  }

  /** A comment written for what the runs so far have found; those to come read it. */
  suppressHere(said: SuppressedHere): void {
    for (const run of this.runs) run.suppressHere(said);
    this.updates.changed();
  }

  connected(processId: number, hello: HelloEvent): void {
    if (this.current.hasEnded) {
      this.updates.fire();
      this.startRun();
    }
    this.runOf.set(processId, this.current);
    this.threads.set(processId, new ThreadTime(hello, (event, line) => this.hear(processId, event, line)));
    if (hello.thread === undefined) this.unfinished.set(processId, { pid: hello.pid, ppid: hello.ppid });
    this.current.connected(processId, hello);
    if (Object.keys(this.pauseOn).length > 0) this.server?.ask(processId, { q: 'pauseOn', id: 0, on: this.pauseOn });
    this.updates.changed();
  }

  event(processId: number, event: ProbeEvent, line: string): void {
    if (event.e === 'answer') return this.questions.answered(event);
    if (event.e === 'bye') this.unfinished.delete(processId);
    this.threads.get(processId)?.event(event, line);
  }

  /** A thread of an app stands still in its debugger (`to` null), or goes on again. */
  stoodStill(thread: string, from: number, to: number | null): void {
    for (const time of this.threads.values()) if (time.thread === thread) time.stoodStill(from, to);
  }

  disconnected(processId: number): void {
    this.questions.gone(processId);
    this.noteCutShort(processId);
    this.threads.get(processId)?.end();
    this.threads.delete(processId);
    const run = this.runOf.get(processId);
    run?.disconnected(processId);
    this.runOf.delete(processId);
    // At once, not when the session ends: whoever owns the session may be killed rather than end it.
    if (run?.isOver && !this.options.oneRun) void run.end();
    this.updates.changed();
  }

  refused(reason: string): void {
    this.current.refused(reason);
    this.updates.changed();
  }

  /** Waits for what processes that ended have still said, tells it, and removes the socket. */
  end(): Promise<void> {
    this.ending ??= this.endOnce();
    return this.ending;
  }

  private async endOnce(): Promise<void> {
    await (this.isAnyAppAlive() ? this.server?.drained(ALIVE_DRAIN_MS, ALIVE_DRAIN_MS) : this.server?.drained(QUIET_MS, LONGEST_DRAIN_MS));
    await this.server?.close();
    this.updates.stop();
    await this.current.end();
    this.updates.fire();
  }

  private hear(processId: number, event: ProbeEvent, line: string): void {
    const run = this.runOf.get(processId);
    if (event.e === 'pause' && run) this.pauses.push(run.pause(processId, event));
    run?.event(processId, event, line);
    if (event.e === 'scopeEnd') this.updates.ended();
    else this.updates.changed();
  }

  private noteCutShort(processId: number): void {
    const process = this.unfinished.get(processId);
    if (process) this.cutShort.push(process);
    this.unfinished.delete(processId);
  }

  private get current(): Run {
    return this.runs.at(-1) ?? this.startRun();
  }

  private startRun(): Run {
    const { id, name, cwd, recordingsFolder, recordingFile, history, thresholds, redact } = this.options;
    const number = ++this.started;
    const run = new Run({
      id: number === 1 ? id : `${id}.${number}`,
      name,
      cwd,
      startedAtMs: Date.now(),
      recordingsFolder,
      history,
      ...(recordingFile && number === 1 ? { recordingFile } : {}),
      ...(thresholds ? { thresholds } : {}),
      ...(redact ? { redact } : {}),
      suppress: this.suppressed,
    });
    this.runs.push(run);
    this.runs.splice(0, this.runs.length - KEPT_RUNS);
    return run;
  }

  /** An app that is only detached from goes on talking: there is no end to wait for. */
  private isAnyAppAlive(): boolean {
    return this.current.info().pids.some(isAlive);
  }

  private update(): void {
    const pauses = this.pauses.splice(0);
    const cutShort = this.cutShort.splice(0);
    this.options.onUpdate({
      ...this.current.takeUpdate(),
      ...(pauses.length > 0 ? { pauses } : {}),
      ...(cutShort.length > 0 ? { cutShort } : {}),
    });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
