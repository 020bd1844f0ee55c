/** How a debug session ended, as the messages between the editor and its debugger tell it. Knows no vscode. */

/** Messages of DAP, as far as they are looked at. */
interface Message {
  readonly type?: string;
  readonly command?: string;
  readonly event?: string;
  readonly body?: { readonly output?: unknown };
}

const ASKING = new Set(['terminate', 'disconnect', 'restart']);
/** Of the JavaScript debugger; it tells neither exit code 0 nor a signal. */
const EXIT_CODE = /^Process exited with code \d+/;

export class SilentEnd {
  private isExplained = false;
  private hasEnded = false;

  /** True where the session has ended although nobody asked for it, and its debugger gave no exit code. */
  get isSilent(): boolean {
    return this.hasEnded && !this.isExplained;
  }

  /** A message from the editor. Every session is disconnected once it has ended, which asks for nothing. */
  toDebugger(message: unknown): void {
    const { type, command = '' } = message as Message;
    if (type === 'request' && ASKING.has(command) && !this.hasEnded) this.isExplained = true;
  }

  /** A message from the debugger. */
  toEditor(message: unknown): void {
    const { type, event, body } = message as Message;
    if (type !== 'event') return;
    if (event === 'output' && typeof body?.output === 'string' && EXIT_CODE.test(body.output)) this.isExplained = true;
    if (event === 'terminated') this.hasEnded = true;
  }
}
