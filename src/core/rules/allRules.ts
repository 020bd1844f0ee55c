/** Every rule, in the order of the handbook: relations first, then keys, deletion, fetching. */
import type { Rule } from './rule';

export const allRules: readonly Rule[] = [];
