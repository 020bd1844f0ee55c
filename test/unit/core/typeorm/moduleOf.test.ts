import { describe, expect, it } from 'vitest';
import { moduleOf } from '../../../../src/core/typeorm/resolve/moduleOf';

describe('the module of a file', () => {
  it.each([
    ['/app/src/catalog/book.ts', 'src/catalog'],
    ['/app/src/catalog/entities/book.ts', 'src/catalog'],
    ['/app/src/catalog/database/entities/book.ts', 'src/catalog'],
    ['/app/entities/book.ts', 'entities'],
    ['/app/book.ts', ''],
    ['/elsewhere/lib/book.ts', 'elsewhere/lib'],
  ])('is the folder that says what it is about: %s', (file, module) => {
    expect(moduleOf(file, ['/app'])).toBe(module);
  });

  it('begins with the folder of the workspace where there are several', () => {
    const roots = ['/work/shop', '/work/billing', '/work/shop/plugins'];
    expect(moduleOf('/work/shop/src/book.ts', roots)).toBe('shop/src');
    expect(moduleOf('/work/billing/src/entities/invoice.ts', roots)).toBe('billing/src');
    expect(moduleOf('/work/shop/plugins/gift/card.ts', roots)).toBe('plugins/gift');
    expect(moduleOf('/work/billing/invoice.ts', roots)).toBe('billing');
    expect(moduleOf('/elsewhere/lib/book.ts', roots)).toBe('elsewhere/lib');
  });

  it('is found beneath the root of the disk, and beside a folder that begins alike', () => {
    expect(moduleOf('/src/book.ts', ['/'])).toBe('src');
    expect(moduleOf('/app2/src/book.ts', ['/app'])).toBe('app2/src');
  });
});
