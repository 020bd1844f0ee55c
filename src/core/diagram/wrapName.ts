/** A table's name in lines, as large as its box lets it be: from far away the name is all that a box says. */
import type { Size } from './geometry';

export interface WrappedName {
  readonly lines: readonly string[];
  /** Of the letters, in the units of the box. */
  readonly size: number;
}

const lineHeight = 1.15;

/**
 * Breaks a name between its words (`ProductVariantPrice` → `Product`, `Variant`, `Price`) where that lets it be larger.
 * @param widthOf a text's width where its letters are one unit large
 * @param largest letters are no larger than this
 */
export function wrapName(name: string, room: Size, largest: number, widthOf: (text: string) => number): WrappedName {
  const words = wordsOf(name);
  let best: WrappedName = { lines: [name], size: 0 };
  for (let count = 1; count <= words.length; count++) {
    const lines = balance(words, count, widthOf);
    const widest = Math.max(...lines.map(widthOf), Number.MIN_VALUE);
    const size = Math.min(largest, room.width / widest, room.height / (lines.length * lineHeight));
    // One more line is worth it for clearly larger letters only.
    if (size > best.size * 1.1) best = { lines, size };
  }
  return best;
}

/** Below this many letters what is left of a name says nothing. */
const fewestLetters = 5;

/**
 * The lines of a name where letters may not get smaller: words that are too long end in `…`, and so does the last line where more would
 * follow. No lines where there is not even room for a few letters.
 * @param size of the letters, in the units of the box
 */
export function cutName(name: string, room: Size, size: number, widthOf: (text: string) => number): readonly string[] {
  const limit = room.width / size;
  const most = Math.max(1, Math.floor(room.height / (size * lineHeight)));
  const lines = fill(wordsOf(name), limit, widthOf);
  const shown = lines.slice(0, most).map((line, index) => cutLine(index === most - 1 ? lines.slice(index).join('') : line, limit, widthOf));
  return shown.every((line) => line.length > fewestLetters || !line.endsWith('…')) ? shown : [];
}

function cutLine(line: string, limit: number, widthOf: (text: string) => number): string {
  if (widthOf(line) <= limit) return line;
  const letters = [...line];
  while (letters.length > 0 && widthOf(`${letters.join('')}…`) > limit) letters.pop();
  return `${letters.join('')}…`;
}

/** Distance of a line's middle from the box's middle, for lines of a size. */
export function lineOffset(index: number, { lines, size }: WrappedName): number {
  return (index - (lines.length - 1) / 2) * size * lineHeight;
}

/** `HTTPRequestLog` → `HTTP`, `Request`, `Log`; `order_line` → `order_`, `line`. */
function wordsOf(name: string): string[] {
  const words = name.match(/\p{Lu}+(?!\p{Ll})[\p{N}_]*|\p{Lu}?[^\p{Lu}_]+_*|[^]/gu) ?? [name];
  return words.length > 6 ? [name] : words;
}

/** Words in lines, each filled as far as the widest may go that the count of lines asks for. */
function balance(words: readonly string[], count: number, widthOf: (text: string) => number): string[] {
  const whole = widthOf(words.join(''));
  for (let limit = whole / count; ; limit += whole / 20) {
    const lines = fill(words, limit, widthOf);
    if (lines.length <= count) return lines;
  }
}

function fill(words: readonly string[], limit: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && widthOf(line + word) > limit) {
      lines.push(line);
      line = '';
    }
    line += word;
  }
  return [...lines, line];
}
