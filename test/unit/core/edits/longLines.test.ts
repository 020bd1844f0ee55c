import ts from 'typescript';
import { expect, test } from 'vitest';
import { breakLongLines } from '../../../../src/core/edits/longLines';
import { detectStyle } from '../../../../src/core/edits/sourceStyle';
import { parseSource } from '../../../../src/core/edits/sourceText';

const LONG = 'aVeryLongNameOfAColumnThatTellsAllAboutWhatItHolds';

/** What becomes of lines that are put before a loop, in a file whose lines go to 100 columns. */
function written(lines: readonly string[], indent = '  '): string {
  const text = `{\n${indent}for (const row of rows) show(row);\n}\n`;
  const source = parseSource(ts, '/app.ts', text, new Set(), () => null);
  const at = text.indexOf('for');
  const newText = lines.map((line) => `${line}\n${indent}`).join('');
  return indent + breakLongLines(source, detectStyle(source), { start: at, end: at, newText }).newText.trimEnd();
}

test('an object at the end of a call’s arguments gets a line for each property', () => {
  expect(written([`const found = await manager.find(Row, { where: { ${LONG}: In(ids) }, order: { ${LONG}: 'ASC' } });`])).toBe(
    `  const found = await manager.find(Row, {\n    where: { ${LONG}: In(ids) },\n    order: { ${LONG}: 'ASC' },\n  });`,
  );
});

test('a property that is still too long is broken itself', () => {
  expect(written([`const found = await repo.find({ where: { ${LONG}: In(ids), other${LONG}: true } });`])).toBe(
    `  const found = await repo.find({\n    where: {\n      ${LONG}: In(ids),\n      other${LONG}: true,\n    },\n  });`,
  );
});

test('another argument gets a line of its own', () => {
  expect(written([`const rowBy${LONG} = new Map(found.map((row) => [row.${LONG}, row]));`])).toBe(
    `  const rowBy${LONG} = new Map(\n    found.map((row) => [row.${LONG}, row]),\n  );`,
  );
});

test('the head of a loop is broken, its block stays', () => {
  expect(written([`for (const row of await repo.find({ where: { ${LONG}: In(ids) }, order: { ${LONG}: 'ASC' } })) {`, '  show(row);', '}'])).toBe(
    `  for (const row of await repo.find({\n    where: { ${LONG}: In(ids) },\n    order: { ${LONG}: 'ASC' },\n  })) {\n    show(row);\n  }`.replace(
      '    show',
      '    show',
    ),
  );
});

test('every line keeps to the indentation of its own', () => {
  const lines = written(['const a = 1;', `const rowBy${LONG} = new Map(found.map((row) => [row.${LONG}, row]));`], '    ').split('\n');
  expect(lines).toEqual(['    const a = 1;', `    const rowBy${LONG} = new Map(`, `        found.map((row) => [row.${LONG}, row]),`, '    );']);
});

test.each([
  ['a line that fits', `const found = await repo.findBy({ id: In(ids) });`],
  ['a statement that goes on', `const found = await repo.findBy({ ${LONG}: In(ids), other${LONG}: true,`],
  ['a text of several lines', `const found = await repo.query(\`SELECT ${LONG} FROM row WHERE other${LONG} = 1`],
  ['what is neither a constant nor a loop', `for (const row of rows) rowBy${LONG}.set(row.${LONG}, { ...row, again: row });`],
  ['a constant of no call', `const rowsOf${LONG} = ids.length > 0 ? other${LONG} : another;`],
])('%s stays as it is', (_, line) => {
  expect(written([line])).toBe(`  ${line}`);
});

test('what is put into a line of the file is left as it is', () => {
  const text = `const found = show(1);\n`;
  const source = parseSource(ts, '/app.ts', text, new Set(), () => null);
  const change = { start: text.indexOf('1'), end: text.indexOf('1') + 1, newText: `new Map(found.map((row) => [row.${LONG}, row, row.${LONG}]))` };
  expect(breakLongLines(source, detectStyle(source), change)).toEqual(change);
});
