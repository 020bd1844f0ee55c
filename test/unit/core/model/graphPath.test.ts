import { describe, expect, test } from 'vitest';
import { graphPath } from '../../../../src/core/model/graphPath';
import { toSite } from '../../../../src/core/profile/detect/sites';
import { fromUri, toUri } from '../../../../src/service/toLsp';

describe('one name for a file on Windows, whoever wrote it', () => {
  test.each([
    ['VS Code', 'c:\\shop\\src\\book.ts'],
    ['Node.js', 'C:\\shop\\src\\book.ts'],
    ['the graph', 'C:/shop/src/book.ts'],
  ])('%s', (_who, file) => {
    expect(graphPath(file)).toBe('C:/shop/src/book.ts');
  });

  test('a line that a run names is one of the document that the editor names', () => {
    const site = toSite({ file: 'c:\\my shop\\book.ts', line: 1, column: 1, function: null, async: false });
    const document = 'file:///c%3A/my%20shop/book.ts';
    expect(fromUri(document)).toBe(site.file);
    expect(toUri(site.file)).toBe(document);
  });

  test.each(['/home/c:/shop/book.ts', '/home/shop/book.ts', '//server/share/book.ts'])('%s stays', (file) => {
    expect(graphPath(file)).toBe(file);
  });
});
