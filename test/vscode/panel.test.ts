/** The panel over the life of a window, and the walkthrough that leads to it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

describe('a window', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('panel');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('offers a walkthrough whose steps lead on', async () => {
    const { workbench } = session;
    await workbench.openFile('src/catalog/book.entity.ts');
    await workbench.command('Welcome: Open Walkthrough...');
    await workbench.answer('Get Started with Relation Lens');
    await workbench.waitForText('.gettingStartedContainer', /See your entities[^]*Measure a request[^]*Mend an N\+1 query[^]*Prove it/);
    await workbench.waitForText('.gettingStartedContainer', /Open Entity Diagram/);
    await workbench.screenshot('walkthrough');
    await workbench.page.locator('.gettingStartedContainer .monaco-button', { hasText: 'Open Entity Diagram' }).click();
    await session.diagram.shows('all entities', ({ tables }) => tables.length >= 14);
  });

  it('says at each line what one request asked there, while the app runs', async () => {
    const { run, workbench, workspace } = session;
    const file = 'src/catalog/author.routes.ts';
    await workbench.openFile(file);
    await run.start();
    await run.get('/authors');
    await run.get('/authors');
    await workbench.waitForEditorText(/authors\.find\(.*\);\s*1 query · 100 rows · [\d.]+ ms/);
    await workbench.waitForEditorText(/author\.books;\s*100 queries · 300 rows · [\d.]+ ms/);
    // The counts go along with their lines.
    await workbench.openFile(file, workspace.lineOf(file, 'const page = []'));
    await workbench.insert('\n');
    await workbench.waitForEditorText(/author\.books;\s*100 queries/);
    await workbench.press('Control+z');
    await workbench.waitForClean();
    await run.stop();
  });

  it('shows the last run again after it was reloaded, as a recording with its findings', async () => {
    const { run, workbench, profiler } = session;
    await run.start();
    await run.get('/authors');
    await run.get('/events');
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    await run.stop();
    await workbench.reloadWindow();
    await workbench.command('Relation Lens: Show Queries');
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    const frame = await profiler.openRequest('GET /authors');
    await frame.waitForSelector('[data-finding-kind="lazy-n-plus-one"][data-proven="true"]');
    expect(await frame.locator('[data-run-state="ended"]').innerText()).toContain('recording');
  });

  it('compares a new run with it', async () => {
    const { run, profiler } = session;
    await run.start();
    await run.get('/authors');
    const { runId } = await profiler.request('GET /authors', ({ queryCount, previousCount }) => queryCount === 101 && previousCount === 101);
    expect(runId).not.toContain('recording');
    await run.stop();
  });

  it('forgets it once it was cleared', async () => {
    const { workbench } = session;
    await workbench.command('Relation Lens: Clear Queries');
    await workbench.reloadWindow();
    await workbench.command('Relation Lens: Show Queries');
    const frame = await workbench.webview('[data-state="no-run"]');
    expect(await frame.locator('.request').count()).toBe(0);
  });
});
