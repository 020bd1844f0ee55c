/** Entities that TypeORM keeps as trees: it writes their closure rows and paths one by one, whatever the caller does (cases E4, H5 and X30). */
import { plainAdvice } from '../advise/plainAdvice';
import type { LoopPattern } from './judging';

export function writesTree({ samples }: LoopPattern): boolean {
  return samples.some(({ shapes }) => [...shapes.values()].some(({ shape }) => /_closure\b/i.test(shape) || /"(mpath|nsleft)"/i.test(shape)));
}

export function isClosure(table: string): boolean {
  return /_closure$/i.test(table);
}

export function treeAdvice() {
  return plainAdvice('none', null, 'Trees keep their closure rows and paths one by one; write fewer nodes at a time where it matters.');
}
