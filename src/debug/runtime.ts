/**
 * One profiled debug run, without a word of DAP: checks that the configuration can run, opens a run at the collector, and makes
 * the child session's configuration. The outside world (disk, processes, collector) is handed in.
 */
import * as path from 'node:path';
import type { CollectorMethod, CollectorRequests, ProfileUpdate } from '../protocol/collector';
import { SUPPRESS_PROPERTY } from '../protocol/debug';
import { usualPauses, type PauseOn } from '../protocol/pauses';
import { childConfiguration, profiledEnvironment, type ChildConfiguration, type TypeormArguments } from './childConfiguration';
import { atLoopback, portOfThisMachine } from './attachTarget';
import { parseEnvFile } from './envFile';
import type { PortAnswer } from './inspectorPort';
import { LaunchFailure, nobodyListens, noInspector, nothingToRun, programMissing, workingDirectoryMissing } from './launchErrors';

/** The collector as this process sees it. */
export interface RunCollector {
  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']>;
  /** Called for every update until disposed. */
  onUpdate(listener: (update: ProfileUpdate) => void): void;
  dispose(): Promise<void>;
}

export interface RuntimeHost {
  /** What the app would have preloaded. */
  readonly probeFile: string;
  /** Whether a file or folder is there. */
  isFile(file: string): boolean;
  isFolder(folder: string): boolean;
  /** Throws where the file cannot be read. */
  readText(file: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Who listens at a port of this machine; nobody is asked again until `patienceMs` are over. */
  askInspectorPort(address: string, port: number, patienceMs: number): Promise<PortAnswer>;
  /** Asks a process to end; a process that is gone already is no error. */
  terminate(pid: number): void;
  /** The process that has started this one: the editor's, which starts the app as well. */
  readonly editorPid: number;
}

/** What is known of an app that ended without a word of its debugger: nothing at all (`unheard`), or that it had no time for its own. */
export type SilentEnd = { readonly kind: 'unheard' } | { readonly kind: 'cutShort'; readonly pid: number };

export interface PreparedLaunch {
  readonly configuration: ChildConfiguration;
  /** Why the run goes unprofiled although it was to be profiled; null where all is well. */
  readonly unprofiled: string | null;
}

/** As the JavaScript debugger has it. */
const DEFAULT_ATTACH_PATIENCE_MS = 10_000;

export class DebugRuntime {
  private runId: string | null = null;
  private pids: readonly number[] = [];
  private silentEnd: SilentEnd | null = null;
  /** Of the configuration, or changed since. */
  private configuredPauses: PauseOn = {};
  /** Of the exception breakpoints, which may name thresholds of their own. */
  private chosenPauses: PauseOn = {};

  constructor(
    private readonly collector: RunCollector,
    private readonly host: RuntimeHost,
    onUpdate: (update: ProfileUpdate) => void,
  ) {
    collector.onUpdate((update) => {
      if (this.isCurrent(update.run.id)) this.note(update);
      onUpdate(update);
    });
  }

  /** @throws LaunchFailure where the configuration cannot run */
  async prepareLaunch(configuration: TypeormArguments): Promise<PreparedLaunch> {
    this.checkLaunch(configuration);
    if (configuration.profile === false) return { configuration: childConfiguration(configuration, undefined, null), unprofiled: null };
    try {
      const run = await this.startRun(configuration);
      const env = profiledEnvironment(configuration, { ...this.host.env, ...this.envFile(configuration) }, run.env);
      return { configuration: childConfiguration(configuration, env, run.preload), unprofiled: null };
    } catch (error) {
      return { configuration: childConfiguration(configuration, undefined, null), unprofiled: messageOf(error) };
    }
  }

  /** The configuration's `envFile` where there is none: the JavaScript debugger runs the app without a word of it. */
  missingEnvFile({ envFile }: TypeormArguments): string | null {
    return envFile === undefined || this.host.isFile(envFile) ? null : envFile;
  }

  /**
   * An app that is attached to runs already: its environment, and so the profiler, were decided when it was started.
   * @throws LaunchFailure where no app waits for a debugger
   */
  async prepareAttach(configuration: TypeormArguments): Promise<ChildConfiguration> {
    const attach = atLoopback(configuration);
    await this.checkAttach(attach);
    return childConfiguration(attach, undefined, configuration.profile === false ? null : this.host.probeFile);
  }

  request<M extends CollectorMethod>(method: M, params: CollectorRequests[M]['params']): Promise<CollectorRequests[M]['result']> {
    return this.collector.request(method, params);
  }

