import { expect, test } from 'vitest';
import { defaultSettings, parseSettings } from '../../../src/service/settings';

test('suppressed findings are read as far as they can be', () => {
  const entry = { finding: 'lazy-n-plus-one', file: 'src/a.ts', reason: 'few rows' };
  expect(parseSettings({ suppress: [entry, { reason: 'no kind' }, 'lazy-n-plus-one', { finding: 'slow-query', scope: 7 }] }).suppress).toEqual([
    entry,
    { finding: 'slow-query' },
  ]);
});

test.each([[undefined], [null], ['all'], [{ suppress: 'lazy-n-plus-one', rules: 3, codeLens: false }]])('%j gives the defaults', (value) => {
  expect(parseSettings(value)).toEqual(defaultSettings);
});
