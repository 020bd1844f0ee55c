// Servers of the tests' own, started for one step and gone after it.
import { POSTGRES_ENV, startPostgres } from './postgres.mjs';
import { REDIS_ENV, startRedis } from './redis.mjs';
import { say, ScriptError } from './run.mjs';

export const postgres = { variable: POSTGRES_ENV, start: startPostgres, title: 'PostgreSQL' };
export const redis = { variable: REDIS_ENV, start: startRedis, title: 'Redis' };

/** Runs a step with the servers that can be had, named in its environment; what needs one that cannot does not run, and so counts as not passed. */
export async function withServers(servers, env, step) {
  const started = [];
  try {
    for (const server of servers) {
      const running = await startOrSay(server);
      if (running) started.push(running);
    }
    return await step({ ...env, ...Object.fromEntries(started.map(({ variable, url }) => [variable, url])) });
  } finally {
    for (const { stop } of started) await stop();
  }
}

async function startOrSay({ variable, start, title }) {
  try {
    return { variable, ...(await start()) };
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    say(`the cases on ${title} are not run: ${error.message}`);
    return undefined;
  }
}
