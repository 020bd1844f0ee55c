// The numbered cases on SQLite and, where they can be had, on a PostgreSQL and a Redis of their own. Without them their cases count as not passed.
import { POSTGRES_ENV, startPostgres } from './postgres.mjs';
import { REDIS_ENV, startRedis } from './redis.mjs';
import { say, ScriptError } from './run.mjs';
import { vitestStep } from './steps.mjs';

const servers = [
  { variable: POSTGRES_ENV, start: startPostgres, title: 'PostgreSQL' },
  { variable: REDIS_ENV, start: startRedis, title: 'Redis' },
];

export async function scenariosStep(env = process.env) {
  const started = [];
  try {
    for (const server of servers) {
      const running = await startOrSay(server);
      if (running) started.push(running);
    }
    const urls = Object.fromEntries(started.map(({ variable, url }) => [variable, url]));
    return await vitestStep('scenarios', { ...env, ...urls });
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
