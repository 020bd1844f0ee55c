/** Debugging stays debugging: breakpoints, ordinary Node launches, apps that cannot start. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const routes = 'src/catalog/author.routes.ts';

describe('debug runs', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('launches');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('J21 pauses at a breakpoint with the profiler on, and leaves the pause out of its times', async () => {
    const { run, workbench, workspace, profiler } = session;
    const line = workspace.lineOf(routes, 'const page = []');
    await workbench.openFile(routes, line);
    await workbench.press('F9');
    await run.start();
    const askedAt = Date.now();
    const answer = run.get('/authors');
    await workbench.waitForPause();
    const pausedAt = Date.now();
    await workbench.waitForStatus(new RegExp(`Ln ${line},`));
    await workbench.screenshot('paused');
    await workbench.command('Remove All Breakpoints');
    const pausedMs = Date.now() - pausedAt;
    await workbench.press('F5');
    expect((await answer).status).toBe(200);
    const elapsedMs = Date.now() - askedAt;
    const { durationMs } = await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    expect(pausedMs).toBeGreaterThan(0);
    expect(durationMs).toBeLessThanOrEqual(elapsedMs - pausedMs);
    await run.stop();
  });

  it('restarts the app as a new run, which is compared with the one before', async () => {
    const { run, profiler } = session;
    await run.start();
    await run.get('/events');
    await profiler.request('GET /events', ({ queryCount, previousCount }) => queryCount === 1 && previousCount === null);
    await run.restart();
    await run.get('/events');
    await profiler.request('GET /events', ({ queryCount, previousCount }) => queryCount === 1 && previousCount === 1);
    await run.stop();
  });

  it('profiles an ordinary Node launch', async () => {
    const { run, workbench, profiler } = session;
    await run.startNamed('Bookshop');
    await run.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    await workbench.waitForStatus(/GET \/orders 41 queries/);
    await run.stop();
  });

  it('keeps the app where its profiler is killed, and starts it again with one', async () => {
    const { run, workbench, profiler, killProgram } = session;
    await run.start();
    await run.get('/events');
    const { runId } = await profiler.request('GET /events', ({ queryCount }) => queryCount === 1);
    killProgram('debugAdapter.js');
    await workbench.waitForNotification(/The query profiler of “.+” was killed\. The app goes on without it\./);
    await workbench.screenshot('killed profiler');
    expect((await run.get('/events')).status).toBe(200);
    expect(await workbench.isDebugging()).toBe(true);
    await run.restartBy(() => workbench.clickNotification('Start Again'));
    await run.get('/events');
    await profiler.request('GET /events', (shown) => shown.runId !== runId && shown.queryCount === 1);
    await run.stop();
  });

  it('writes what starts the app into launch.json, beside what stands there', async () => {
    const { workbench, workspace } = session;
    const file = '.vscode/launch.json';
    const before = workspace.read(file);
    await workbench.command('Relation Lens: Add TypeORM Launch Configuration…');
    await workbench.choose('npm run dev');
    await workbench.waitForTab('launch.json');
    await workbench.waitForStatus(/Ln 4, Col 5/);
    await workbench.waitForClean();
    await workbench.screenshot('added');
    const after = workspace.read(file);
    expect(after).toContain(before.slice(before.indexOf('    {\n      // Everything')));
    expect(after).toContain(`
    {
      "type": "typeorm",
      "request": "launch",
      "name": "npm run dev with query profiler",
`);
    workspace.write(file, after.replace('"version"', 'version'));
    await workbench.command('Relation Lens: Add TypeORM Launch Configuration…');
    await workbench.choose('npm run start');
    await workbench.waitForNotification(/launch\.json, line 2: It is not valid JSON\. Mend it, then add the configuration again\./);
    await workbench.waitForStatus(/Ln 2, Col 3/);
    expect(workspace.read(file)).not.toContain('npm run start');
    workspace.write(file, before);
  });

  it('says of an app that crashed that it did, where the debugger says nothing', async () => {
    const { run, workbench, workspace } = session;
    const main = 'src/main.ts';
    const source = workspace.read(main);
    workspace.write(main, source.replace('console.log(', 'process.abort();\n    console.log('));
    await run.beginNamed('Bookshop with query profiler');
    await workbench.waitForConsole(/The app \(process \d+\) ended without an exit code/);
    workspace.write(main, source);
  });

  it('leaves the error of an app that cannot start as it is', async () => {
    const { workbench, workspace } = session;
    const main = 'src/main.ts';
    workspace.write(main, `Error.stackTraceLimit = 0;\nthrow new Error('the shop is closed today');\n${workspace.read(main)}`);
    await workbench.press('F5');
    await workbench.waitForConsole(/the shop is closed today/);
  });
});
