/**
 * The DAP session of debug type `typeorm`. The app itself runs in a child session of the JavaScript debugger, started by DAP's
 * `startDebugging`: breakpoints, stepping and the app's console are that session's. This one owns the run's profile and the
 * life of the two together.
 */
import { DebugSession, Event, InitializedEvent, OutputEvent, TerminatedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ProfileUpdate } from '../protocol/collector';
import {
  CHILD_ENDED_REQUEST,
  CHILD_FAILED_REQUEST,
  CLIENT_STARTS_CHILD_PROPERTY,
  COLLECTOR_REQUEST,
  DEFAULT_CHILD_TYPE,
  PAUSE_ON_REQUEST,
  PROFILE_EVENT,
  START_CHILD_EVENT,
  STOP_CHILD_EVENT,
  type ChildEndedArguments,
  type ChildFailedArguments,
  type CollectorRequestArguments,
  type PauseOnArguments,
  type StartChildEventBody,
} from '../protocol/debug';
import type { ChildConfiguration, TypeormArguments } from './childConfiguration';
import { attachedTo } from './attachTarget';
import {
  LaunchFailure,
  appCutShort,
  appEndedUnheard,
  childNotAttached,
  childNotStarted,
  clientTooOld,
  envFileMissing,
  profilerFaulted,
  profilerUnavailable,
  type LaunchError,
} from './launchErrors';
import { exceptionBreakpointFilters, toPauseOn } from './pauseFilters';
import type { DebugRuntime, SilentEnd } from './runtime';

type Phase = 'idle' | 'running' | 'stopping' | 'restarting' | 'ended';

/** A child session answers when its app runs, which may wait for a build or a person; DAP names no limit. */
const CHILD_START_TIMEOUT_MS = 30 * 60_000;

/** How long the exception breakpoints are waited for, so that the app's very first query can be paused at. */
const CONFIGURATION_PATIENCE_MS = 500;

/** How long a client may take to stop the child before the app's processes are asked themselves. */
const CHILD_STOP_GRACE_MS = 3_000;

export class TypeormDebugSession extends DebugSession {
  private readonly runtime: DebugRuntime;
  private phase: Phase = 'idle';
  private configuration: TypeormArguments = {};
  private canStartChildren = false;
  private clientStartsChild = false;
  private stopTimer: NodeJS.Timeout | undefined;
  private hasFaulted = false;
  private onConfigured = (): void => undefined;
  /** The exception breakpoints are known; a client that says no more is not waited for. */
  private readonly configured = new Promise<void>((resolve) => {
    this.onConfigured = resolve;
  });

  constructor(createRuntime: (onUpdate: (update: ProfileUpdate) => void) => DebugRuntime) {
    super();
    this.runtime = createRuntime((update) => {
      for (const { message, sql } of update.pauses ?? []) this.sendEvent(new OutputEvent(pausedAt(message, sql), 'console'));
      this.sendEvent(new Event(PROFILE_EVENT, update));
    });
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse, args: DebugProtocol.InitializeRequestArguments): void {
    this.canStartChildren = args.supportsStartDebuggingRequest === true;
    response.body = {
      supportsConfigurationDoneRequest: true,
      supportsRestartRequest: true,
      supportsTerminateRequest: true,
      supportTerminateDebuggee: true,
      supportsExceptionFilterOptions: true,
      exceptionBreakpointFilters,
    };
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
    setTimeout(this.onConfigured, CONFIGURATION_PATIENCE_MS);
  }

  protected override launchRequest(response: DebugProtocol.Response, args: TypeormArguments): void {
    this.fence(response, () => this.begin({ ...args, request: 'launch' }, response));
  }

  protected override attachRequest(response: DebugProtocol.Response, args: DebugProtocol.AttachRequestArguments): void {
    this.fence(response, () => this.begin({ ...args, request: 'attach' }, response));
  }

