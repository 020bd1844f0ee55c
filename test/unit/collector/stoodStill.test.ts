/** Times of a thread that a debugger has held (case J21). */
import { describe, expect, it } from 'vitest';
import { StoodStill } from '../../../src/collector/stoodStill';
import type { ProbeEvent, QueryEvent } from '../../../src/protocol/probe';

function query(t: number, ms: number): QueryEvent {
  return { e: 'query', id: 1, op: 1, scope: 1, source: 1, sql: 1, site: 0, t, ms, rows: 0, error: null };
}

function time(...stretches: readonly (readonly [number, number])[]): StoodStill {
  const stoodStill = new StoodStill();
  for (const [from, to] of stretches) stoodStill.add(from, to);
  return stoodStill;
}

const scope = (t: number): ProbeEvent => ({ e: 'scope', id: 1, kind: 'http', name: 'GET /', path: '/', t });

describe('J21 time that a debugger held the app', () => {
  it('is no part of a query that was under way, and everything after it happens as much earlier', () => {
    const stoodStill = time([100, 1_100]);
    expect(stoodStill.setRight(query(90, 1_020))).toMatchObject({ t: 90, ms: 20 });
    expect(stoodStill.setRight(query(1_200, 5))).toMatchObject({ t: 200, ms: 5 });
    expect(stoodStill.setRight(scope(1_100))).toMatchObject({ t: 100 });
  });

  it('is no part of the wait for a connection', () => {
    const waited = { ...query(1_250, 10), waitMs: 1_200 };
    expect(time([100, 1_100]).setRight(waited)).toMatchObject({ t: 250, ms: 10, waitMs: 200 });
  });

  it('leaves what was before as it was', () => {
    const before = query(10, 90);
    const after = time([100, 1_100]).setRight(before);
    expect(after).toEqual(before);
  });

  it('gives what happened meanwhile (an end told late) the moment at which it stopped', () => {
    expect(time([100, 1_100]).setRight(scope(600))).toMatchObject({ t: 100 });
    expect(time([100, 1_100]).setRight(query(90, 500))).toMatchObject({ t: 90, ms: 10 });
  });

  it('adds up over several stops, in whatever order they are told', () => {
    for (const stoodStill of [time([100, 200], [300, 500]), time([300, 500], [100, 200])]) {
      expect(stoodStill.setRight(scope(250))).toMatchObject({ t: 150 });
      expect(stoodStill.setRight(scope(600))).toMatchObject({ t: 300 });
    }
  });

  it('counts once where two have told it', () => {
    expect(time([100, 200], [90, 190], [150, 160]).setRight(scope(300))).toMatchObject({ t: 190 });
  });

  it('counts for nothing where it ends before it begins', () => {
    const event = scope(300);
    expect(time([200, 100], [200, 200]).setRight(event)).toBe(event);
  });
});
