/**
 * The door for probes: a Unix socket in a folder that only the user can enter (a named pipe on Windows), and a secret that each
 * must say first. Whoever says something else is shown out.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { leftBehindFile, PROBE_PROTOCOL, type HelloEvent, type ProbeEvent, type ToProbe } from '../protocol/probe';
import { expandLine } from './compactLines';
import { LineReader } from './lineReader';
import { ReadingRests } from './readingRests';
import { makeSocketFolder, SOCKET_NAME, sweepSocketFolders } from './socketFolder';

/** Several times as much as a probe keeps waiting. */
const MAX_LEFT_BEHIND = 64 * 1024 * 1024;

export interface ProbeListener {
  /** A process has said hello. */
  connected(processId: number, hello: HelloEvent): void;
  /** `line` is the event's own text. */
  event(processId: number, event: ProbeEvent, line: string): void;
  disconnected(processId: number): void;
  /** A process that cannot be listened to, and why. */
  refused(reason: string): void;
}

export interface ProbeServer {
  readonly socketPath: string;
  readonly token: string;
  readonly connectionCount: number;
  /** @returns false where the process is not connected (any more) */
  ask(processId: number, question: ToProbe): boolean;
  /**
   * Resolves when all connections are closed, those of processes that have just ended too; or when none of them has brought anything for `quietMs`,
   * which a machine that gave us no time to read does not count towards; in any case after `atMostMs`.
   */
  drained(quietMs: number, atMostMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** @throws where no socket can be opened */
export async function openProbeServer(listener: ProbeListener): Promise<ProbeServer> {
  const folder = process.platform === 'win32' ? undefined : makeSocketFolder();
  const socketPath = folder ? path.join(folder, SOCKET_NAME) : `\\\\.\\pipe\\relation-lens-${randomBytes(16).toString('hex')}`;
  const server = new SocketProbeServer(socketPath, folder, listener);
  await server.listen();
  if (folder) void sweepSocketFolders(path.dirname(folder));
  return server;
}

class SocketProbeServer implements ProbeServer {
  readonly token = randomBytes(24).toString('hex');
  private readonly server = net.createServer((socket) => this.accept(socket));
  private readonly sockets = new Set<net.Socket>();
  private readonly rests = new ReadingRests();
  private readonly socketOf = new Map<number, net.Socket>();
  private lastProcessId = 0;
  private accepted = 0;
  private heardBytes = 0;
  private onDrained: (() => void) | undefined;

  constructor(
    readonly socketPath: string,
    private readonly folder: string | undefined,
    private readonly listener: ProbeListener,
  ) {}

  get connectionCount(): number {
    return this.sockets.size;
  }

  ask(processId: number, question: ToProbe): boolean {
    const socket = this.socketOf.get(processId);
    socket?.write(`${JSON.stringify(question)}\n`);
    return socket !== undefined;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.socketPath, () => {
        this.server.off('error', reject);
        this.server.on('error', (error) => this.listener.refused(error.message));
        resolve();
      });
    });
  }

  async drained(quietMs: number, atMostMs = Infinity): Promise<void> {
    this.rests.end();
    await this.acceptWaiting();
    const last = performance.now() + atMostMs;
    let before = -1;
    while (this.sockets.size > 0 && this.heardBytes !== before && performance.now() < last) {
      before = this.heardBytes;
      await this.closedOrAfter(Math.min(quietMs, atMostMs));
      await turnOfLoop();
    }
  }

  async close(): Promise<void> {
    this.rests.end();
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    if (this.folder) fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Connections that the system holds for us are let in as the event loop turns, one or all of them at a time. */
  private async acceptWaiting(): Promise<void> {
    for (let before = -1; before !== this.accepted;) {
      before = this.accepted;
      await turnOfLoop();
      await turnOfLoop();
    }
  }

  private closedOrAfter(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.onDrained = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private accept(socket: net.Socket): void {
    this.accepted++;
    this.sockets.add(socket);
    let processId: number | undefined;
    let leftBehind: string | undefined;
    const reader = new LineReader((line) => {
      if (processId !== undefined) return this.tell(processId, line);
      const [event] = parseLine(line);
      const reason = this.reasonToRefuse(event);
      if (reason !== null || event?.e !== 'hello') {
        this.listener.refused(reason ?? 'no greeting');
        socket.destroy();
        return;
      }
      processId = ++this.lastProcessId;
      this.socketOf.set(processId, socket);
      leftBehind = leftBehindFile(this.socketPath, event);
      this.listener.connected(processId, event);
      this.listener.event(processId, { ...event, token: '' }, JSON.stringify({ ...event, token: '' }));
    });
    socket.on('data', (chunk) => {
      this.heardBytes += chunk.length;
      if (!socket.destroyed && !reader.push(chunk)) socket.destroy();
      if (!socket.destroyed) this.rests.afterRead(socket, chunk.length);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.sockets.delete(socket);
      if (leftBehind !== undefined) reader.push(takeFile(leftBehind));
      if (processId !== undefined) {
        this.socketOf.delete(processId);
        this.listener.disconnected(processId);
      }
      if (this.sockets.size === 0) this.onDrained?.();
    });
  }

  private tell(processId: number, line: string): void {
    const isCompact = line.startsWith('[');
    for (const event of parseLine(line)) this.listener.event(processId, event, isCompact ? JSON.stringify(event) : line);
  }

  private reasonToRefuse(event: ProbeEvent | undefined): string | null {
    if (event?.e !== 'hello' || !isSameSecret(event.token, this.token))
      return 'A process was turned away that did not say this run’s secret: it was started with the environment of another run. Copy the environment again, and start it with that.';
    if (event.protocol !== PROBE_PROTOCOL) return `The probe in process ${event.pid} speaks another version (${event.protocol}).`;
    return null;
  }
}

/** What waits at the sockets has been read once. */
function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The events of a line as the probe sends them; none where it is half a line, of a process that was killed. */
export function parseLine(line: string): readonly ProbeEvent[] {
  try {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) return expandLine(value);
    return isEvent(value) ? [value] : [];
  } catch {
    return [];
  }
}

function isEvent(value: unknown): value is ProbeEvent {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'e') === 'string';
}

/** The file's content, once; nothing where there is none, the usual case. */
function takeFile(file: string): Buffer {
  try {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat?.isFile()) return Buffer.alloc(0);
    const content = stat.size > MAX_LEFT_BEHIND ? Buffer.alloc(0) : fs.readFileSync(file);
    fs.rmSync(file, { force: true });
    return content;
  } catch {
    return Buffer.alloc(0);
  }
}

function isSameSecret(said: unknown, secret: string): boolean {
  if (typeof said !== 'string') return false;
  const [a, b] = [Buffer.from(said), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
