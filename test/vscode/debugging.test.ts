/** The ways in which apps are debugged: stepping, attaching, asked first, several at once, restarted by a watcher. */
import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DebugRun } from './driver/debugRun';
import { waitFor } from './driver/waiting';
import { freePort, openExample, type Session } from './session';

const routes = 'src/catalog/author.routes.ts';
const runtimeArgs = ['-r', 'ts-node/register/transpile-only'];

describe('debugging', () => {
  let session: Session;
  let ports: { readonly first: number; readonly second: number; readonly inspector: number };
  let elsewhere: ChildProcess | null = null;

  beforeAll(async () => {
    session = await openExample('debugging');
    ports = { first: await freePort(), second: await freePort(), inspector: await freePort() };
    const { workspace, run } = session;
    const app = { request: 'launch', program: '${workspaceFolder}/src/main.ts', runtimeArgs };
    const configurations = [
      { ...app, name: 'Into packages', type: 'typeorm', env: { PORT: String(run.port) } },
      { ...app, name: 'First shop', type: 'typeorm', env: { PORT: String(ports.first) } },
      { ...app, name: 'Second shop', type: 'typeorm', env: { PORT: String(ports.second) } },
      { ...app, name: 'Plain', type: 'node', env: { PORT: String(run.port) } },
      { ...app, name: 'Watched', type: 'typeorm', runtimeArgs: ['--watch', ...runtimeArgs], env: { PORT: String(run.port) } },
      { name: 'Attach', type: 'typeorm', request: 'attach', port: ports.inspector },
    ];
    workspace.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations }));
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(async () => {
    elsewhere?.kill('SIGKILL');
    await session?.close();
  });

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
    await run.stop();
  });

  it('profiles several apps at once, each by itself', async () => {
    const { workbench, profiler } = session;
    const [first, second] = [new DebugRun(workbench, ports.first), new DebugRun(workbench, ports.second)];
    await first.startNamed('First shop');
    await second.startNamed('Second shop');
    await first.get('/events');
    await second.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    await profiler.request('GET /events', ({ queryCount }) => queryCount === 1);
    await workbench.screenshot('two apps');
    const other = await first.stopThisOr(second);
    await other.get('/books');
    await profiler.request('GET /books', ({ queryCount }) => queryCount === 2);
    await other.stop();
  });

  it('asks first where the setting says so, and runs the app as it is where the answer is no', async () => {
    const { run, workbench, workspace, profiler } = session;
    const settings = { 'relationLens.profiler.mode': 'ask', 'relationLens.profiler.redactParameters': true };
    workspace.write('.vscode/settings.json', JSON.stringify(settings));
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
  });

  it('shows no values where the setting says so, in the SQL neither', async () => {
    const { run, workbench, profiler } = session;
    await run.get('/customers/1');
    await profiler.request('GET /customers/:id', ({ queryCount }) => queryCount > 0);
    const frame = await profiler.openRequest('GET /customers/:id');
    await frame.locator('.query-row:not(.head)').first().click();
    await frame.locator('.query-detail-body').waitFor();
    await workbench.screenshot('redacted');
    const shown = await frame.locator('.query-detail-body').innerText();
    expect(shown).toMatch(/WHERE[^]*id"? = \?/);
    expect(shown).not.toMatch(/= 1\b/);
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

  it('attaches to an app that was started elsewhere with the copied environment', async () => {
    const { run, workbench, workspace, profiler } = session;
    await workbench.command('Relation Lens: Copy Environment for the Query Profiler');
    await workbench.waitForText('.notifications-toasts', /Copied\. Paste it/);
    const environment = await workbench.clipboard();
    const command = `${environment} PORT=${run.port} exec "${process.execPath}" --inspect=127.0.0.1:${ports.inspector} ${runtimeArgs.join(' ')} src/main.ts`;
    elsewhere = spawn('sh', ['-c', command], { cwd: workspace.folder, stdio: 'ignore' });
    await run.untilListening();
    const line = workspace.lineOf(routes, 'const page = []');
    await workbench.openFile(routes, line);
    await workbench.press('F9');
    await run.startNamed('Attach');
    // The app answers all the while: what it is asked before the debugger is there does not pause.
    const answers: Promise<{ readonly status: number }>[] = [];
    const askAndPause = async () => {
      answers.push(run.get('/authors'));
      await workbench.waitForPause(5_000);
      return true;
    };
    await waitFor(askAndPause, { what: 'a pause in the attached app' });
    await workbench.command('Remove All Breakpoints');
    await workbench.press('F5');
    for (const answer of answers) expect((await answer).status).toBe(200);
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    expect(await workbench.page.locator('.notifications-toasts', { hasText: 'queries are not seen' }).count()).toBe(0);
    await workbench.press('Shift+F5');
    await workbench.waitForGone('.debug-toolbar');
    expect((await run.get('/books')).status).toBe(200);
    await profiler.request('GET /books', ({ queryCount }) => queryCount === 2);
  });
});
