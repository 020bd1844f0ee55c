/**
 * Rests from reading. To wake a process that waits for bytes costs the one that writes them several times as much as the write itself, on some machines
 * ten times: so after a short read a socket is left alone for a moment, and the system keeps what comes meanwhile, even where its writer ends. Nobody
 * notices: viewers are told of changes every 100 ms (UpdateTimer), and who has said nothing for a while is heard at once.
 */
import type net from 'node:net';

const REST_MS = 25;
/** Bytes. Behind a read that is longer there is mostly more: the system would soon have no room for it, and its writer would have to keep it. */
const SHORT_READ = 16 * 1024;

export class ReadingRests {
  private readonly resting = new Map<net.Socket, NodeJS.Timeout>();
  private isOver = false;

  /** So many bytes were read. */
  afterRead(socket: net.Socket, length: number): void {
    if (this.isOver || length >= SHORT_READ || this.resting.has(socket)) return;
    // `pause()` would not do: Node then still waits for the next chunk, and is woken for it.
    if (handleOf(socket)?.readStop() !== 0) return;
    this.resting.set(
      socket,
      setTimeout(() => this.goOn(socket), REST_MS),
    );
  }

  /** Everything is read as it comes from now on. */
  end(): void {
    this.isOver = true;
    for (const socket of [...this.resting.keys()]) this.goOn(socket);
  }

  private goOn(socket: net.Socket): void {
    clearTimeout(this.resting.get(socket));
    this.resting.delete(socket);
    if (!socket.destroyed) handleOf(socket)?.readStart();
  }
}

interface StreamHandle {
  readStop(): number;
  readStart(): number;
}

/** What Node reads a socket by; undefined where it has no such thing, and for pipes of Windows, whose reads are under way in the system already. */
function handleOf(socket: net.Socket): StreamHandle | undefined {
  const { _handle: handle } = socket as { readonly _handle?: Partial<StreamHandle> | null };
  const isKnown = typeof handle?.readStop === 'function' && typeof handle.readStart === 'function';
  return isKnown && process.platform !== 'win32' ? (handle as StreamHandle) : undefined;
}
