/** Which queries are said to have waited for a connection. */
import { expect, it } from 'vitest';
import { now } from '../../../src/probe/clock';
import { hookConnect, startAsking, stopAsking } from '../../../src/probe/connections';

const LONG_MS = 50;

/** A runner of a driver, as a query is handed to it that was asked `LONG_MS` ago. */
async function waitOf(driver: object): Promise<number> {
  class Runner {
    readonly driver = driver;
    connect(): Promise<void> {
      return Promise.resolve();
    }
  }
  hookConnect(Runner.prototype);
  const runner = new Runner();
  const query = { startedAt: now() - LONG_MS, waitMs: 0 };
  startAsking(runner, query);
  const connected = runner.connect();
  stopAsking();
  await connected;
  await Promise.resolve();
  return query.waitMs;
}

it.each<[string, object]>([
  ['all connections are taken', { isReplicated: false, master: { idleCount: 0, waitingCount: 0 } }],
  ['others are about to get those that are not', { isReplicated: false, master: { idleCount: 2, waitingCount: 2 } }],
  ['which pool it is depends on the query', { isReplicated: true, master: { idleCount: 2, waitingCount: 0 } }],
  ['the pool does not tell', { isReplicated: false, master: {} }],
  ['there is no pool', {}],
])('it is measured where %s', async (_what, driver) => expect(await waitOf(driver)).toBeGreaterThanOrEqual(LONG_MS));

it('none is measured where a connection has nothing to do', async () => {
  expect(await waitOf({ isReplicated: false, master: { idleCount: 2, waitingCount: 1 } })).toBe(0);
});