  protected override restartRequest(response: DebugProtocol.Response, args: DebugProtocol.RestartArguments | undefined): void {
    const changed = args?.arguments as TypeormArguments | undefined;
    if (changed) this.configuration = { ...changed, request: changed.request ?? this.configuration.request ?? 'launch' };
    this.sendResponse(response);
    this.stopChild('restarting');
  }

  protected override terminateRequest(response: DebugProtocol.Response): void {
    this.sendResponse(response);
    this.stopChild('stopping');
  }

  protected override disconnectRequest(response: DebugProtocol.Response): void {
    this.fence(response, async () => {
      clearTimeout(this.stopTimer);
      if (this.phase !== 'idle' && this.phase !== 'ended') this.sendEvent(new Event(STOP_CHILD_EVENT));
      this.phase = 'ended';
      await this.runtime.endRun().catch(() => undefined);
      this.sendResponse(response);
      this.shutdown();
    });
  }

  /** Asked when the session begins, and whenever the user changes them. */
  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    args: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    this.fence(response, async () => {
      await this.runtime.setChosenPauses(toPauseOn(args));
      this.sendResponse(response);
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.sendResponse(response);
    this.onConfigured();
  }

  /** The threads are the child session's. */
  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    response.body = { threads: [] };
    this.sendResponse(response);
  }

  protected override customRequest(command: string, response: DebugProtocol.Response, args: unknown): void {
    this.fence(response, async () => {
      if (command === COLLECTOR_REQUEST) {
        const { method, params } = args as CollectorRequestArguments;
        response.body = await this.runtime.request(method, params);
        this.sendResponse(response);
      } else if (command === PAUSE_ON_REQUEST) {
        await this.runtime.setConfiguredPauses((args as PauseOnArguments).kinds);
        this.sendResponse(response);
      } else if (command === CHILD_ENDED_REQUEST) {
        this.sendResponse(response);
        await this.childEnded((args as ChildEndedArguments | undefined)?.silently === true);
      } else if (command === CHILD_FAILED_REQUEST) {
        this.sendResponse(response);
        this.childFailed((args as ChildFailedArguments | undefined)?.reason ?? null);
      } else {
        this.sendErrorResponse(response, 3006, `Unknown request ${command}.`);
      }
    });
  }

  /** A fault of ours may cost the profile, never the app: its debugger's session ends with this one. Told once. */
  faulted(error: unknown): void {
    if (this.hasFaulted || this.phase === 'idle' || this.phase === 'ended') return;
    this.hasFaulted = true;
    this.sendEvent(new OutputEvent(profilerFaulted(problemOf(error).message), 'important'));
  }

  /** Ends the process; no socket stays behind. */
  override shutdown(): void {
    void this.runtime.dispose().finally(() => super.shutdown());
  }

  private async begin(configuration: TypeormArguments, response: DebugProtocol.Response): Promise<void> {
    this.clientStartsChild = configuration[CLIENT_STARTS_CHILD_PROPERTY] === true;
    if (!this.clientStartsChild && !this.canStartChildren) throw new LaunchFailure(clientTooOld());
    this.configuration = configuration;
    await this.configured;
    const child = await this.prepare();
    this.sendResponse(response);
    // Stopped while an app to attach to was waited for: there is nothing to start.
    if (this.phase !== 'ended') this.startChild(child);
  }

  private async prepare(): Promise<ChildConfiguration> {
    if (this.configuration.request === 'attach') return this.runtime.prepareAttach(this.configuration);
    const { configuration, unprofiled } = await this.runtime.prepareLaunch(this.configuration);
    const missing = this.runtime.missingEnvFile(this.configuration);
    if (missing !== null) this.sendEvent(new OutputEvent(envFileMissing(missing, this.configuration.name ?? 'App'), 'important'));
    if (unprofiled !== null) this.sendEvent(new OutputEvent(profilerUnavailable(unprofiled), 'important'));
    return configuration;
  }

