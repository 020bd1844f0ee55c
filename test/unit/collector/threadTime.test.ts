/** What a thread says around a stop in its debugger, by the time that it reaches the profile. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThreadTime } from '../../../src/collector/threadTime';
import type { HelloEvent, ProbeEvent } from '../../../src/protocol/probe';

const hello: HelloEvent = { e: 'hello', protocol: 1, token: '', pid: 7, ppid: 1, node: '', cwd: '/', argv: [], timeOrigin: 1_000_000 };
const at = (t: number): ProbeEvent => ({ e: 'bye', t });

describe('the time of a thread', () => {
  let told: { readonly t: number; readonly line: string }[];
  let thread: ThreadTime;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    thread = new ThreadTime(hello, (event, line) => told.push({ t: 't' in event ? event.t : -1, line }));
  });
  afterEach(() => vi.useRealTimers());

  const times = () => told.map(({ t }) => t);
  const says = (t: number) => thread.event(at(t), JSON.stringify(at(t)));

  it('passes on what it says, word for word, while no debugger holds it', () => {
    says(5);
    expect(told).toEqual([{ t: 5, line: '{"e":"bye","t":5}' }]);
  });

  it('passes on what was said before the stop, and holds back what comes after until it is known how long it stood', () => {
    thread.stoodStill(1_000_100, null);
    says(90);
    says(700);
    says(701);
    expect(times()).toEqual([90]);
    thread.stoodStill(1_000_100, 1_000_600);
    says(800);
    expect(times()).toEqual([90, 200, 201, 300]);
    expect(told.at(-1)?.line).toBe('{"e":"bye","t":300}');
  });

  it('waits in vain for nobody', () => {
    thread.stoodStill(1_000_100, null);
    says(700);
    vi.runAllTimers();
    says(701);
    expect(times()).toEqual([700, 701]);
  });

  it('says its last words when it is gone', () => {
    thread.stoodStill(1_000_100, null);
    says(700);
    thread.end();
    expect(times()).toEqual([700]);
  });

  it('knows by itself how long the profiler has held it', () => {
    thread.event({ e: 'stoodStill', from: 100, to: 600 }, '');
    says(700);
    expect(times()).toEqual([200]);
  });

  it('is told apart from the process’s other threads', () => {
    expect(thread.thread).toBe('7:0');
    expect(new ThreadTime({ ...hello, thread: 3 }, () => undefined).thread).toBe('7:3');
  });
});
