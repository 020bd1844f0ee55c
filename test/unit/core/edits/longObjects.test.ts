/** An edit that makes an object too long for its line writes it over several, as a formatter would; what fits, or holds more than properties, stays. */
import { describe, expect, test } from 'vitest';
import ts from 'typescript';
import { breakLongObjects } from '../../../../src/core/edits/longObjects';
import { applyEdits, parseSource, toTextEdits } from '../../../../src/core/edits/sourceText';
import { detectStyle } from '../../../../src/core/edits/sourceStyle';
import { expectEdit } from './loadEdits';

const FILE = '/app/service.ts';
const LONG = ", relations: { books: true }, relationLoadStrategy: 'query'";

/** `|` is where `inserted` goes. */
function insert(marked: string, inserted = LONG): string {
  const text = marked.replaceAll('|', '');
  const source = parseSource(ts, FILE, text);
  const starts = [...marked.matchAll(/\|/g)].map(({ index }, before) => index - before);
  const changes = starts.map((start) => ({ start, end: start, newText: inserted }));
  return applyEdits(ts, FILE, text, toTextEdits(source, breakLongObjects(source, detectStyle(source), changes)));
}

describe('an object that gets too long for its line', () => {
  test('has one property a line', () => {
    expect(insert("  const found = await this.authors.find({ where: { name: Like('A%') }, order: { name: 'ASC' }| });\n")).toBe(
      [
        '  const found = await this.authors.find({',
        "    where: { name: Like('A%') },",
        "    order: { name: 'ASC' },",
        '    relations: { books: true },',
        "    relationLoadStrategy: 'query',",
        '  });',
        '',
      ].join('\n'),
    );
  });

  test('is the outermost one on the line, and all that is changed in it is kept', () => {
    expect(insert("await authors.find({ order: { name: 'ASC'| }, where: { name: Like('A%'), born: MoreThan(1900) }| });\n", ', id: true')).toBe(
      [
        'await authors.find({',
        "  order: { name: 'ASC', id: true },",
        "  where: { name: Like('A%'), born: MoreThan(1900) },",
        '  id: true,',
        '});',
        '',
      ].join('\n'),
    );
  });

  test('keeps the file’s line ends, indentation and commas', () => {
    const style = 'const a = {\r\n\tb: 1\r\n};\r\n';
    expect(insert(`${style}\tawait this.authors.find({ where: { name: Like('A%') }, order: { name: 'ASC' }| });\r\n`)).toBe(
      `${style}\tawait this.authors.find({\r\n\t\twhere: { name: Like('A%') },\r\n\t\torder: { name: 'ASC' },\r\n\t\trelations: { books: true },\r\n\t\trelationLoadStrategy: 'query'\r\n\t});\r\n`,
    );
  });

  test('goes as far as the file’s longest line', () => {
    const wide = `// ${'-'.repeat(130)}\n`;
    const line = "const found = await this.authors.find({ order: { name: 'ASC' }| });\n";
    expect(insert(wide + line)).toBe(wide + line.replace('|', LONG));
  });

  test('in an edit of a query: once more, nothing is left to do', () => {
    expectEdit(
      "const found = await this.authorRepository.|find({ where: { name: Like('A%') }, order: { name: 'ASC', id: 'ASC' } });\n",
      {},
      [
        'const found = await this.authorRepository.find({',
        "  where: { name: Like('A%') },",
        "  order: { name: 'ASC', id: 'ASC' },",
        '  relations: { books: true },',
        '});',
        '',
      ].join('\n'),
    );
  });
});

describe('an object stays on its line', () => {
  test.each([
    ['where there is room', 'await repo.find({ take: 9| });\n'],
    [
      'with a comment between its properties',
      "const found = await this.authors.find({ /* all */ where: { name: Like('A%') }, order: { name: 'ASC' }| });\n",
    ],
    [
      'where a function holds it, which stays as it is',
      `const f = { load: async () => { return (await import('./authors')).default.find(a|); }, and: { so: 'on' } };\n`,
    ],
  ])('%s', (_, marked) => expect(insert(marked)).toBe(marked.replace('|', LONG)));

  test('where it has several lines already', () => {
    const marked =
      "const found = await this.authors.find({ where: { name: Like('A%') },\n  order: { name: 'ASC', born: 'DESC', id: 'ASC', city: 'ASC' }| });\n";
    expect(insert(marked)).toBe(marked.replace('|', LONG));
  });
});
