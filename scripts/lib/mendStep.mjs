// Apps with a loading mistake each, mended and run again, on SQLite and on a PostgreSQL of their own.
import { postgres, withServers } from './testServers.mjs';
import { vitestStep } from './steps.mjs';

export function mendStep(env = process.env) {
  return withServers([postgres], env, (given) => vitestStep('mend', given));
}
