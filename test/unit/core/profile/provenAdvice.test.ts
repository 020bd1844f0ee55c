import { describe, expect, test } from 'vitest';
import { adviceKey, judgeAdvice, withdraw, type ProofRecord } from '../../../../src/core/profile/provenAdvice';
import { aFinding, aParent, aSite } from '../../builders/findingBuilder';

const finding = aFinding();
const key = adviceKey(finding);
const before: ProofRecord = { queryCount: 101, responseHash: 'a', path: '/authors', open: [key] };
const after = (fields: Partial<ProofRecord> = {}): ProofRecord => ({ queryCount: 3, responseHash: 'a', path: '/authors', ...fields });

describe('advice that was followed', () => {
  test('is proven by fewer queries and the same response', () => {
    expect(judgeAdvice(before, after(), [])).toEqual({ open: [], withdrawn: {}, disproved: [] });
  });

  test('is withdrawn where the next run gained nothing', () => {
    const { withdrawn, disproved } = judgeAdvice(before, after({ queryCount: 101 }), []);
    expect(withdrawn).toEqual({ [key]: 'the next run gained nothing (101 → 101 queries)' });
    expect(disproved).toEqual(['Author.books: the next run gained nothing (101 → 101 queries)']);
  });

  test('is withdrawn where the response changed', () => {
    expect(judgeAdvice(before, after({ responseHash: 'b' }), []).withdrawn).toEqual({ [key]: 'the response changed (101 → 3 queries)' });
  });

  test.each<[string, Partial<ProofRecord>]>([
    ['another page was asked for', { responseHash: 'b', path: '/authors?page=2' }],
    ['no response was seen', { responseHash: null }],
  ])('is not judged by its response where %s', (_, fields) => expect(judgeAdvice(before, after(fields), []).disproved).toEqual([]));

  test.each([401, 403])('is not judged by a request that was turned away (%i), but by the next', (status) => {
    const known = { ...before, status: 200, withdrawn: { other: 'why' } };
    const turnedAway = after({ queryCount: 0, responseHash: 'c', status });
    expect(judgeAdvice(known, turnedAway, [])).toEqual({ open: [key], withdrawn: { other: 'why' }, disproved: [] });
    const always = judgeAdvice({ ...known, status }, after({ status, queryCount: 101 }), []);
    expect(always.disproved).toHaveLength(1);
  });

  test('is taken up again once a later run proves it', () => {
    const withdrawn = { [key]: 'the response changed (101 → 3 queries)' };
    expect(judgeAdvice({ ...before, withdrawn }, after(), []).withdrawn).toEqual({});
    expect(judgeAdvice({ ...before, open: [], withdrawn }, after(), []).withdrawn).toEqual(withdrawn);
  });
});

test('advice that was not followed says nothing of itself', () => {
  expect(judgeAdvice(before, after({ queryCount: 101 }), [finding])).toEqual({ open: [key], withdrawn: {}, disproved: [] });
});

test('nor does advice of a finding that is suppressed since', () => {
  expect(judgeAdvice(before, after({ queryCount: 101 }), [], [finding])).toEqual({ open: [], withdrawn: {}, disproved: [] });
});

test('a finding keeps its key when its lines move, and has another one elsewhere', () => {
  const at = (line: number, file = '/app/service.ts') => aFinding({ parent: aParent({ site: aSite({ line, file }) }) });
  expect(adviceKey(at(9))).toBe(adviceKey(at(12)));
  expect(adviceKey(at(9))).not.toBe(adviceKey(at(9, '/app/other.ts')));
});

test('withdrawn advice offers no edit and says why', () => {
  const { advice } = withdraw(finding, { [key]: 'the response changed (101 → 3 queries)' });
  expect(advice).toMatchObject({ editable: false, whyNot: 'Withdrawn: when it was followed, the response changed (101 → 3 queries).' });
  expect(withdraw(finding, {})).toBe(finding);
});
