/** Memory of a process that collects. */
import v8 from 'node:v8';

/** How much the heap may grow beyond what lives in it before V8 collects what does not. */
const GROWTH_PERCENT = 50;

/**
 * Events are read and mostly forgotten again. V8 would let what is forgotten pile up to several times of what is kept before it looks; looking
 * more often costs little while little is kept. To be called by the program that collects, as it begins: it is a matter of the whole process.
 */
export function keepHeapSmall(): void {
  v8.setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
