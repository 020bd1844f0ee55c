import { expect, it } from 'vitest';
import { previewEdits } from '../../../src/service/relationPreview';

const text = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', ''].join('\n');
const at = (line: number, column: number, newText: string, endLine = line, endColumn = column) => ({
  file: '/a.ts',
  line,
  column,
  endLine,
  endColumn,
  newText,
});

function preview(...edits: ReturnType<typeof at>[]): string[] {
  return (previewEdits(edits, () => text).files[0]?.lines ?? []).map((line) => `${line.sign} ${line.text}`);
}

it('shows what goes and comes between lines that stay', () => {
  expect(preview(at(4, 1, '4', 4, 5))).toEqual(['  two', '  three', '- four', '+ 4', '  five', '  six']);
});

it('shows an insertion without the line that it hangs on as changed', () => {
  expect(preview(at(4, 5, '\nnew'))).toEqual(['  two', '  three', '  four', '+ new', '  five', '  six']);
});

it('shows no line twice where changes are near each other, and a gap where they are not', () => {
  expect(preview(at(2, 4, '!'), at(3, 6, '\nnew'))).toEqual(['  one', '- two', '+ two!', '  three', '+ new', '  four', '  five']);
  expect(preview(at(1, 4, '!'), at(8, 6, '!'))).toEqual([
    '- one',
    '+ one!',
    '  two',
    '  three',
    '  …',
    '  six',
    '  seven',
    '- eight',
    '+ eight!',
    '  nine',
    '  ',
  ]);
});
