import { connect } from 'node:net';
import { waitFor } from './waiting';
import type { Workbench } from './workbench';

/** An app that holds a connection for this long lives. */
const LIFE_SIGN_MS = 300;

/** A debug run of an app that listens on a loopback port. */
export class DebugRun {
  constructor(
    private readonly workbench: Workbench,
    readonly port: number,
  ) {}

  /** F5: the first launch configuration. */
  async start(): Promise<void> {
    await this.workbench.press('F5');
    await this.untilListening();
  }

  /** Starts a launch configuration by its name. */
  async startNamed(name: string): Promise<void> {
    await this.beginNamed(name);
    await this.untilListening();
  }

  /** The same, where the editor asks something before the app runs. */
  async beginNamed(name: string): Promise<void> {
    await this.workbench.command('Debug: Select and Start Debugging');
    await this.workbench.choose(name);
  }

  /** Ctrl+Shift+F5, as one does after an edit. */
  restart(): Promise<void> {
    return this.restartBy(() => this.workbench.press('Control+Shift+F5'));
  }

  /** Waits until what was done has ended the app, and it is there again. */
  async restartBy(act: () => Promise<void> | void): Promise<void> {
    const lastBreath = await this.#untilItEnds();
    await act();
    await lastBreath.ended;
    await this.untilListening();
  }

  /** Shift+F5 where two apps run: the editor stops the one that it has in focus. Gives the other. */
  async stopThisOr(other: DebugRun): Promise<DebugRun> {
    const [lastOfThis, lastOfOther] = [await this.#untilItEnds(), await other.#untilItEnds()];
    await this.workbench.press('Shift+F5');
    return Promise.race([lastOfThis.ended.then(() => other), lastOfOther.ended.then(() => this)]);
  }

  /** Shift+F5 until the editor debugs nothing: of an app that was attached to, or that listens nowhere. */
  async detach(): Promise<void> {
    const isOver = async () => !(await this.workbench.isDebugging());
    await waitFor(
      async () => {
        await this.workbench.press('Shift+F5');
        return waitFor(isOver, { what: 'the debug run to end', timeoutMs: 10_000 });
      },
      { what: 'the debug run to end' },
    );
  }

  /** Shift+F5, again where the editor did not hear it: it may still be busy with the app's start. */
  async stop(): Promise<void> {
    const isOver = async () => !(await this.workbench.isDebugging()) && !(await this.#listens());
    await waitFor(
      async () => {
        await this.workbench.press('Shift+F5');
        return waitFor(isOver, { what: 'the debug run to end', timeoutMs: 15_000 });
      },
      { what: 'the debug run to end' },
    );
  }

  /** Asks the app over HTTP, as a browser would. */
  get(path: string): Promise<{ status: number; body: string }> {
    return this.ask(path, {});
  }

  async ask(path: string, request: RequestInit): Promise<{ status: number; body: string }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`, request);
    return { status: response.status, body: await response.text() };
  }

  async untilListening(): Promise<void> {
    await waitFor(() => this.#listens(), { what: `the app to listen on port ${this.port}` });
  }

  /** Holds a connection to the app, which breaks when the app ends. */
  async #untilItEnds(): Promise<{ ended: Promise<void> }> {
    const socket = connect(this.port, '127.0.0.1').resume();
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return { ended };
  }

  /** A bare connection, since a request would be recorded. One that breaks at once was taken by an app that is about to end. */
  #listens(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1').resume();
      socket.once('connect', () => setTimeout(() => socket.destroy(), LIFE_SIGN_MS));
      socket.once('error', () => resolve(false));
      socket.once('end', () => resolve(false));
      socket.once('close', () => resolve(true));
    });
  }
}
