import { Sale } from '../sale';
import { Stake } from '../stake';

/** Sales are a type here, so that the compiler drops their import; stakes are loaded. */
export function bookedAt(sale?: Sale): string {
  return sale ? 'counter' : Stake.name;
}
