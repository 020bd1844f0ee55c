/**
 * How fast and how smooth the Queries panel is in a real VS Code (`npm run bench -- panel`): from the end of a request until its finding stands
 * there, and what holds the panel's thread, which code-server's workbench shares, and the extension host's, at 10,000 requests of 100,000 queries
 * while more come in. Prints rows of test/bench, as JSON.
 */
import http from 'node:http';
import type { Frame } from 'playwright-core';
import type { BenchRow } from '../bench/benchRow';
import { openHostDelay, type HostDelay } from './driver/hostDelay';
import { openExample, type Session } from './session';

const ASKED = 20;
const REQUESTS = 10_000;
const QUERIES = 10;
const AT_A_TIME = 8;

/** An app whose requests are many: each asks ten times, at one of forty routes. */
const load = `
import 'reflect-metadata';
import http from 'node:http';
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
class Shelf {
  @PrimaryGeneratedColumn() id!: number;
  @Column('text') name!: string;
}

async function main() {
  const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Shelf] });
  await dataSource.initialize();
  await dataSource.getRepository(Shelf).insert(Array.from({ length: 50 }, (_, at) => ({ name: 'Shelf ' + at })));
  const server = http.createServer(async (request, response) => {
    const few = await dataSource.getRepository(Shelf).find({ take: 9 });
    for (const { id } of few) await dataSource.getRepository(Shelf).findOneBy({ id });
    response.end(request.url);
  });
  server.listen(Number(process.env['PORT']));
}
void main();
`;

async function measure(): Promise<void> {
  const host = await openHostDelay();
  const session = await openExample('panel-speed', host.settings, [host.vsix]);
  try {
    session.workbench.page.setDefaultTimeout(300_000);
    session.workspace.write('src/load.ts', load);
    session.workspace.write('.vscode/launch.json', launches(session.run.port));
    print([...(await untilFinding(session)), ...(await smoothness(session, host))]);
  } finally {
    await session.close();
  }
}

function launches(port: number): string {
  const app = { request: 'launch', type: 'typeorm', runtimeArgs: ['-r', 'ts-node/register/transpile-only'], env: { PORT: String(port) } };
  const configurations = [
    { ...app, name: 'Shop', program: '${workspaceFolder}/src/main.ts' },
    { ...app, name: 'Many', program: '${workspaceFolder}/src/load.ts' },
  ];
  return JSON.stringify({ version: '0.2.0', configurations });
}

/** The panel's route is followed: each further request's findings take the place of those before. */
async function untilFinding({ run, profiler }: Session): Promise<BenchRow[]> {
  await run.startNamed('Shop');
  await run.get('/authors');
  const frame = await profiler.openRequest('GET /authors');
  await frame.waitForSelector('[data-finding-id]');
  const waits: number[] = [];
  for (let asked = 0; asked < ASKED; asked++) {
    const shown = frame.evaluate<number>(NEXT_FINDING);
    await run.get('/authors');
    const endedAt = Date.now();
    waits.push((await shown) - endedAt);
  }
  await run.stop();
  return [
    {
      what: 'from the end of a request of 101 queries until its finding stands in the panel',
      measured: `${spread(waits)} (${ASKED} requests)`,
      reach: '≤ 200 ms',
    },
  ];
}

/** Epoch milliseconds at which the next request's finding has been painted, with all that it counts: the app's hundred authors. */
const NEXT_FINDING = `new Promise((resolve) => {
  const cards = () => [...document.querySelectorAll('[data-finding-id]')];
  const before = new Set(cards().map(({ dataset }) => dataset.findingId));
  const isNext = ({ dataset, textContent }) => !before.has(dataset.findingId) && textContent.includes('loaded 100 times');
  const look = () => {
    if (cards().some(isNext)) requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    else requestAnimationFrame(look);
  };
  look();
})`;

