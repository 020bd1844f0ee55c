import { expect, it } from 'vitest';
import { shortHash } from '../../../src/probe/shortHash';

it('tells answers apart that differ little', () => {
  const answers = new Set<string>();
  for (let id = 0; id < 3_000; id++) {
    for (const answer of [`{"id":${id}}`, `{"id":"${id}"}`, `{"id":${id},"on":true}`, `[{"id":${id}},{"id":${id + 1}}]`]) answers.add(answer);
  }
  for (let length = 0; length < 300; length++) for (const letter of ['a', 'b', '\0', ' ']) answers.add(letter.repeat(length));
  const hashes = new Set([...answers].map(shortHash));
  expect(hashes.size).toBe(answers.size);
  expect([...hashes].filter((hash) => !/^[0-9a-f]{16}$/.test(hash ?? ''))).toEqual([]);
});

it('tells places apart where the same stands', () => {
  const words = ['one', 'two', 'six', 'ten'];
  const orders = words.flatMap((a) => words.flatMap((b) => words.flatMap((c) => words.map((d) => `["${a}","${b}","${c}","${d}"]`))));
  expect(new Set(orders.map(shortHash)).size).toBe(256);
});

it('is the same for a text and its bytes', () => {
  for (const text of ['', 'one', '{"a":1}', 'x'.repeat(4096)]) expect(shortHash(Buffer.from(text))).toBe(shortHash(text));
});

it('is none of long texts, nor of those whose bytes are not their characters', () => {
  for (const text of ['é', '{"name":"Ærø"}', '\ud800', 'x'.repeat(4097)]) {
    expect(shortHash(text)).toBeUndefined();
    expect(shortHash(Buffer.from(text))).toBeUndefined();
  }
});
