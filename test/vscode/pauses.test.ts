/** The profiler's own exception breakpoints: the app pauses in the user's line, with the finding as the reason, and goes on. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const routes = 'src/catalog/author.routes.ts';
const reason = '.exception-widget';

describe('pausing at what the profiler finds', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('pauses');
    const { workspace } = session;
    workspace.write('.vscode/settings.json', JSON.stringify({ 'relationLens.profiler.pauseOn': ['nPlusOne', 'failedQuery'] }));
    const refused = `const refused = await dataSource.query('SELECT nonsense').catch(() => []);`;
    workspace.write(
      routes,
      workspace.read(routes).replace(`response.status(404).json(`, `${refused}\n      response.status(404).json(refused[0] ?? `),
    );
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('stands in the line that loops, with the finding as the reason', async () => {
    const { run, workbench, workspace } = session;
    const line = workspace.lineOf(routes, 'await author.books');
    await workbench.openFile('src/main.ts');
    await run.start();
    const answer = run.get('/authors');
    await workbench.waitForText(reason, /N\+1 query[^]*Author\.books is loaded here for the 5th time in GET \/authors/);
    await workbench.waitForStatus(new RegExp(`Ln ${line},`));
    expect(await workbench.openTabs()).toEqual(['author.routes.ts', 'main.ts']);
    await workbench.screenshot('paused');

    await workbench.press('F10');
    await workbench.waitForGone(reason);
    await workbench.waitForPause();
    await workbench.screenshot('one step on');
    await workbench.waitForStatus(new RegExp(`Ln ${line + 1},`));
    expect(await workbench.openTabs()).toEqual(['author.routes.ts', 'main.ts']);

    await workbench.press('F5');
    expect((await answer).status).toBe(200);
  });

  it('leads to the finding', async () => {
    const { run, workbench, profiler } = session;
    const answer = run.get('/authors');
    await workbench.waitForText(reason, /N\+1 query/);
    await workbench.clickNotification('Open Finding');
    const card = (await profiler.openRequest('GET /authors')).locator('[data-finding-kind="lazy-n-plus-one"]');
    await card.locator('[data-action="pause"]').click();
    await workbench.waitForBreakpoints(1);
    await workbench.screenshot('the finding, and a breakpoint from it');
    await workbench.command('Remove All Breakpoints');
    await workbench.waitForBreakpoints(0);
    await workbench.command('Debug: Continue');
    expect((await answer).status).toBe(200);
  });

  it('stands behind the await of a query that failed', async () => {
    const { run, workbench, workspace } = session;
    const answer = run.get('/authors/0');
    await workbench.waitForText(reason, /Failed query[^]*no such column[^]*SELECT nonsense/);
    await workbench.waitForStatus(new RegExp(`Ln ${workspace.lineOf(routes, 'SELECT nonsense')},`));
    await workbench.screenshot('failed');
    await workbench.command('Debug: Continue');
    expect((await answer).status).toBe(404);
    await run.stop();
  });
});
