// The numbered cases on SQLite and, where they can be had, on a PostgreSQL and a Redis of their own.
import { postgres, redis, withServers } from './testServers.mjs';
import { vitestStep } from './steps.mjs';

export function scenariosStep(env = process.env) {
  return withServers([postgres, redis], env, (given) => vitestStep('scenarios', given));
}