  /** What the exception breakpoints say: from the app's start, or from now on. */
  setChosenPauses(on: PauseOn): Promise<void> {
    this.chosenPauses = on;
    return this.tellPauses();
  }

  /** What the configuration would say now. */
  setConfiguredPauses(kinds: unknown): Promise<void> {
    this.configuredPauses = usualPauses(kinds);
    return this.tellPauses();
  }

  /** Asks the app's processes to end, as far as the probe has named them. */
  terminateApp(): void {
    for (const pid of this.pids) this.host.terminate(pid);
  }

  /** Ends the current run; its last update has been delivered, and is part of it, when this resolves. */
  async endRun(): Promise<void> {
    const { runId } = this;
    if (runId === null) return;
    try {
      await this.collector.request('endRun', { runId });
    } finally {
      this.runId = null;
      this.pids = [];
    }
  }

  /** What is to be said of the last run's app where its debugger said nothing; null where it ended as apps do. */
  get howItEnded(): SilentEnd | null {
    return this.silentEnd;
  }

  async dispose(): Promise<void> {
    await this.endRun().catch(() => undefined);
    await this.collector.dispose();
  }

  private get pauseOn(): PauseOn {
    return { ...this.configuredPauses, ...this.chosenPauses };
  }

  private async tellPauses(): Promise<void> {
    if (this.runId !== null) await this.collector.request('pauseOn', { runId: this.runId, on: this.pauseOn });
  }

  private note({ run, cutShort = [] }: ProfileUpdate): void {
    this.pids = run.pids;
    if (run.pids.length > 0 && this.silentEnd?.kind === 'unheard') this.silentEnd = null;
    const app = cutShort.find(({ ppid }) => ppid === this.host.editorPid);
    if (app) this.silentEnd = { kind: 'cutShort', pid: app.pid };
  }

  /** An app that is started anew with the same environment (a watcher, a restart) is a run of its own, numbered after the first. */
  private isCurrent(runId: string): boolean {
    return this.runId !== null && (runId === this.runId || runId.startsWith(`${this.runId}.`));
  }

  private async startRun(configuration: TypeormArguments): Promise<CollectorRequests['startRun']['result']> {
    await this.endRun();
    if (configuration.pauseOn) this.configuredPauses = usualPauses(configuration.pauseOn);
    const run = await this.collector.request('startRun', {
      name: configuration.name ?? 'App',
      cwd: configuration.cwd ?? process.cwd(),
      redact: configuration.redactParameters === true,
      pauseOn: this.pauseOn,
      suppress: asList(configuration[SUPPRESS_PROPERTY]),
    });
    this.runId = run.runId;
    this.silentEnd = { kind: 'unheard' };
    return run;
  }

  private checkLaunch(configuration: TypeormArguments): void {
    const { program, cwd, runtimeExecutable, name = 'App' } = configuration;
    if (cwd !== undefined && !this.host.isFolder(cwd)) throw new LaunchFailure(workingDirectoryMissing(cwd, name));
    if (program === undefined && runtimeExecutable === undefined) throw new LaunchFailure(nothingToRun(name));
    if (program === undefined) return;
    const file = path.resolve(cwd ?? '', program);
    if (!this.canRun(file)) throw new LaunchFailure(programMissing(file, name));
  }

  /** A port of this machine is asked; what else there is to attach to, only the debugger knows. */
  private async checkAttach(configuration: TypeormArguments): Promise<void> {
    const { timeout = DEFAULT_ATTACH_PATIENCE_MS, name = 'App' } = configuration;
    const port = portOfThisMachine(configuration);
    if (port === null) return;
    const answer = await this.host.askInspectorPort(port.address, port.port, timeout);
    if (answer === 'nobody') throw new LaunchFailure(nobodyListens(`${port.address}:${port.port}`, name));
    if (answer === 'other') throw new LaunchFailure(noInspector(`${port.address}:${port.port}`, name));
  }

  /** As Node resolves its argument: the file, the file without its ending, or a folder with an index or package.json. */
  private canRun(file: string): boolean {
    return this.host.isFolder(file) || ['', '.js', '.mjs', '.cjs', '.json', '.node', '.ts'].some((ending) => this.host.isFile(file + ending));
  }

  private envFile({ envFile }: TypeormArguments): Record<string, string> {
    if (envFile === undefined || !this.host.isFile(envFile)) return {};
    return parseEnvFile(this.host.readText(envFile));
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
