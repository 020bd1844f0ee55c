/** From a finding to its proof in a real VS Code: the preview, the edit and its undo, the run again; advice that is withdrawn, or not wanted. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const authors = 'src/catalog/author.routes.ts';
const orders = 'src/sales/order.routes.ts';
const book = 'src/catalog/book.entity.ts';
const AUTHORS_CARD = '[data-finding-kind="lazy-n-plus-one"]';
const ORDERS_CARD = '[data-finding-kind="loop-n-plus-one"]';

describe('mending the bookshop', () => {
  let session: Session;
  const original: Record<string, string> = {};

  beforeAll(async () => {
    session = await openExample('mend', { 'editor.codeActionsOnSave': { 'source.fixAll.relationLens': 'explicit' } });
    for (const file of [authors, orders]) original[file] = session.workspace.read(file);
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  /** The card of the latest request of that name, unfolded. */
  async function card(request: string, selector: string) {
    const frame = await session.profiler.openRequest(request);
    const found = frame.locator(selector);
    await found.waitFor();
    return found;
  }

  it('begins with a request that has a loop', async () => {
    const { run, workbench, profiler, sidebar } = session;
    await workbench.openContainer('Relation Lens');
    await workbench.openFile(book);
    await sidebar.shows('Book', ({ tables }) => tables.includes('Book'));
    await run.start();
    await run.get('/authors');
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
  });

  it('shows what the fix would change, before anything is', async () => {
    const { workbench, workspace } = session;
    await (await card('GET /authors', AUTHORS_CARD)).locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
    expect(await workbench.waitForText('.monaco-diff-editor .original .view-lines', /authors\.find/)).not.toContain('relations');
    expect(workspace.read(authors)).toBe(original[authors]);
  });

  it('is dropped by the button above it', async () => {
    const { workbench, workspace } = session;
    await workbench.titleAction('Discard This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
    expect(workspace.read(authors)).toBe(original[authors]);
  });

  it('is applied by the button above it, as one step that one undo takes back', async () => {
    const { workbench, workspace } = session;
    await workbench.closeNotifications();
    await (await card('GET /authors', AUTHORS_CARD)).locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
    await workbench.titleAction('Apply This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
    await workbench.waitForEditorText(/relations: \{ books: true \}/);
    await workbench.screenshot('applied');
    await workbench.focusEditor();
    await workbench.press('Control+z');
    // No change is left in the file once the one step is taken back.
    await workbench.waitForClean();
    await workbench.save();
    expect(workspace.read(authors)).toBe(original[authors]);
  });

  it('is proven by “Restart and Run Again”: the predicted count, the same response', async () => {
    const { workbench, workspace, profiler } = session;
    await workbench.closeNotifications();
    const found = await card('GET /authors', AUTHORS_CARD);
    const predicted = Number(/101 →\s*(\d+) quer/.exec(await found.innerText())?.[1]);
    await found.locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
    await workbench.clickNotification('Apply');
    await workbench.clickNotification('Restart and Run Again');
    const { queryCount, words } = await profiler.request('GET /authors', ({ previousCount }) => previousCount === 101);
    expect(queryCount).toBe(predicted);
    expect(words).toContain('response unchanged');
    expect(workspace.read(authors)).toMatch(/relations: \{ books: true \}/);
    const frame = await profiler.openRequest('GET /authors');
    expect(await frame.locator('[data-verdict]').getAttribute('data-verdict')).toBe('better');
  });

  it('lists the route’s runs', async () => {
    const frame = await session.profiler.openRequest('GET /authors');
    await frame.locator('.route-history summary').click();
    const counts = await frame.locator('.route-history tbody td:nth-child(2)').allTextContents();
    expect(counts.map((text) => Number(text)).slice(0, 2)).toEqual([expect.any(Number), 101]);
    await session.workbench.screenshot('history');
    await frame.locator('.route-history summary').click();
  });

  it('runs a request again from the panel, and goes to what came of it', async () => {
    const { profiler } = session;
    const frame = await profiler.openRequest('GET /authors');
    await frame.locator('[data-action="rerun"]').click();
    // Requests of one route share a row.
    await profiler.request('GET /authors', ({ words }) => words.includes('×2'));
  });

  it('is offered at the loop, at the query that feeds it, and in the Problems panel', async () => {
    const { run, workbench, workspace, profiler } = session;
    await run.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    for (const text of ['customers.findOneBy', 'orders.find(']) {
      await workbench.openFile(orders, workspace.lineOf(orders, text), 30);
      await workbench.waitForSquiggle();
      await workbench.offersQuickFix(/^Load Order\.customer/);
      await workbench.screenshot(`light bulb at ${text}`);
      await workbench.press('Escape');
    }
    await workbench.command('Problems: Focus on Problems View');
    const problems = await workbench.waitForText('.markers-panel', /Order\.customer/);
    expect(problems).toContain('order.routes.ts');
  });

  it('leaves what only a run can prove alone on save, and fixes what is safe', async () => {
    const { workbench, workspace } = session;
    await workbench.openFile(orders, 1);
    await workbench.insert('\n');
    await workbench.save();
    expect(workspace.read(orders)).toBe(`\n${original[orders] ?? ''}`);
    workspace.write(orders, original[orders] ?? '');
    // Foreign keys without an index: adding one changes no answer.
    const indexed = workspace.read(book);
    const mistaken = indexed.replace(/ *@Index\(\)\n/g, '');
    expect(mistaken).not.toBe(indexed);
    workspace.write(book, mistaken);
    await workbench.openFile(book, workspace.lineOf(book, '@ManyToOne'));
    await workbench.waitForSquiggle();
    await workbench.insert('\n');
    await workbench.save();
    await workbench.waitForEditorText(/@Index\(\)/);
    expect(workspace.read(book).match(/@Index\(\)/g)).toEqual(indexed.match(/@Index\(\)/g));
  });

  it('is withdrawn where the response changed, and says so', async () => {
    const { run, workbench, workspace, profiler } = session;
    await workbench.openContainer('Queries');
    await run.get('/orders');
    await (await card('GET /orders', ORDERS_CARD)).locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ customer: true \}/);
    await workbench.titleAction('Apply This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
    await workbench.waitForEditorText(/relations: \{ customer: true \}/);
    await workbench.focusEditor();
    await workbench.save();
    // Beside the edit, the answer is made another one.
    workspace.write(orders, workspace.read(orders).replace('response.json(page);', 'response.json(page.reverse());'));
    await run.restart();
    await run.get('/orders');
    const { queryCount } = await profiler.request('GET /orders', ({ previousCount }) => previousCount === 41);
    const frame = await profiler.openRequest('GET /orders');
    const words = await frame.locator('.disproved').innerText();
    expect(words).toContain(`Order.customer: the response changed (41 → ${queryCount} queries)`);
  });

  it('is not offered again once it was withdrawn', async () => {
    const { run, workspace } = session;
    workspace.write(orders, original[orders] ?? '');
    await run.restart();
    await run.get('/orders');
    const found = await card('GET /orders', `${ORDERS_CARD}[data-editable="false"]`);
    expect(await found.innerText()).toContain('Withdrawn: when it was followed, the response changed');
  });

  it('goes at once when it is suppressed, with the reason above its statement', async () => {
    const { workbench, workspace, profiler } = session;
    await workbench.closeNotifications();
    const found = await card('GET /orders', ORDERS_CARD);
    await found.locator('[data-action="suppress"]').click();
    await workbench.choose('Above the line');
    await workbench.answer('forty at most');
    await found.waitFor({ state: 'detached' });
    await workbench.waitForEditorText(/relation-lens-ignore-next-line loop-n-plus-one: forty at most/);
    const frame = await profiler.openRequest('GET /orders');
    await frame.locator('.suppressed summary').click();
    expect(await frame.locator('.suppressed').innerText()).toContain('Known: forty at most');
    await workbench.focusEditor();
    await workbench.save();
    const [above = '', line = ''] = workspace
      .read(orders)
      .split('\n')
      .slice(workspace.lineOf(orders, 'relation-lens-ignore') - 1);
    expect(above.trim()).toBe('// relation-lens-ignore-next-line loop-n-plus-one: forty at most');
    expect(line).toContain('customers.findOneBy');
    expect((await profiler.request('GET /orders', () => true)).words).not.toContain('warning');
    // It is there still, so nobody has followed its advice: there is nothing to withdraw.
    expect(await frame.locator('.disproved').count()).toBe(0);
  });

  it.each(['Default Light Modern', 'Default High Contrast', 'Default High Contrast Light'])('looks right in %s', async (theme) => {
    const { run, workbench, workspace, profiler } = session;
    await workbench.closeNotifications();
    workspace.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': theme }));
    workspace.write(authors, original[authors] ?? '');
    await run.restart();
    await run.get('/authors');
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    await (await card('GET /authors', AUTHORS_CARD)).locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
    await workbench.screenshot(`${theme} preview`);
    await workbench.titleAction('Discard This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
  });
});
