// The numbered cases on SQLite and, where it can be had, on a PostgreSQL of their own. Without it the cases of PostgreSQL count as not passed.
import { POSTGRES_ENV, startPostgres } from './postgres.mjs';
import { say, ScriptError } from './run.mjs';
import { vitestStep } from './steps.mjs';

export async function scenariosStep(env = process.env) {
  const server = await startOrSay();
  try {
    return await vitestStep('scenarios', server ? { ...env, [POSTGRES_ENV]: server.url } : env);
  } finally {
    await server?.stop();
  }
}

async function startOrSay() {
  try {
    return await startPostgres();
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    say(`the cases on PostgreSQL are not run: ${error.message}`);
    return undefined;
  }
}
