import ts from 'typescript';
import { expect, test } from 'vitest';
import { replaceNames } from '../../../../src/core/edits/handedNames';

test.each([
  ['a value', 'books.findBy({ kind: kind })', { kind: 'KIND' }, 'books.findBy({ kind: KIND })'],
  ['a property that is called as its value', 'books.countBy({ id: In(\0), kind })', { kind: 'KIND' }, 'books.countBy({ id: In(\0), kind: KIND })'],
  ['one that the loop calls the same', 'books.countBy({ kind })', { kind: 'kind' }, 'books.countBy({ kind })'],
  ['two that change places', 'books.countBy({ a, b: b, c: [a, b] })', { a: 'b', b: 'a' }, 'books.countBy({ a: b, b: a, c: [b, a] })'],
  ['a branch before a colon', 'show(isStrict ? least : 0)', { isStrict: 'true', least: 'two' }, 'show(true ? two : 0)'],
  ['an expression within another one', 'show(least * 2, least)', { least: 'a + b' }, 'show((a + b) * 2, a + b)'],
  ['an object that is read', 'show(options.kind)', { options: 'a ?? b' }, 'show((a ?? b).kind)'],
  ['what a template holds', 'show(`r.id > ${least}`)', { least: 'two' }, 'show(`r.id > ${two}`)'],
])('%s becomes what is handed in', (_, text, handed, expected) => {
  expect(replaceNames({ typescript: ts }, text, new Map(Object.entries(handed)))).toBe(expected);
});

test.each([
  ['names of properties', 'books.kind.find({ kind: 1 })'],
  ['texts', `books.where('kind = :kind', { a: "kind" })`],
  ['names in types', `books.getRawMany<{ kind: Book['kind']; count: number }>()`],
])('%s stay', (_, text) => {
  expect(replaceNames({ typescript: ts }, text, new Map([['kind', 'KIND']]))).toBe(text);
});
