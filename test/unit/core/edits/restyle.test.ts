import { expect, test } from 'vitest';
import { restyle } from '../../../../src/core/edits/restyle';

const tight = (text: string) => restyle(text, { quote: "'", braceSpace: '' });
const double = (text: string) => restyle(text, { quote: '"', braceSpace: ' ' });

test.each([
  ['an object', 'find({ where: { id: 1 }, take: 2 })', 'find({where: {id: 1}, take: 2})'],
  ['a pattern', 'rows.map(({ id, name }) => id)', 'rows.map(({id, name}) => id)'],
  ['a spread', 'run({ ...options, take: 2 })', 'run({...options, take: 2})'],
  ['a type', 'getRawMany<{ bookId: number; count?: string }>()', 'getRawMany<{bookId: number; count?: string}>()'],
])('braces lose their spaces: %s', (_, text, expected) => expect(tight(text)).toBe(expected));

test.each([
  ['a block', 'if (a) { run(); }'],
  ['the body of a function', 'rows.map((row) => { return row; })'],
  ['several lines', 'find({\n  where: { id },\n})'.replace('{ id }', 'id')],
  ['what is in a text', "say('{ a: 1 }', `{ ${b} }`) // { c: 1 }"],
])('braces keep their spaces: %s', (_, text) => expect(tight(text)).toBe(text));

test('quotes become those of the file, but for texts that would need an escape', () => {
  expect(double("order('ASC', 'it\"s', 'a\\'b', `x'y`) // don't")).toBe("order(\"ASC\", 'it\"s', 'a\\'b', `x'y`) // don't");
});

test('the usual style is left as it is', () => {
  const text = 'find({ a: "b" })';
  expect(restyle(text, { quote: "'", braceSpace: ' ' })).toBe(text);
});