  private startChild(configuration: ChildConfiguration): void {
    this.phase = 'running';
    const child: StartChildEventBody = { configuration, request: this.configuration.request ?? 'launch' };
    if (this.clientStartsChild) return this.sendEvent(new Event(START_CHILD_EVENT, child));
    this.sendRequest('startDebugging', child, CHILD_START_TIMEOUT_MS, ({ success, message }) => {
      if (!success) this.childFailed(message ?? 'no reason given');
    });
  }

  private childFailed(reason: string | null): void {
    if (this.phase !== 'running') return;
    const { request, childType = DEFAULT_CHILD_TYPE } = this.configuration;
    if (request === 'attach') this.fail(childNotAttached(attachedTo(this.configuration), reason), 'important');
    // A client that gives no reason has just shown the debugger's own words, which ours must not cover.
    else this.fail(childNotStarted(childType, reason), reason === null ? 'stderr' : 'important');
  }

  /** The client stops the child; where it does not, the app's processes are asked to end, which ends the child as well. */
  private stopChild(phase: 'stopping' | 'restarting'): void {
    if (this.phase === 'ended') return;
    if (this.phase === 'idle') return void this.end();
    this.phase = phase;
    this.sendEvent(new Event(STOP_CHILD_EVENT));
    clearTimeout(this.stopTimer);
    this.stopTimer = setTimeout(() => this.runtime.terminateApp(), CHILD_STOP_GRACE_MS);
  }

  private async childEnded(isSilent: boolean): Promise<void> {
    clearTimeout(this.stopTimer);
    if (this.phase === 'ended') return;
    if (this.phase === 'running' && isSilent) return this.endSilently();
    if (this.phase !== 'restarting') return this.end();
    try {
      this.startChild(await this.prepare());
    } catch (error) {
      this.fail(problemOf(error), 'important');
    }
  }

  private fail(problem: LaunchError, category: 'important' | 'stderr'): void {
    this.sendEvent(new OutputEvent(`${problem.message}\n`, category));
    void this.end();
  }

  private async end(): Promise<void> {
    await this.endRun();
    this.sendEvent(new TerminatedEvent());
  }

  /** What the app said last is known once the run has ended. */
  private async endSilently(): Promise<void> {
    await this.endRun();
    const { howItEnded } = this.runtime;
    if (howItEnded !== null) this.sendEvent(toOutput(howItEnded, this.configuration));
    this.sendEvent(new TerminatedEvent());
  }

  private async endRun(): Promise<void> {
    this.phase = 'ended';
    // A collector that cannot close its run must not keep the session open.
    await this.runtime.endRun().catch(() => undefined);
  }

  /** Every request is answered: a failure inside becomes the error response. */
  private fence(response: DebugProtocol.Response, answer: () => Promise<void>): void {
    answer().catch((error: unknown) => {
      const { code, message } = problemOf(error);
      this.sendErrorResponse(response, { id: code, format: message, showUser: true });
    });
  }
}

function toOutput(end: SilentEnd, configuration: TypeormArguments): OutputEvent {
  const { name = 'App' } = configuration;
  const isShown = showsOutput(configuration);
  if (end.kind === 'cutShort') return new OutputEvent(appCutShort(end.pid, name, isShown), 'stderr');
  return new OutputEvent(appEndedUnheard(name, isShown), 'console');
}

/** Whether all that the app prints is to be seen: in a terminal, or in the debug console by its own wish. */
function showsOutput({ console = 'internalConsole', outputCapture }: TypeormArguments): boolean {
  return console !== 'internalConsole' || outputCapture === 'std';
}

function pausedAt(message: string, sql: string | null): string {
  return `Paused: ${message}\n${sql === null ? '' : `  ${sql}\n`}`;
}

function problemOf(error: unknown): LaunchError {
  if (error instanceof LaunchFailure) return error.problem;
  return { code: 3000, message: error instanceof Error ? error.message : String(error) };
}
