/** Asking the app again from the panel: what is asked at once, what the user is asked before, and what is said where it cannot be done. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const authors = 'src/catalog/author.routes.ts';
const AUTHORS_CARD = '[data-finding-kind="lazy-n-plus-one"]';

describe('running a request again', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('questions');
    const { workspace, run } = session;
    // The app says back what it was sent with.
    const app = workspace.read('src/app.ts');
    workspace.write(
      'src/app.ts',
      app.replace(
        '  return app;',
        "  app.get('/who', async (request, response) => {\n    await dataSource.query('SELECT 1');\n    response.json(request.headers);\n  });\n  return app;",
      ),
    );
    // F5 is lost on a window that is still being put together.
    await session.workbench.openFile('src/app.ts');
    await run.start();
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  async function runAgain(name: string): Promise<void> {
    const frame = await session.profiler.openRequest(name);
    await frame.locator('[data-action="rerun"]').click();
  }

  const twice = ({ words }: { readonly words: string }): boolean => words.includes('×2');

  it('asks a read at once', async () => {
    const { run, profiler } = session;
    await run.get('/events');
    await profiler.request('GET /events', ({ queryCount }) => queryCount === 1);
    await runAgain('GET /events');
    await profiler.request('GET /events', twice);
  });

  it('asks a write once the user says so, and not where they cancel', async () => {
    const { run, workbench, profiler } = session;
    await run.ask('/discount', { method: 'POST' });
    await profiler.request('POST /discount', ({ queryCount }) => queryCount > 50);
    await runAgain('POST /discount');
    await workbench.screenshot('may write');
    expect(await workbench.answerDialog('Cancel')).toMatch(/POST \/discount may write\. Run it again\?[^]*it may do a second time/);
    await runAgain('POST /discount');
    await workbench.answerDialog('Run Again');
    const { words } = await profiler.request('POST /discount', twice);
    expect(words).not.toContain('×3');
  });

  it('hands a command line over where the body is not recorded', async () => {
    const { run, workbench, profiler } = session;
    const body = JSON.stringify({ customerId: 1, lines: [{ bookId: 1, quantity: 2 }] });
    expect((await run.ask('/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status).toBe(201);
    await profiler.request('POST /orders', ({ queryCount }) => queryCount > 2);
    await runAgain('POST /orders');
    await workbench.waitForNotification(/POST \/orders was sent with a body, which is not recorded/);
    await workbench.screenshot('body');
    await workbench.clickNotification('Copy as cURL');
    await expect.poll(() => workbench.clipboard()).toContain(`curl -X POST 'http://127.0.0.1:${run.port}/orders'`);
    expect(await workbench.clipboard()).toContain(`-H 'content-type: application/json'`);
    expect(await workbench.clipboard()).not.toContain('customerId');
  });

  it('asks for the values of headers that say who asks, and sends them to the app', async () => {
    const { run, workbench, profiler } = session;
    await run.ask('/who', { headers: { authorization: 'Bearer first' } });
    await profiler.request('GET /who', ({ queryCount }) => queryCount === 1);
    await runAgain('GET /who');
    await workbench.screenshot('withheld');
    expect(await workbench.answerDialog('Enter')).toContain('GET /who was sent with authorization');
    await workbench.answer('Bearer first');
    const frame = await session.profiler.openRequest('GET /who');
    await profiler.request('GET /who', twice);
    // The same answer: the app was told the same.
    await frame.locator('[data-scope-name="GET /who"] .twistie').first().click();
    expect(await frame.locator('[data-scope-name="GET /who"][aria-level="2"]').count()).toBe(2);
  });

  it('says in the next run that advice gained nothing, and takes it back', async () => {
    const { run, workbench, workspace, profiler } = session;
    await workbench.closeNotifications();
    const original = workspace.read(authors);
    await run.get('/authors');
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    const before = await profiler.openRequest('GET /authors');
    await before.locator(AUTHORS_CARD).locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
    await workbench.titleAction('Apply This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
    await workbench.waitForEditorText(/relations: \{ books: true \}/);
    await workbench.focusEditor();
    await workbench.save();
    // Beside the edit, the same number of other queries.
    const mended = workspace.read(authors);
    workspace.write(
      authors,
      mended.replace('const books = await author.books;', 'const books = await author.books;\n      await dataSource.query(`SELECT ${author.id}`);'),
    );
    await run.restart();
    const waiting = await workbench.webview('.new-run');
    expect(await waiting.locator('[data-chip="run"]').count()).toBe(1);
    await workbench.screenshot('the app is there again');
    await waiting.locator('[data-action="rerun-here"]').click();
    const { queryCount } = await profiler.request('GET /authors', ({ previousCount }) => previousCount === 101);
    const after = await profiler.openRequest('GET /authors');
    expect(await after.locator('.disproved').innerText()).toContain(`Author.books: the next run gained nothing (101 → ${queryCount} queries)`);
    await workbench.screenshot('withdrawn');
    workspace.write(authors, original);
    await run.restart();
    await run.get('/authors');
    await profiler.request('GET /authors', ({ queryCount: count, previousCount }) => count === 101 && previousCount === queryCount);
    const found = await profiler.openRequest('GET /authors');
    const card = found.locator(`${AUTHORS_CARD}[data-editable="false"]`);
    expect(await card.innerText()).toContain('Withdrawn: when it was followed, the next run gained nothing');
  });

  it('says where the app is not there any more, and starts it', async () => {
    const { run, workbench } = session;
    await workbench.closeNotifications();
    await run.stop();
    await runAgain('GET /authors');
    expect(await workbench.waitForNotification(/does not answer/)).toContain(`The app does not answer at http://127.0.0.1:${run.port}/authors`);
    await workbench.screenshot('not there');
    await workbench.clickNotification('Start App');
    await run.untilListening();
    await run.stop();
  });
});
