/** The time of one thread without the stretches in which a debugger held it: what an event says of times is set right before anybody reads it. Pure. */
import type { ProbeEvent } from '../protocol/probe';

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Time stood still up to its end. */
  readonly sum: number;
}

export class StoodStill {
  /** Disjoint, in order. */
  private stretches: readonly Stretch[] = [];

  /** Takes a stretch out of time; several that overlap (who holds a thread may be told twice) count once. */
  add(from: number, to: number): void {
    if (!(to > from)) return;
    const apart = this.stretches.filter((stretch) => stretch.to < from || stretch.from > to);
    const joined = this.stretches.filter((stretch) => !apart.includes(stretch));
    const whole = { from: Math.min(from, ...joined.map((stretch) => stretch.from)), to: Math.max(to, ...joined.map((stretch) => stretch.to)) };
    let sum = 0;
    this.stretches = [...apart, whole].sort((a, b) => a.from - b.from).map((stretch) => ({ ...stretch, sum: (sum += stretch.to - stretch.from) }));
  }

  /** The event in the thread's own time; the same object where that is no other. */
  setRight(event: ProbeEvent): ProbeEvent {
    if (this.stretches.length === 0) return event;
    switch (event.e) {
      case 'query': {
        const t = this.own(event.t);
        const waitMs = event.waitMs === undefined ? 0 : micros(t - this.own(event.t - event.waitMs));
        return { ...event, t, ms: micros(this.own(event.t + event.ms) - t), ...(event.waitMs === undefined ? {} : { waitMs }) };
      }
      case 'scope':
      case 'scopeEnd':
      case 'op':
      case 'opEnd':
      case 'bye':
        return { ...event, t: this.own(event.t) };
      default:
        return event;
    }
  }

  private own(t: number): number {
    const last = this.stretches.findLast(({ from }) => from < t);
    return last ? micros(t - last.sum + Math.max(0, last.to - t)) : t;
  }
}

/** When what an event tells was over, in the process's time; null for what happens at no time. */
export function endOf(event: ProbeEvent): number | null {
  if (event.e === 'query') return event.t + event.ms;
  return 't' in event ? event.t : null;
}

function micros(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
