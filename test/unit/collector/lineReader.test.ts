import { expect, it } from 'vitest';
import { LineReader } from '../../../src/collector/lineReader';

it('finds the lines wherever the bytes are cut', () => {
  const text = 'one\nzwölf 🎉\n\nlast\nrest';
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size++) {
    const lines: string[] = [];
    const reader = new LineReader((line) => lines.push(line));
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    expect(lines).toEqual(['one', 'zwölf 🎉', 'last']);
  }
});

it('has enough of a line that never ends', () => {
  const reader = new LineReader(() => undefined, 40);
  const chunk = Buffer.alloc(10, 'x');
  const answers = Array.from({ length: 5 }, () => reader.push(chunk));
  expect(answers).toEqual([true, true, true, true, false]);
});
