/**
 * The way out: lines to the collector's socket. The app never waits for it: writes are tried, never queued in the kernel's name,
 * and what does not fit into a bounded buffer is refused, so that the caller can count it instead.
 */
import fs from 'node:fs';
import net from 'node:net';
import { leftBehindFile, type HelloEvent } from '../protocol/probe';
import { now } from './clock';

/** Of lines, in rising order. Details are refused where too much waits, definitions (sites, SQL texts, scopes) at twice as much, last words never. */
export type Importance = 'detail' | 'definition' | 'last';

/** So many characters waiting are too much for details. */
const BUFFER_LIMIT = 4 * 1024 * 1024;
const ROOM = { detail: BUFFER_LIMIT, definition: 2 * BUFFER_LIMIT, last: Infinity } as const satisfies Record<Importance, number>;
/** A write wakes the reader, on a core that the app may need, and a timer wakes the app itself: many lines go out in one. */
const TICK_MS = 50;
/** What has come since shortly before a tick waits for the next one. A reader that did not take all is tried again. */
const SHORTEST_WAIT_MS = 25;
/** Timers do not fire in an app that never lets the event loop turn. */
const STUCK_MS = 100;
/** Characters that fit into the pool whatever they are: more are not let wait. */
const MUCH_TEXT = 64 * 1024;
const POOL_BYTES = 256 * 1024;
const MAX_BYTES_PER_CHARACTER = 3;
const LONGEST_QUESTION = 1024 * 1024;
/** For a reader that takes nothing, and in all. */
const EXIT_PATIENCE_MS = 400;
const LONGEST_EXIT_MS = 8_000;
/** Turns of the event loop are what counts here: an app may keep it from turning for long. */
const CONNECT_PATIENCE_MS = 500;
/** What ends closer to one another (milliseconds) is written together. A turn for each by itself would cost the app half as much as the write. */
const FLUSHES_APART_MS = 2;
/** Node's own, whatever a test puts in its place. */
const atEndOfTurn = setImmediate;

export interface Transport {
  /**
   * The first words. Says at once whether anybody is there, where that can be known: a Unix socket is connected or refused by the time that
   * `connect` returns, though Node tells of it later.
   */
  greet(hello: HelloEvent): boolean;
  /** @returns false where the line was refused for want of room. */
  send(line: string, importance: Importance): boolean;
  /** Something waits at the caller's to be sent: it is asked for (`fill`) within some milliseconds, between two turns of the app's. `t` is the present time. */
  wake(t: number): void;
  /** Writes what can be written at once, without waiting: it is out before anything can end the process. */
  flush(): void;
  /**
   * The same at the end of this turn of the event loop, together with what others in it say.
   * @param isAnswered nobody waits for what this turn does: it is done at once, unless others have just asked for it
   */
  flushSoon(isAnswered: boolean): void;
  /** Writes what can be written at once, waiting for the reader a little while: for the last moment of a process. */
  flushAtExit(): void;
  close(): void;
}

export interface TransportClient {
  /** To send what waits to be put into words; called before anything is written. */
  fill(): void;
  /** The collector asks something. */
  heard(line: string): void;
  /** Called once, when nobody listens (any more). */
  closed(): void;
}

/** Connects to the collector. Never throws, never keeps the process alive. */
export function connectTransport(socketPath: string, client: TransportClient): Transport {
  return new SocketTransport(socketPath, client);
}

class SocketTransport implements Transport {
  private readonly socket: net.Socket;
  private text = '';
  /** What holds the chunk that is being written, its length, and how much of it is out. */
  private chunk: Buffer | undefined;
  private chunkLength = 0;
  private written = 0;
  /** Bytes that the socket took, of all chunks. */
  private taken = 0;
  private connected = false;
  private isGreeting = false;
  /** What has come of a line that is not over. */
  private heard = '';
  private closed = false;
  /** One for all: a timer made anew belongs to whatever the app does just then. */
  private readonly timer: NodeJS.Timeout;
  private isScheduled = false;
  /** Beginning a timer anew takes long where it is not needed. */
  private isTicking = true;
  /** Since when something has been waiting. */
  private waitsSince = 0;
  private isFlushingSoon = false;
  private soonAt = -FLUSHES_APART_MS;
  private leftBehind: string | undefined;
  private readonly pool = Buffer.allocUnsafeSlow(POOL_BYTES);

