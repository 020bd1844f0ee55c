/**
 * What a debugger and its editor say to one another about an app that the profiler has paused. The app really stands in the probe's file
 * of the `debugger` statement; the editor is told that it stands in the line that caused it, by an exception that is the finding. All by
 * changing messages on their way, which VS Code hands to its trackers before it reads them. Where an editor hands out copies instead,
 * nothing is lost: it then shows the probe's file, with the line beneath it in the call stack. Knows no vscode.
 */
import { PAUSE_ANNOUNCEMENT } from '../../protocol/pauses';

interface StackFrame {
  readonly presentationHint?: string;
  readonly source?: { readonly path?: string; presentationHint?: string };
}

interface Stopped {
  readonly threadId?: number;
  reason: string;
  description?: string;
  text?: string;
}

/** Messages of DAP, as far as they are looked at. All properties may be missing: what debuggers send is not checked. */
interface Message {
  readonly seq?: number;
  readonly type?: string;
  readonly request_seq?: number;
  event?: string;
  command?: string;
  success?: boolean;
  message?: string;
  arguments?: { startFrame?: number; levels?: number };
  body?: unknown;
}

interface Reason {
  readonly label: string;
  readonly text: string;
}

/** So many frames are asked for at once: enough to get past the probe's own. */
const FIRST_LEVELS = 20;
/** An announcement is followed by its pause at once, or it does not happen (where the user has switched all breakpoints off). */
const ANNOUNCED_FOR_MS = 3_000;
const GOING_ON = new Set(['continue', 'next', 'stepIn', 'stepOut', 'stepBack', 'reverseContinue', 'restartFrame', 'disconnect', 'terminate']);

/** One debug session, that is: one thread of an app. */
export class PausedDebugger {
  private announced: (Reason & { readonly atMs: number }) | null = null;
  private stop: Stopped | null = null;
  private reason: Reason | null = null;
  /** How many frames at the top of the stack are the probe's; null where not known yet. */
  private hidden: number | null = null;
  private readonly stackRequests = new Map<number, number>();

  /**
   * @param ownFolder where the probe's files lie
   * @param now milliseconds of any clock
   */
  constructor(
    private readonly ownFolder: string,
    private readonly now: () => number,
  ) {}

  /** A message from the editor to the debugger, which may be changed. */
  toDebugger(message: unknown): void {
    const request = message as Message;
    if (request.type !== 'request') return;
    if (request.command === 'stackTrace') this.askStack(request);
    // The app stands in the probe's file: one step leads to the user's line, where it seems to stand already.
    if (this.hidden && (request.command === 'next' || request.command === 'stepIn')) request.command = 'stepOut';
    if (GOING_ON.has(request.command ?? '')) this.goesOn();
  }

  /** A message from the debugger to the editor, which may be changed. */
  toEditor(message: unknown): void {
    const told = message as Message;
    if (told.type === 'event' && told.event === 'output') this.output(told);
    else if (told.type === 'event' && told.event === 'stopped') this.stopped(told.body as Stopped);
    else if (told.type === 'event' && told.event === 'continued') this.goesOn();
    else if (told.type === 'response' && told.command === 'stackTrace') this.answerStack(told);
    else if (told.type === 'response' && told.command === 'exceptionInfo') this.answerReason(told);
  }

  private goesOn(): void {
    this.stop = null;
    this.reason = null;
    this.hidden = null;
  }

  /** The announcement and the pause come in either order, since debuggers take their time to print. */
  private output(event: Message): void {
    const body = event.body as { output?: string; category?: string };
    const reason = readAnnouncement(body.output ?? '');
    if (!reason) return;
    if (this.stop && mayBeStatement(this.stop) && !this.reason) {
      this.reason = reason;
      // The editor takes the last word on where and why an app has stopped.
      event.event = 'stopped';
      event.body = explained(this.stop, reason);
    } else {
      this.announced = { ...reason, atMs: this.now() };
      // The same is said in the console by the session that owns the profile.
      body.category = 'telemetry';
    }
  }

  private stopped(body: Stopped): void {
    this.goesOn();
    this.stop = { ...body };
    const { announced } = this;
    if (!mayBeStatement(body) || !announced) return;
    this.announced = null;
    if (this.now() - announced.atMs > ANNOUNCED_FOR_MS) return;
    this.reason = announced;
    Object.assign(body, explained(body, announced));
  }

  private askStack({ seq, arguments: args }: Message): void {
    if (!this.stop || !mayBeStatement(this.stop) || !args || seq === undefined) return;
    const start = args.startFrame ?? 0;
    this.stackRequests.set(seq, start);
    if (start > 0) args.startFrame = start + (this.hidden ?? 0);
    else if (args.levels) args.levels = Math.max(args.levels, FIRST_LEVELS);
  }

  private answerStack({ request_seq: seq = -1, body }: Message): void {
    const start = this.stackRequests.get(seq);
    this.stackRequests.delete(seq);
    const stack = body as { stackFrames?: StackFrame[]; totalFrames?: number } | undefined;
    if (start === undefined || !stack?.stackFrames) return;
    if (start === 0) {
      const own = stack.stackFrames.findIndex(({ source }) => !this.isOwn(source?.path));
      this.hidden = Math.max(0, own);
      stack.stackFrames.splice(0, this.hidden);
      if (this.reason) stepBackBehindUser(stack.stackFrames);
    }
    if (stack.totalFrames !== undefined) stack.totalFrames -= this.hidden ?? 0;
  }

  private answerReason(response: Message): void {
    if (!this.reason) return;
    response.success = true;
    delete response.message;
    response.body = { exceptionId: this.reason.label, description: this.reason.text, breakMode: 'always' };
  }

  private isOwn(file: string | undefined): boolean {
    return file !== undefined && plain(file).startsWith(`${plain(this.ownFolder)}/`);
  }
}

function readAnnouncement(output: string): Reason | null {
  const at = output.indexOf(PAUSE_ANNOUNCEMENT);
  const [, label, text] = at < 0 ? [] : (/^([^:]+): ([^]*?)\s*$/.exec(output.slice(at + PAUSE_ANNOUNCEMENT.length)) ?? []);
  return label === undefined || text === undefined ? null : { label, text };
}

/** Debuggers give statements and the user's own wish to pause the same reason. */
function mayBeStatement({ reason }: Stopped): boolean {
  return reason === 'pause' || reason === 'debugger statement';
}

function explained(stopped: Stopped, { label, text }: Reason): Stopped {
  return { ...stopped, reason: 'exception', description: `Paused on ${label}`, text };
}

/** Where a query has ended, packages lie between the probe and the line that awaits it: editors pass over what is deemphasised. */
function stepBackBehindUser(frames: readonly StackFrame[]): void {
  const user = frames.findIndex(({ source, presentationHint }) => presentationHint !== 'label' && isUsers(source));
  for (const { source } of frames.slice(0, Math.max(0, user))) if (source) source.presentationHint = 'deemphasize';
}

function isUsers(source: StackFrame['source']): boolean {
  if (source?.path === undefined || source.presentationHint === 'deemphasize') return false;
  return !/(^|[\\/])node_modules[\\/]|^<node_internals>/.test(source.path);
}

/** Windows' drive letters come in both cases. */
function plain(file: string): string {
  return file.replaceAll('\\', '/').replace(/^[A-Z]:/, (drive) => drive.toLowerCase());
}
