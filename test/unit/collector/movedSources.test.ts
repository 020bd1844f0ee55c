/** Where the files of a recording stand that was made elsewhere. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { movedEvent, movedFolder, moveOf } from '../../../src/collector/movedSources';

const here = (...files: string[]) => {
  const there = new Set(files.map((file) => path.normalize(file)));
  return (file: string) => there.has(file);
};

describe('files that were recorded elsewhere', () => {
  it('are those with the same end of the path', () => {
    const exists = here('/home/me/shop/src/author.ts', '/home/me/shop/src/book.ts');
    expect(moveOf(['/app/src/author.ts', '/app/src/book.ts'], ['/home/me/shop'], exists)).toEqual({ from: '/app', to: '/home/me/shop' });
  });

  it('are found from a folder above and from one beneath the folder that ran', () => {
    const exists = here('/home/me/shop/packages/api/src/author.ts');
    const recorded = ['/builds/7/packages/api/src/author.ts'];
    expect(moveOf(recorded, ['/home/me/shop'], exists)).toEqual({ from: '/builds/7', to: '/home/me/shop' });
    expect(moveOf(recorded, ['/home/me/shop/packages/api'], exists)).toEqual({
      from: '/builds/7/packages/api',
      to: '/home/me/shop/packages/api',
    });
  });

  it('are found by the other system’s separators', () => {
    const exists = here('/home/me/shop/src/author.ts');
    expect(moveOf([String.raw`C:\shop\src\author.ts`], ['/home/me/shop'], exists)).toEqual({ from: String.raw`C:\shop`, to: '/home/me/shop' });
  });

  it('are in the folder that has most of them', () => {
    const exists = here('/one/src/main.ts', '/two/src/main.ts', '/two/src/author.ts', '/two/src/book.ts');
    expect(moveOf(['/app/src/main.ts', '/app/src/author.ts', '/app/src/book.ts'], ['/one', '/two'], exists)).toEqual({ from: '/app', to: '/two' });
  });

  it('are not those of another app that has a file of one name', () => {
    expect(moveOf(['/app/src/main.ts', '/app/src/author.ts'], ['/other'], here('/other/src/main.ts'))).toBeNull();
  });

  it('are not looked for without a name or a folder', () => {
    expect(moveOf([], ['/other'], () => true)).toBeNull();
    expect(moveOf(['/app/src/main.ts'], [], () => true)).toBeNull();
  });
});

describe('what a recording says of them', () => {
  const move = { from: '/app', to: '/home/me/shop' };
  const site = (...files: string[]) => ({
    e: 'site' as const,
    id: 1,
    frames: files.map((file) => ({ file, line: 3, column: 1, function: 'list', async: false })),
  });

  it('names them where they are; what stood elsewhere stays', () => {
    expect(movedEvent(move, site('/app/src/author.ts', '/application/x.ts', '/lib/shared.ts'))).toEqual(
      site('/home/me/shop/src/author.ts', '/application/x.ts', '/lib/shared.ts'),
    );
  });

  it('was run in the folder that was moved, or beneath it', () => {
    expect(movedFolder(move, '/app')).toBe('/home/me/shop');
    expect(movedFolder(move, '/app/packages/api')).toBe('/home/me/shop/packages/api');
    expect(movedFolder({ from: '/app/packages/api', to: '/home/me/api' }, '/app')).toBe('/home/me/api');
  });
});