  constructor(
    private readonly socketPath: string,
    private readonly client: TransportClient,
  ) {
    this.socket = net.connect({ path: socketPath });
    this.socket.on('connect', () => this.onConnect());
    this.socket.on('error', () => this.close());
    this.socket.on('close', () => this.close());
    this.socket.unref();
    this.timer = setTimeout(() => this.onTimer(), TICK_MS).unref();
    this.giveUpUnlessConnected();
  }

  greet(hello: HelloEvent): boolean {
    const line = JSON.stringify(hello) + '\n';
    if (this.closed) return false;
    if (descriptorOf(this.socket) === undefined) return this.send(line, 'definition');
    this.leftBehind = leftBehindFile(this.socketPath, hello);
    this.begin(Buffer.from(line));
    this.isGreeting = true;
    this.writeChunk();
    this.isGreeting = false;
    return !this.closed;
  }

  send(line: string, importance: Importance): boolean {
    if (this.closed || this.text.length > ROOM[importance]) return false;
    this.text += line;
    if (!this.isScheduled) this.schedule(now());
    return true;
  }

  wake(t: number): void {
    if (!this.isScheduled) this.schedule(t);
    else if (this.chunk) this.flushAfter(SHORTEST_WAIT_MS, t);
    else if (this.text.length > MUCH_TEXT) this.flush();
    else this.flushAfter(STUCK_MS, t);
  }

  flushSoon(isAnswered: boolean): void {
    if (this.isFlushingSoon) return;
    const t = now();
    const isAlone = t - this.soonAt >= FLUSHES_APART_MS;
    this.soonAt = t;
    if (isAnswered && isAlone) return this.flush();
    this.isFlushingSoon = true;
    atEndOfTurn(() => {
      this.isFlushingSoon = false;
      this.flush();
    }).unref();
  }

  flush(): void {
    if (this.closed) return;
    // What is filled in goes out at once.
    this.isScheduled = true;
    this.client.fill();
    this.isScheduled = false;
    this.writeAll();
    if (this.chunk) this.schedule(now());
  }

  private writeAll(): void {
    while (!this.closed) {
      if (!this.chunk) {
        if (this.text === '') return;
        this.beginText(this.text);
        this.text = '';
      }
      if (!this.writeChunk()) return;
    }
  }

