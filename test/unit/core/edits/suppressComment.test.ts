import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { applyEdits, parseSource } from '../../../../src/core/edits/sourceText';
import { splitSuppressed } from '../../../../src/core/edits/suppressedFindings';
import { commentFor, suppressFindingEdit } from '../../../../src/core/edits/suppressComment';
import { aFinding, aParent, aSite } from '../../builders/findingBuilder';
import { aShop } from '../../builders/graphBuilder';

const FILE = '/app/src/authors.ts';

/** `¦` marks the read of the relation, `|` the query; the finding names the line where they were before the lines above them came. */
function suppress(marked: string, { reason = 'few', file = FILE, withSite = true } = {}) {
  const text = marked.replace(/[|¦]/g, '');
  const site = (mark: string, other: string) => {
    const before = marked.replaceAll(other, '').split(mark)[0]?.split('\n') ?? [];
    return aSite({ file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, function: null });
  };
  const finding = aFinding({
    site: withSite ? site('¦', '|') : null,
    parent: marked.includes('|') ? aParent({ site: site('|', '¦') }) : null,
  });
  const context = (current: string) => ({ typescript: ts, graph: aShop(), readFile: (name: string) => (name === file ? current : undefined) });
  const result = suppressFindingEdit(context(text), finding, reason);
  const after = result.kind === 'edit' ? applyEdits(ts, file, text, result.edits) : text;
  const moved = aFinding({ ...finding, site: finding.site && { ...finding.site, line: finding.site.line + 1 } });
  return { result, after, isHeard: splitSuppressed(context(after), [moved], []).open.length > 0 };
}

const COMMENT = '// relation-lens-ignore-next-line lazy-n-plus-one: few';

describe('the comment stands above the statement', () => {
  test.each([
    ['in its indentation', 'for (const a of all) {\n\tawait a.¦books;\n}\n', `for (const a of all) {\n\t${COMMENT}\n\tawait a.books;\n}\n`],
    [
      'that goes over several lines',
      'const books = await Promise.all(\n  all.map((a) =>\n    a.¦books,\n  ),\n);\n',
      `${COMMENT}\nconst books = await Promise.all(\n  all.map((a) =>\n    a.books,\n  ),\n);\n`,
    ],
    ['in the file’s line ends', 'go();\r\nawait a.¦books;\r\n', `go();\r\n${COMMENT}\r\nawait a.books;\r\n`],
    [
      'or above the line, where the statement begins in a text',
      'const page = `\n  <p>${await render(\n    a.¦books,\n  )}</p>`;\n',
      `const page = \`\n  <p>\${await render(\n    ${COMMENT}\n    a.books,\n  )}</p>\`;\n`,
    ],
  ])('%s', (_, before, after) => {
    const suppressed = suppress(before);
    expect(suppressed.after).toBe(after);
  });

  test('and is heard there', () => {
    expect(suppress('for (const a of all) {\n  await a.¦books;\n}\n').isHeard).toBe(false);
    expect(suppress('const books = await Promise.all(\n  all.map((a) =>\n    a.¦books,\n  ),\n);\n').isHeard).toBe(false);
  });

  test('at the query, where the line in the loop is not known', () => {
    const { after } = suppress('const all = await repo\n  .|find();\n', { withSite: false });
    expect(after).toBe(`${COMMENT}\nconst all = await repo\n  .find();\n`);
  });

  test('in one line, whatever the reason says', () => {
    expect(suppress('await a.¦books;\n', { reason: ' few\n  authors ' }).after).toBe(`${COMMENT} authors\nawait a.books;\n`);
  });
});

describe('nothing is written', () => {
  test('where such a comment stands', () => {
    expect(suppress(`${COMMENT}\nawait a.¦books;\n`).result).toEqual({ kind: 'mended' });
  });

  test('where the line is gone', () => {
    const gone = aFinding({ site: aSite({ file: FILE, line: 7, column: 3, function: null }) });
    const result = suppressFindingEdit({ typescript: ts, graph: aShop(), readFile: () => 'go();\n' }, gone, 'few');
    expect(result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/not found/) as string });
  });

  test('into JSON, which has no comments', () => {
    const text = '{\n  "columns": {}\n}\n';
    const at = (file: string) =>
      commentFor(parseSource(ts, file, text), { file, line: 2, column: 3, endLine: 2, endColumn: 12 }, 'unindexed-join-column');
    expect(at('/app/order.json')).toBeNull();
    expect(at('/app/order.ts')?.newText).toContain('relation-lens-ignore-next-line unindexed-join-column: ');
  });

  test('into a text', () => {
    const { result, after } = suppress('const page = `\n${a.¦books}\n`;\n');
    expect(result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(/setting/) as string });
    expect(after).toBe('const page = `\n${a.books}\n`;\n');
  });
});
