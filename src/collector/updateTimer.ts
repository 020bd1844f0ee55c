/**
 * When viewers are told of what changed: soon after a change, together with all that follow it; at once where a request has ended,
 * which somebody may be waiting for.
 */

/** Between two updates for requests that ended; and how long any other change may wait. */
const EVERY_MS = 100;
/** An update of a large run takes its time; at least this many times as long is left for listening. */
const SHARE = 5;

export class UpdateTimer {
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private lastEndAt = -Infinity;
  private isForEnd = false;
  private lastTookMs = 0;

  constructor(private readonly update: () => void) {}

  /** Something changed. */
  changed(): void {
    this.dueBy(performance.now() + this.pauseMs);
  }

  /** A request has ended: told now, unless another end was told a moment ago. */
  ended(): void {
    this.isForEnd = true;
    this.dueBy(Math.max(performance.now(), this.lastEndAt + this.pauseMs));
  }

  /** Updates now; nothing is due any more then. */
  fire(): void {
    this.stop();
    const { isForEnd } = this;
    this.isForEnd = false;
    const startedAt = performance.now();
    this.update();
    const now = performance.now();
    this.lastTookMs = now - startedAt;
    if (isForEnd) this.lastEndAt = now;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dueAt = Infinity;
  }

  private get pauseMs(): number {
    return Math.max(EVERY_MS, SHARE * this.lastTookMs);
  }

  private dueBy(at: number): void {
    if (at >= this.dueAt) return;
    this.stop();
    this.dueAt = at;
    // Due now is over by the time it is asked for, and Node.js from 24 on warns of times before now.
    this.timer = setTimeout(() => this.fire(), Math.max(0, at - performance.now()));
  }
}
