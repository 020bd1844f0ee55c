import { describe, expect, it } from 'vitest';
import { isInLoop, isInSearchLoop, isOverWrittenNames, mayBeLoop } from '../../../../src/core/profile/sourceLoop';

function inLoop(source: string): boolean {
  return asked(source, isInLoop);
}

/** The line with the mark is the site, its column that of the mark. */
function asked(source: string, question: typeof isInLoop): boolean {
  const lines = source.split('\n');
  const line = lines.findIndex((text) => text.includes('@')) + 1;
  const column = (lines[line - 1] ?? '').indexOf('@') + 1;
  const sourceLine = (_file: string, at: number): string | null => lines[at - 1]?.replace('@', '') ?? null;
  return question({ file: '/app/a.ts', line, column, function: null }, sourceLine);
}

describe('a line stands in a loop over rows', () => {
  it.each([
    ['for … of', 'for (const author of list) {\n  await @author.books;\n}'],
    ['for … of on one line', 'for (const author of list) await @author.books;'],
    ['for await', 'for await (const author of rows()) {\n  await @author.books;\n}'],
    ['map', 'await Promise.all(\n  list.map(async (author) => {\n    const books = await @author.books;\n    return books;\n  }),\n);'],
    ['map on one line', 'await Promise.all(list.map((author) => @author.books));'],
    ['forEach with a function', 'list.forEach(function (author) {\n  @author.books;\n});'],
    ['a condition within it', 'for (const author of list) {\n  if (author.name) {\n    await @author.books;\n  }\n}'],
    ['while', 'while (queue.length > 0) {\n  await @queue.shift().books;\n}'],
  ])('%s', (_what, source) => {
    expect(inLoop(source)).toBe(true);
  });

  it.each([
    ['no loop', 'const [author] = list;\nawait @author.books;'],
    ['a loop before it', 'for (const each of list) {\n  print(each);\n}\nawait @author.books;'],
    ['a list that is written out', "for (const name of ['a', 'b']) {\n  await @find(name);\n}"],
    ['a count up to a number', 'for (let i = 0; i < 3; i++) {\n  await @author.books;\n}'],
    [
      'a function of its own, called in a loop elsewhere',
      'for (const author of list) {\n  const show = () => {\n    return @author.books;\n  };\n  show();\n}',
    ],
    ['a method', 'class Service {\n  async list(author) {\n    return @author.books;\n  }\n}'],
  ])('not: %s', (_what, source) => {
    expect(inLoop(source)).toBe(false);
  });

  it('not where the source cannot be read', () => {
    expect(isInLoop({ file: '/app/a.ts', line: 1, column: 1, function: null }, undefined)).toBe(false);
    expect(isInLoop({ file: '/app/a.ts', line: 1, column: 1, function: null }, () => null)).toBe(false);
  });
});

describe('a line hands a callback to something like a map', () => {
  it.each([
    ['a method', 'return Promise.all(@rows.map(this.toDto));'],
    ['behind an await', 'return @await Promise.all(rows.map((row) => this.load(row.id)));'],
    ['a pool', 'return @pMap(rows, (row) => load(row));'],
    ['what a lazy relation gives', 'return Promise.all(rows.map((row) => row.@books));'],
    ['objects that ask', 'await @Promise.all(rows.map(async (row) => ({ of: await load(row.id) })));'],
    ['chosen by what is asked', 'return @rows.filter((row) => isOpen(row.id));'],
    ['beside keys that are handed on', 'const ids = rows.map((row) => row.id); await pMap(ids, @load);'],
  ])('%s', (_what, source) => {
    expect(asked(source, mayBeLoop)).toBe(true);
  });

  it.each([
    ['keys of rows, as an argument', 'return this.queries.@execute(new CountBooks(rows.map((row) => row.id)));'],
    ['keys deep within rows', 'return this.@count(rows.flatMap((row: Row) => row.author!.books), rows.map(row => row.key));'],
    ['keys before it', 'const ids = rows.map((row) => row.id); return this.@count(ids);'],
    ['keys by their name', 'await @show(rows.map(({ authorId }) => authorId));'],
    ['rows that are chosen', 'await @show(rows.filter(Boolean).filter((row) => row.isOpen && row.total > 3));'],
    ['new objects of rows', 'await @show(rows.map((row) => ({ ...row, of: author.id })));'],
    ['a sum', 'await @show(rows.reduce((sum, row) => sum + row.total, 0));'],
  ])('not: %s', (_what, source) => {
    expect(asked(source, mayBeLoop)).toBe(false);
  });
});

describe('a line stands in a loop over names that are written out', () => {
  it.each([
    ['of [', "for (const name of ['a', 'b']) {\n  await @find(name);\n}"],
    ['map', "await Promise.all(['a', 'b'].map((name) => @find(name)));"],
    ['map over several lines', "await Promise.all(\n  [\n    'a',\n    'b',\n  ].map((name) => @find(name)),\n);"],
    ['a constant above', "const names = ['a', 'b'];\nfor (const name of names) {\n  await @find(name);\n}"],
    ['a constant over several lines', "const names = [\n  'a',\n  'b',\n] as const;\nawait Promise.all(names.map((name) => @find(name)));"],
  ])('%s', (_what, source) => {
    expect(asked(source, isOverWrittenNames)).toBe(true);
    expect(inLoop(source)).toBe(false);
  });

  it.each([
    ['a spread', 'await Promise.all([...new Set(ids)].map((id) => @find(id)));'],
    ['a spread in for … of', 'for (const id of [...ids]) await @find(id);'],
    ['an element', "await Promise.all(groups['a'].map((id) => @find(id)));"],
    ['a constant that calls', 'const names = [first(), ...rest()];\nfor (const name of names) await @find(name);'],
    ['a list that grows', 'let names = [];\nfor (const name of names) await @find(name);'],
    ['rows', 'const names = await list();\nfor (const name of names) await @find(name);'],
  ])('not: %s', (_what, source) => {
    expect(asked(source, isOverWrittenNames)).toBe(false);
    expect(inLoop(source)).toBe(true);
  });
});

describe('a line stands in a loop that searches', () => {
  it.each([
    ['a condition of while', 'while (await @taken(name)) name = next();'],
    ['a condition of for', 'for (let n = 1; await @taken(name); n++) name = next();'],
    ['an endless loop', 'while (true) {\n  if (!(await @taken(name))) break;\n}'],
  ])('%s', (_what, source) => {
    expect(asked(source, isInSearchLoop)).toBe(true);
  });

  it.each([
    ['a list', 'for (const name of names) await @taken(name);'],
    ['a list by index', 'for (let i = 0; i < names.length; i++) await @taken(names[i]);'],
    ['no loop', 'await @taken(name);'],
  ])('not: %s', (_what, source) => {
    expect(asked(source, isInSearchLoop)).toBe(false);
  });
});

describe('numbers that are written out are no names', () => {
  it.each([
    ['a count', 'for (let i = 0; i < 3; i++) {\n  await @find(i);\n}'],
    ['keys', 'for (const id of [3, 5, 8]) await @find(id);'],
    ['mapped keys', 'await Promise.all([3, 5, 8].map((id) => @find(id)));'],
  ])('%s', (_what, source) => {
    expect(asked(source, isOverWrittenNames)).toBe(false);
  });
});