  flushAtExit(): void {
    if (this.closed) return;
    if (descriptorOf(this.socket) === undefined) return this.flushPipeAtExit();
    const last = performance.now() + LONGEST_EXIT_MS;
    let until = performance.now() + EXIT_PATIENCE_MS;
    // As long as the reader takes something, it is given time.
    while (!this.closed && (this.chunk || this.text !== '') && performance.now() < Math.min(until, last)) {
      const { taken } = this;
      this.flush();
      if (this.taken !== taken) until = performance.now() + EXIT_PATIENCE_MS;
      if (this.chunk) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
    this.leaveBehind();
  }

  /** What was not taken goes to where the reader finds it later, from the byte on that the socket did not get: it is in no count otherwise. */
  private leaveBehind(): void {
    const rest = Buffer.concat([this.chunk?.subarray(this.written, this.chunkLength) ?? Buffer.alloc(0), Buffer.from(this.text)]);
    if (this.closed || rest.length === 0 || this.leftBehind === undefined) return;
    try {
      fs.writeFileSync(this.leftBehind, rest, { mode: 0o600, flag: 'wx' });
    } catch {
      // A folder that cannot be written to, or a full disk: the app ends all the same.
    }
    this.chunk = undefined;
    this.text = '';
  }

  /** The event loop will not turn again, so what is still ours to write has to be written by a blocking pipe. */
  private flushPipeAtExit(): void {
    const handle = handleOf(this.socket) as { setBlocking?: (blocking: boolean) => number } | undefined;
    handle?.setBlocking?.(true);
    this.socket.write(this.text);
    this.text = '';
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.text = '';
    this.chunk = undefined;
    clearTimeout(this.timer);
    this.socket.destroy();
    this.client.closed();
  }

  /**
   * Lines are written before libuv has told of the connection, for an app may run for long without turning the event loop. Where nobody reads
   * them, libuv never tells, and its waiting would keep the process alive. Nor does it tell while a slow reader leaves the socket full: as long
   * as something is taken, the reader is there. The first timer may fire in the very turn that brings the news, hence two.
   */
  private giveUpUnlessConnected(): void {
    const later = (then: () => void): void => void setTimeout(() => this.connected || then(), CONNECT_PATIENCE_MS).unref();
    const look = (): void => {
      const before = this.taken;
      later(() => {
        if (this.taken > before) return look();
        this.leaveBehind();
        this.close();
      });
    };
    later(look);
  }

  private onConnect(): void {
    this.connected = true;
    this.socket.unref();
    // The collector seldom speaks, but a reading socket is what notices that it has gone.
    this.socket.setEncoding('utf8');
    this.socket.on('data', (chunk: string) => this.hear(chunk));
    this.flush();
  }

  private hear(chunk: string): void {
    const lines = (this.heard + chunk).split('\n');
    this.heard = lines.pop() ?? '';
    for (const line of lines) this.client.heard(line);
    if (this.heard.length > LONGEST_QUESTION) this.close();
  }

  private schedule(t: number): void {
    if (this.closed) return;
    this.isScheduled = true;
    this.waitsSince = t;
    this.tick();
  }

  private tick(): void {
    if (this.isTicking) return;
    this.isTicking = true;
    this.timer.refresh();
  }

  private onTimer(): void {
    this.isTicking = false;
    if (!this.isScheduled || this.closed) return;
    this.flushAfter(SHORTEST_WAIT_MS, now());
    if (this.isScheduled) this.tick();
  }

  private flushAfter(waitMs: number, t: number): void {
    if (t - this.waitsSince >= waitMs) this.flush();
  }

  /** Most chunks fit into one buffer, which is used again for the next. */
  private beginText(text: string): void {
    if (text.length * MAX_BYTES_PER_CHARACTER > this.pool.length) this.begin(Buffer.from(text));
    else this.begin(this.pool, this.pool.write(text));
  }

  private begin(chunk: Buffer, length = chunk.length): void {
    this.chunk = chunk;
    this.chunkLength = length;
    this.written = 0;
  }

  /** @returns whether the whole chunk is out; there is none any more then. */
  private writeChunk(): boolean {
    if (!this.chunk) return true;
    const fd = descriptorOf(this.socket);
    const isOut = fd === undefined ? this.writeThroughStream(this.chunk) : this.writeTo(fd, this.chunk);
    if (isOut) this.chunk = undefined;
    return isOut;
  }

  private writeTo(fd: number, chunk: Buffer): boolean {
    try {
      while (this.written < this.chunkLength) {
        const count = fs.writeSync(fd, chunk, this.written, this.chunkLength - this.written);
        this.written += count;
        this.taken += count;
      }
      return true;
    } catch (error) {
      if (!isTryAgain(error) || (this.isGreeting && codeOf(error) === 'ENOTCONN')) this.close();
      return false;
    }
  }

  /** Named pipes have no descriptor to write to; there the stream's own queue is used, one chunk at a time. */
  private writeThroughStream(chunk: Buffer): boolean {
    if (this.written === this.chunkLength) return this.socket.writableLength === 0;
    this.socket.write(chunk.subarray(0, this.chunkLength));
    this.written = this.chunkLength;
    return this.socket.writableLength === 0;
  }
}

/**
 * The socket's file descriptor. Writing to it directly, non-blocking, leaves nothing pending in libuv: a pending write would keep
 * the process alive and could not be finished at exit.
 */
function descriptorOf(socket: net.Socket): number | undefined {
  const handle = handleOf(socket);
  const fd: unknown = handle ? Reflect.get(handle, 'fd') : undefined;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}

function handleOf(socket: net.Socket): object | undefined {
  const handle: unknown = Reflect.get(socket, '_handle');
  return typeof handle === 'object' && handle !== null ? handle : undefined;
}

/** Where the system has not finished connecting, ENOTCONN means "later", too. */
function isTryAgain(error: unknown): boolean {
  return ['EAGAIN', 'EWOULDBLOCK', 'ENOTCONN', 'EINTR'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