async function smoothness({ run, workbench, profiler }: Session, host: HostDelay): Promise<BenchRow[]> {
  await run.startNamed('Many');
  await ask(run.port, 40);
  const frame = await profiler.openRequest(`GET ${routeOf(0)}`);
  await frame.evaluate(WATCH_TASKS);
  const rows: BenchRow[] = [];
  const note = async (what: string): Promise<void> => {
    const tasks = await frame.evaluate<Task[]>(TAKE_TASKS);
    const own = tasks.filter(({ name }) => name === 'self');
    const measured = tasks.length === 0 ? 'none' : `${worst(tasks)}; by code of the panel ${own.length === 0 ? 'none' : worst(own)}`;
    rows.push({ what: `tasks of the panel of more than 50 ms ${what}`, measured, reach: 'none' });
  };
  const noteHost = async (what: string): Promise<void> => {
    rows.push({ what: `the extension host held up for more than 50 ms ${what}`, measured: heldUp(await host.take()), reach: 'none' });
  };
  await host.take();
  await ask(run.port, REQUESTS - 40);
  await frame.waitForSelector(`rl-profiler[data-scope-count="${REQUESTS}"]`);
  const meanwhile = `while ${REQUESTS.toLocaleString('en')} requests of ${(REQUESTS * QUERIES).toLocaleString('en')} queries come in`;
  await note(meanwhile);
  await noteHost(meanwhile);
  await note('with them, at rest');
  const more = keepAsking(run.port);
  for (const [what, act] of actions(frame)) {
    await act();
    await workbench.page.waitForTimeout(1_000);
    await note(`with them and further requests coming in: ${what}`);
  }
  await noteHost('with them and further requests coming in');
  await more.stop();
  await run.stop();
  return rows;
}

/** What the browser tells of a long task; `self` is code of the panel's page, anything else that of the workbench around it, or painting. */
interface Task {
  readonly name: string;
  readonly duration: number;
}

function worst(tasks: readonly Task[]): string {
  return `${tasks.length}, the longest ${Math.round(Math.max(...tasks.map(({ duration }) => duration)))} ms`;
}

/** On a busy machine a process that wants nothing is held up as well: told apart by the processor time that it took. */
function heldUp({ holds, p99Ms }: Awaited<ReturnType<HostDelay['take']>>): string {
  const own = holds.filter(({ busyMs }) => busyMs > 50);
  const longest = (all: readonly { readonly ms: number }[]) => Math.round(Math.max(...all.map(({ ms }) => ms)));
  const count = (all: readonly { readonly ms: number }[]) =>
    all.length === 0 ? 'never' : `${all.length === 1 ? 'once' : `${all.length} times`}, the longest ${longest(all)} ms`;
  const [told, busy] = [count(holds), count(own)];
  return `${told}; by more than 50 ms of work of its own ${busy} (99 % of all delays: ${p99Ms.toFixed(1)} ms)`;
}

type Action = readonly [what: string, act: () => Promise<unknown>];

function actions(frame: Frame): readonly Action[] {
  const filter = frame.locator('rl-request-list input, rl-request-list vscode-textfield').first();
  const scroll = `(async () => {
    const list = document.querySelector('rl-request-list .list');
    for (let at = 0; at < 40; at++) {
      list.scrollTop += 120;
      await new Promise(requestAnimationFrame);
    }
  })()`;
  return [
    ['nothing done', () => Promise.resolve()],
    ['the list of requests scrolled', () => frame.evaluate(scroll)],
    ['a filter typed', () => filter.pressSequentially('shelf-az', { delay: 60 })],
    ['the filter taken out', () => filter.press('Control+a').then(() => filter.press('Delete'))],
    ['another route opened', () => frame.locator('.request:not(.earlier)').nth(5).click()],
  ];
}

const WATCH_TASKS = `(() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ name, duration }) => ({ name, duration })))).observe({ type: 'longtask' });
})()`;
const TAKE_TASKS = 'longTasks.splice(0)';

/** Names of their own, which nothing takes for a parameter. */
function routeOf(number: number): string {
  return `/shelf-${'abcdefgh'.charAt(number % 8)}${'vwxyz'.charAt(Math.floor(number / 8))}`;
}

/** So many requests, some at a time, over the forty routes. */
async function ask(port: number, requests: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  let next = 0;
  const askOn = async (): Promise<void> => {
    while (next < requests) await get(port, routeOf(next++ % 40), agent);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, askOn));
  agent.destroy();
}

function keepAsking(port: number): { stop(): Promise<void> } {
  let goesOn = true;
  const asking = (async () => {
    while (goesOn) await ask(port, 20);
  })();
  return {
    stop() {
      goesOn = false;
      return asking;
    },
  };
}

function get(port: number, path: string, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, path, agent }, (response) => response.resume().once('end', resolve)).once('error', reject);
  });
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return `${at(0.5)} ms, at most ${at(1)} ms`;
}

function print(rows: readonly BenchRow[]): void {
  console.log(JSON.stringify(rows));
}

measure().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
