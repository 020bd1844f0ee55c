/** The exception breakpoints that an editor offers, and what they make the probe pause at. */
import { describe, expect, it } from 'vitest';
import { usualPauses } from '../../../src/protocol/pauses';
import { exceptionBreakpointFilters, toPauseOn } from '../../../src/debug/pauseFilters';

describe('exception breakpoints', () => {
  it('are five, off until they are asked for', () => {
    expect(exceptionBreakpointFilters.map(({ label, default: isDefault }) => [label, isDefault])).toEqual([
      ['N+1 query', false],
      ['Lazy load', false],
      ['Unloaded relation read', false],
      ['Slow query', false],
      ['Failed query', false],
    ]);
  });

  it.each([
    ['none', { filters: [] }, {}],
    ['plain ones', { filters: ['nPlusOne', 'lazyLoad', 'slowQuery'] }, { nPlusOne: 5, lazyLoad: 1, slowQuery: 200 }],
    [
      'conditions',
      {
        filters: [],
        filterOptions: [
          { filterId: 'nPlusOne', condition: '3' },
          { filterId: 'slowQuery', condition: ' 50 ' },
        ],
      },
      { nPlusOne: 3, slowQuery: 50 },
    ],
    [
      'conditions that are no numbers',
      {
        filters: [],
        filterOptions: [
          { filterId: 'nPlusOne', condition: 'many' },
          { filterId: 'slowQuery', condition: '-1' },
        ],
      },
      { nPlusOne: 5, slowQuery: 200 },
    ],
    ['unknown ones', { filters: ['uncaught'], filterOptions: [{ filterId: 'failedQuery' }] }, { failedQuery: 1 }],
  ])('are read: %s', (_case, args, on) => {
    expect(toPauseOn(args)).toEqual(on);
  });

  it('have their usual thresholds where a setting lists them, and nothing comes of other words', () => {
    expect(usualPauses(['nPlusOne', 'failedQuery', 'toString', 3])).toEqual({ nPlusOne: 5, failedQuery: 1 });
    expect([usualPauses([]), usualPauses(undefined), usualPauses('nPlusOne')]).toEqual([{}, {}, {}]);
  });
});
