/** What one thread of the app tells, in its own time: without the stretches in which its debugger held it. */
import type { HelloEvent, ProbeEvent } from '../protocol/probe';
import { endOf, StoodStill } from './stoodStill';

/** A thread that talks goes on: so long it is waited for whoever knows since when. */
const PATIENCE_MS = 2_000;

type Told = readonly [event: ProbeEvent, line: string];

export class ThreadTime {
  /** `pid:thread`, as the probe in the app says it too. */
  readonly thread: string;
  private readonly stoodStillFor = new StoodStill();
  private readonly timeOrigin: number;
  /** Since when it stands, in its time; null while it runs. */
  private stands: number | null = null;
  /** What it said after that: how long it stood is not known yet. */
  private held: Told[] = [];
  private timer: NodeJS.Timeout | undefined;

  /** @param tell gets every event with its line, in order, times set right */
  constructor(
    { pid, thread = 0, timeOrigin }: HelloEvent,
    private readonly tell: (event: ProbeEvent, line: string) => void,
  ) {
    this.thread = `${pid}:${thread}`;
    this.timeOrigin = timeOrigin;
  }

  event(event: ProbeEvent, line: string): void {
    if (event.e === 'stoodStill') return this.stoodStillFor.add(event.from, event.to);
    if (this.held.length === 0 && (this.stands === null || (endOf(event) ?? 0) <= this.stands)) return this.pass([event, line]);
    this.held.push([event, line]);
    this.timer ??= setTimeout(() => this.goesOn(), PATIENCE_MS);
  }

  /** @param from in milliseconds since the epoch, as is `to`, which is null while it stands */
  stoodStill(from: number, to: number | null): void {
    if (to === null) this.stands = from - this.timeOrigin;
    else {
      this.stoodStillFor.add(from - this.timeOrigin, to - this.timeOrigin);
      this.goesOn();
    }
  }

  /** Nothing more will be heard of it. */
  end(): void {
    this.goesOn();
  }

  private goesOn(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stands = null;
    for (const told of this.held.splice(0)) this.pass(told);
  }

  private pass([event, line]: Told): void {
    const right = this.stoodStillFor.setRight(event);
    this.tell(right, right === event ? line : JSON.stringify(right));
  }
}
