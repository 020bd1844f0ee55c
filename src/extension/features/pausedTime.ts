/** Time that the user spends at breakpoints is no time of the app's: whoever collects its profile is told since when and until when it stands. */
import * as vscode from 'vscode';
import { isNodeSession } from '../profile/nodeSession';
import type { ProfileStore } from '../profile/profileStore';

/** In the app, where the probe is; anything else where it is not. Reads a property, and has no effect. */
const THREAD = `globalThis[Symbol.for('relation-lens')]?.thread`;
const GOING_ON = new Set(['continue', 'next', 'stepIn', 'stepOut', 'restartFrame', 'disconnect', 'terminate']);

export function leavePausesOutOfTime(profiles: ProfileStore): vscode.Disposable {
  const isProfiled = () => profiles.runs.some(({ info }) => info.state === 'connected');
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => (isNodeSession(session) ? new PausedTime(session, profiles, isProfiled) : undefined),
  });
}

interface Message {
  readonly type?: string;
  readonly event?: string;
  readonly command?: string;
}

/** One session of the JavaScript debugger is one thread of an app. */
class PausedTime implements vscode.DebugAdapterTracker {
  private thread: Promise<string | null> | null = null;
  private standsSince: number | null = null;

  constructor(
    private readonly session: vscode.DebugSession,
    private readonly profiles: ProfileStore,
    private readonly isProfiled: () => boolean,
  ) {}

  onDidSendMessage({ type, event }: Message): void {
    if (type !== 'event') return;
    if (event === 'stopped' && this.isProfiled()) this.stands(Date.now());
    if (event === 'continued') this.goesOn(Date.now());
  }

  /** The debugger has not been asked yet: what the app does next comes later. */
  onWillReceiveMessage({ type, command = '' }: Message): void {
    if (type === 'request' && GOING_ON.has(command)) this.goesOn(Date.now());
  }

  private stands(from: number): void {
    this.standsSince = from;
    void this.tell(from, null);
  }

  private goesOn(to: number): void {
    const from = this.standsSince;
    this.standsSince = null;
    if (from !== null) void this.tell(from, to);
  }

  private async tell(from: number, to: number | null): Promise<void> {
    this.thread ??= this.askThread();
    const thread = await this.thread;
    if (thread !== null) await this.profiles.tellCollectors('stoodStill', { thread, from, to });
  }

  private async askThread(): Promise<string | null> {
    try {
      const { result } = (await this.session.customRequest('evaluate', { expression: THREAD })) as { result?: string };
      return /\d+:\d+/.exec(result ?? '')?.[0] ?? null;
    } catch {
      return null;
    }
  }
}
