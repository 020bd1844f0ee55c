/**
 * Text widths where nothing can be measured: Helvetica's advance widths, and a seventh more, since the reader's interface font may be
 * wider (Verdana, DejaVu Sans) and a box that is too wide looks better than a text that is cut.
 */
import { fonts } from './paint';
import type { TextStyle } from './tableShape';

/** Thousandths of the font size, by letter; what is missing counts as a wide letter, so that boxes are rather too wide. */
const advances = new Map<string, number>();
const groups: readonly (readonly [string, number])[] = [
  ["'", 191],
  ['ijl', 222],
  ['|', 260],
  [' !,./:;I[]ft\\', 278],
  ['()-r`', 333],
  ['"', 355],
  ['*', 389],
  ['^', 469],
  ['Jckvxyzs', 500],
  ['#$?0123456789L_abdeghnopqu…', 556],
  ['+<=>~', 584],
  ['FTZ', 611],
  ['&ABEKPSVXY', 667],
  ['CDHNRUw', 722],
  ['GOQ', 778],
  ['Mm', 833],
  ['%', 889],
  ['W', 944],
  ['·', 278],
];
for (const [letters, width] of groups) for (const letter of letters) advances.set(letter, width);

/** Width of a text in pixels at zoom 1. */
export function estimateWidth(text: string, style: TextStyle): number {
  let sum = 0;
  for (const letter of text) sum += advances.get(letter) ?? 833;
  const { size, weight } = fonts[style];
  return (sum / 1000) * size * (weight === 600 ? 1.2 : 1.14);
}
