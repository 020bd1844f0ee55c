import { describe, expect, test } from 'vitest';
import { readSuppressions } from '../../../../src/core/rules/suppression';

/** `¦` marks the line that is asked about. */
function said(marked: string, id = 'lazy-n-plus-one'): string | null | false {
  const line = marked.slice(0, marked.indexOf('¦')).split('\n').length;
  const comments = readSuppressions(marked.replace('¦', ''));
  return comments.covers(id, line) && comments.reasonFor(id, line);
}

const NEXT = '// relation-lens-ignore-next-line';

describe('a comment', () => {
  test.each<[string, string, string | null]>([
    ['above the line', `${NEXT} lazy-n-plus-one: few\n¦go();\n`, 'few'],
    ['without a colon', `${NEXT} lazy-n-plus-one because few\n¦go();\n`, 'because few'],
    ['without a reason', `${NEXT} lazy-n-plus-one\n¦go();\n`, null],
    ['for whatever is found there', `${NEXT}: a script\n¦go();\n`, 'a script'],
    ['of several kinds', `${NEXT} slow-query, lazy-n-plus-one: known\n¦go();\n`, 'known'],
    ['in a block comment', '/* relation-lens-ignore-next-line lazy-n-plus-one: few */\n¦go();\n', 'few'],
    ['above another comment', `${NEXT} lazy-n-plus-one: few\n// what it does\n¦go();\n`, 'few'],
    ['on the line itself', '¦go(); // relation-lens-ignore-line lazy-n-plus-one: few\n', 'few'],
    ['for the file', '// relation-lens-ignore-file lazy-n-plus-one: a script\n\n\n¦go();\n', 'a script'],
    ['in a file with CRLF', `${NEXT} lazy-n-plus-one: few\r\n¦go();\r\n`, 'few'],
  ])('is heard %s', (_, text, reason) => expect(said(text)).toBe(reason));

  test.each([
    ['of another kind', `${NEXT} slow-query: known\n¦go();\n`],
    ['of another line', `${NEXT} lazy-n-plus-one: few\nstart();\n¦go();\n`],
    ['for a whole file that names nothing', '// relation-lens-ignore-file\n¦go();\n'],
    ['that is none', '// relation-lens-ignore-next-lines\n¦go();\n'],
  ])('is not heard: one %s', (_, text) => expect(said(text)).toBe(false));
});

describe('a comment above a statement speaks for its lines', () => {
  test.each([
    ['a chain', 'const rows = await repo\n  .createQueryBuilder("a")\n  ¦.getMany();\n'],
    ['a chain with arguments over lines', 'await repo\n  .createQueryBuilder("a")\n  .where(\n    "a.id = :id",\n    { id },\n  )\n  ¦.getMany();\n'],
    ['arguments', 'out.push(\n  await first(),\n  ¦await author.books,\n);\n'],
    ['an object in a call', 'show({\n  name: author.name,\n  ¦books: await author.books,\n});\n'],
    ['an arrow without a block', 'const all = await Promise.all(\n  authors.map(async (author) =>\n    ¦author.books,\n  ),\n);\n'],
    ['what is assigned', 'const books =\n  ¦await author.books;\n'],
    ['a choice', 'const books = author.deceased\n  ? []\n  ¦: await author.books;\n'],
  ])('%s', (_, text) => expect(said(`${NEXT} lazy-n-plus-one: few\n${text}`)).toBe('few'));

  test.each([
    ['the body of a loop', 'for (const author of authors) {\n  ¦await author.books;\n}\n'],
    ['the body of a function', 'app.get("/authors", async (request) => {\n  ¦await author.books;\n});\n'],
    ['a function with a type', 'async function list(\n  repo: Repo,\n): Promise<Author[]> {\n  ¦await author.books;\n}\n'],
    ['the next statement', 'await repo\n  .find();\n¦await author.books;\n'],
    ['the next statement, where there are no semicolons', 'await repo\n  .find()\n¦await author.books\n'],
    ['a case', 'switch (kind) {\n  case "a":\n    ¦await author.books;\n}\n'],
    ['a class’s next member', '@Column({\n  nullable: true,\n})\nname: string;\n\n¦books: Book[];\n'],
  ])('but not for %s', (_, text) => expect(said(`${NEXT} lazy-n-plus-one: few\n${text}`)).toBe(false));
});
