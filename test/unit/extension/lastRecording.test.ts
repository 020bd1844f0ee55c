import { describe, expect, it } from 'vitest';
import { mostTelling, recordingOf } from '../../../src/extension/profile/lastRecording';
import { aScope } from './builders';

describe('recordingOf', () => {
  const names = ['2026-05-01T10-20-30-122-shop.ndjson', '2026-05-01T10-20-30-123-shop.ndjson', '2026-05-01T10-20-30-123-shop.txt', 'other.ndjson'];

  it('is the one whose name begins with the time that the run began at', () => {
    expect(recordingOf(names, Date.UTC(2026, 4, 1, 10, 20, 30, 123))).toBe(names[1]);
  });

  it('is none where the recording is gone', () => {
    expect(recordingOf(names, Date.UTC(2026, 4, 1, 10, 20, 30, 124))).toBeNull();
    expect(recordingOf([], 0)).toBeNull();
  });
});

describe('mostTelling', () => {
  const plain = aScope({ id: 1 });
  const warned = aScope({ id: 2, warnings: 1 });
  const hinted = aScope({ id: 3, infos: 4 });
  const outside = aScope({ id: 4, kind: 'unattributed', warnings: 2 });

  it.each([
    [[plain, warned, hinted, outside], warned],
    [[warned, { ...warned, id: 9 }], { ...warned, id: 9 }],
    [[hinted, plain, outside], hinted],
    [[plain, { ...plain, id: 7 }, outside], { ...plain, id: 7 }],
    [[outside], outside],
    [[], null],
  ])('is the newest of those that say most (%#)', (scopes, expected) => {
    expect(mostTelling(scopes)).toEqual(expected);
  });
});
