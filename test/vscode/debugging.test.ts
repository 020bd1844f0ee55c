/** The ways in which apps are debugged: stepping, several at once, asked first, restarted by a watcher. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DebugRun } from './driver/debugRun';
import { freePort, openExample, type Session } from './session';

const routes = 'src/catalog/author.routes.ts';
const runtimeArgs = ['-r', 'ts-node/register/transpile-only'];

describe('debugging', () => {
  let session: Session;
  let secondPort: number;

  beforeAll(async () => {
    session = await openExample('debugging');
    secondPort = await freePort();
    const { workspace, run } = session;
    const app = { request: 'launch', program: '${workspaceFolder}/src/main.ts', runtimeArgs };
    const configurations = [
      { ...app, name: 'Into packages', type: 'typeorm', env: { PORT: String(run.port) } },
      { ...app, name: 'Second shop', type: 'typeorm', env: { PORT: String(secondPort) } },
      { ...app, name: 'Plain', type: 'node', env: { PORT: String(run.port) } },
      { ...app, name: 'Watched', type: 'typeorm', runtimeArgs: ['--watch', ...runtimeArgs], env: { PORT: String(run.port) } },
    ];
    workspace.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations }));
  });
  afterEach(({ task }) => session.workbench.screenshot(task.name));
  afterAll(() => session?.close());

  it('steps from a call of TypeORM’s into TypeORM, never into the probe', async () => {
    const { run, workbench, workspace } = session;
    const line = workspace.lineOf(routes, 'authors.find(');
    await workbench.openFile(routes, line);
    await workbench.press('F9');
    await run.startNamed('Into packages');
    const answer = run.get('/authors');
    await workbench.waitForPause();
    await workbench.waitForStatus(new RegExp(`Ln ${line},`));
    await workbench.press('F11');
    await workbench.waitForTab('Repository.js');
    await workbench.waitForPause();
    await workbench.screenshot('in TypeORM');
    expect((await workbench.openTabs()).filter((name) => /probe|pause/.test(name))).toEqual([]);
    await workbench.command('Remove All Breakpoints');
    await workbench.press('F5');
    expect((await answer).status).toBe(200);
  });

  it('profiles several apps at once, each by itself', async () => {
    const { run, workbench, profiler } = session;
    const second = new DebugRun(workbench, secondPort);
    await second.startNamed('Second shop');
    await run.get('/events');
    await second.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    await profiler.request('GET /events', ({ queryCount }) => queryCount === 1);
    await workbench.screenshot('two apps');
    const other = await run.stopThisOr(second);
    await other.get('/books');
    await profiler.request('GET /books', ({ queryCount }) => queryCount === 2);
    await other.stop();
  });

  it('asks first where the setting says so, and runs the app as it is where the answer is no', async () => {
    const { run, workbench, workspace, profiler } = session;
    workspace.write('.vscode/settings.json', JSON.stringify({ 'relationLens.profiler.mode': 'ask' }));
    await run.beginNamed('Plain');
    await workbench.choose('Run without recording');
    await run.untilListening();
    expect((await run.get('/customers')).status).toBe(200);
    await run.stop();
    await run.beginNamed('Plain');
    await workbench.choose('Record the queries of this run');
    await run.untilListening();
    await run.get('/events');
    await profiler.request('GET /events', ({ queryCount }) => queryCount === 1);
    expect(await profiler.lists('GET /customers')).toBe(false);
    await run.stop();
  });

  it('makes a run of its own of each start by a watcher', async () => {
    const { run, profiler, workspace } = session;
    const file = 'src/events/event.routes.ts';
    const { runId: before } = await profiler.request('GET /events', () => true);
    await run.startNamed('Watched');
    await run.get('/events');
    const first = await profiler.request('GET /events', ({ queryCount, runId }) => queryCount === 1 && runId !== before);
    await run.restartBy(() => workspace.write(file, `${workspace.read(file)}\n`));
    await run.get('/events');
    await profiler.request('GET /events', ({ previousCount, runId }) => previousCount === 1 && runId !== first.runId && runId !== before);
    await run.stop();
  });
});
