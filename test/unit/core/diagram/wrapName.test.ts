import { describe, expect, it } from 'vitest';
import { cutName, lineOffset, wrapName } from '../../../../src/core/diagram/wrapName';

/** Each letter as wide as half its height. */
const widthOf = (text: string): number => text.length / 2;
const wrap = (name: string, width: number, height: number) => wrapName(name, { width, height }, 44, widthOf);

describe('a name in a box', () => {
  it.each([
    ['ProductVariantPrice', ['Product', 'Variant', 'Price']],
    ['Order', ['Order']],
    ['HTTPRequestLog', ['HTTP', 'Request', 'Log']],
    ['order_line_item', ['order_', 'line_', 'item']],
    ['BestellungÄnderung', ['Bestellung', 'Änderung']],
    ['OAuth2Client', ['OAuth2', 'Client']],
  ])('is broken between its words where the box is higher than wide: %s', (name, lines) => {
    expect(wrap(name, 60, 300).lines).toEqual(lines);
  });

  it('stays in one line where that is as large', () => {
    expect(wrap('ProductVariant', 400, 50)).toEqual({ lines: ['ProductVariant'], size: 50 / 1.15 });
  });

  it('fills lines with the words that fit', () => {
    expect(wrap('TaxOfItemInOrder', 100, 100).lines).toEqual(['TaxOf', 'ItemIn', 'Order']);
  });

  it('never grows beyond its box nor the largest size', () => {
    for (const name of ['A', 'ProductVariantPriceTranslation', 'x'.repeat(300), 'ABCDEFGHIJ', '日本語の表', '']) {
      for (const [width, height] of [
        [10, 400],
        [400, 10],
        [120, 90],
      ] as const) {
        const { lines, size } = wrap(name, width, height);
        expect(lines.join('')).toBe(name);
        expect(size).toBeLessThanOrEqual(44);
        expect(Math.max(...lines.map(widthOf)) * size).toBeLessThanOrEqual(width + 1e-9);
        expect(lines.length * size * 1.15).toBeLessThanOrEqual(height + 1e-9);
      }
    }
  });

  it.each([
    ['ExternalAuthentication', 30, 60, ['External', 'Authent…']],
    ['HistoryEntry', 30, 60, ['History', 'Entry']],
    ['HistoryEntryOfCustomer', 30, 20, ['History', 'EntryOf…']],
    ['HistoryEntry', 30, 5, ['History…']],
    ['HistoryEntry', 8, 60, []],
  ])('whose letters may not get smaller is cut: %s in %i × %i', (name, width, height, lines) => {
    expect(cutName(name, { width, height }, 7.5, widthOf)).toEqual(lines);
  });

  it('stands around the middle', () => {
    const name = { lines: ['a', 'b', 'c'], size: 10 };
    expect([0, 1, 2].map((index) => lineOffset(index, name))).toEqual([-11.5, 0, 11.5]);
  });
});
