/** The whole loop in a real VS Code, step by step: see, measure, mend, and the proof. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const routes = 'src/catalog/author.routes.ts';

describe('the bookshop', () => {
  let session: Session;
  /** What `GET /authors` answered before anything was changed. */
  let answerBefore = '';
  /** The query count that the finding's card promises after its fix. */
  let predictedCount = 0;

  beforeAll(async () => {
    session = await openExample('loop');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('shows every entity and relation in the diagram', async () => {
    const { workbench, diagram, extensionProcesses } = session;
    await workbench.openFile('src/catalog/book.entity.ts');
    await workbench.command('Relation Lens: Open Entity Diagram');
    const shown = await diagram.shows('all fourteen entities', ({ tables }) => tables.length >= 14);
    expect(shown.tables).toEqual(
      expect.arrayContaining(['Author', 'BestSeller', 'Book', 'Category', 'Customer', 'EBook', 'Event', 'OrderLine', 'Venue']),
    );
    expect(shown.edges).toEqual(
      expect.arrayContaining([
        { kind: 'many-to-one', from: 'Book', to: 'Author' },
        { kind: 'many-to-many', from: 'Book', to: 'Category' },
        { kind: 'many-to-many', from: 'Customer', to: 'Customer' },
        { kind: 'one-to-one', from: 'LoyaltyCard', to: 'Customer' },
        { kind: 'many-to-one', from: 'Category', to: 'Category' },
        { kind: 'many-to-one', from: 'Event', to: 'Venue' },
        { kind: 'inheritance', from: 'EBook', to: 'Book' },
      ]),
    );
    expect(extensionProcesses().join('\n')).toContain('server.js');
  });

  it('opens an entity’s source from the diagram', async () => {
    const { workbench, workspace, diagram } = session;
    await diagram.openSource('LoyaltyCard');
    await workbench.waitForStatus(new RegExp(`Ln ${workspace.lineOf('src/people/loyalty-card.entity.ts', 'class LoyaltyCard')},`));
  });

  it('follows the cursor in the side bar', async () => {
    const { workbench, workspace, sidebar } = session;
    await workbench.openContainer('Relation Lens');
    await workbench.openFile('src/sales/order.entity.ts', workspace.lineOf('src/sales/order.entity.ts', 'class Order '));
    await sidebar.shows('Order and its neighbours', ({ tables }) => String(tables) === 'Customer,Order,OrderLine');
    await workbench.openFile('src/catalog/publisher.entity.ts', workspace.lineOf('src/catalog/publisher.entity.ts', 'class Publisher'));
    await sidebar.shows('Publisher and its neighbour', ({ tables }) => String(tables) === 'Book,Publisher');
  });

  it('explains a relation in plain words', async () => {
    const { workbench, workspace } = session;
    const file = 'src/catalog/author.entity.ts';
    await workbench.openFile(file, workspace.lineOf(file, 'books: Promise'), 4);
    const words = await workbench.hover(/authorId/);
    expect(words).toMatch(/Book\.author/);
    expect(words).toMatch(/loaded lazily/i);
  });

  it('redraws the diagram while an entity is edited, and keeps the picture of half a line', async () => {
    const { workbench, workspace, sidebar } = session;
    const file = 'src/catalog/publisher.entity.ts';
    await workbench.openFile(file);
    await workbench.insert("import { ManyToOne } from 'typeorm';\nimport { Author } from './author.entity';\n");
    await workbench.openFile(file, workspace.lineOf(file, 'books: Book[]') + 2);
    await workbench.press('End');
    await workbench.insert('\n@ManyToOne(() => Author)\nfounder: ');
    await sidebar.shows('the new relation', ({ edges }) => edges.some(({ from, to }) => from === 'Publisher' && to === 'Author'));
    await workbench.screenshot('half a line');
    await workbench.command('File: Revert File');
    await sidebar.shows('the relation gone again', ({ tables }) => String(tables) === 'Book,Publisher');
  });

  it('counts the queries of a request in a debug run', async () => {
    const { run, workbench, profiler } = session;
    await run.start();
    const answer = await run.get('/authors');
    answerBefore = answer.body;
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toHaveLength(100);
    await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
    await workbench.waitForStatus(/GET \/authors 101 queries/);
  });

  it('tells what fed the loop, and proves it', async () => {
    const { profiler, workspace } = session;
    const frame = await profiler.openRequest('GET /authors');
    const card = frame.locator('[data-finding-kind="lazy-n-plus-one"][data-proven="true"][data-editable="true"]');
    await card.waitFor();
    const text = (await card.textContent()) ?? '';
    expect(text).toContain(`author.routes.ts:${workspace.lineOf(routes, 'authors.find(')}`);
    expect(text).toContain(`author.routes.ts:${workspace.lineOf(routes, 'await author.books')}`);
    predictedCount = Number(/101 →\s*(\d+) quer/.exec(text)?.[1]);
    expect(predictedCount).toBeLessThanOrEqual(3);
  });

  it('finds a correct request correct', async () => {
    const { run, profiler } = session;
    await run.get('/books');
    const { words } = await profiler.request('GET /books', ({ queryCount }) => queryCount === 2);
    expect(words).not.toContain('warning');
  });

  it('mends the query from the light bulb', async () => {
    const { workbench, workspace } = session;
    await workbench.openFile(routes, workspace.lineOf(routes, 'authors.find('), 30);
    await workbench.waitForSquiggle();
    await workbench.applyQuickFix(/^Load Author\.books/);
    await workbench.save();
    expect(workspace.read(routes)).toMatch(/authors\.find\(\{[^;]*relations: \{ books: true \}/);
  });

  it('proves it in the next run: the predicted count, the same answer', async () => {
    const { run, workbench, profiler } = session;
    await run.restart();
    const answer = await run.get('/authors');
    expect(answer.body).toBe(answerBefore);
    const { queryCount, words } = await profiler.request('GET /authors', ({ previousCount }) => previousCount === 101);
    expect(queryCount).toBe(predictedCount);
    expect(words).toContain('response unchanged');
    expect(words).not.toContain('warning');
    await workbench.waitForStatus(new RegExp(`GET /authors 101 → ${queryCount} quer`));
  });

  it('mends a lookup in a loop from the panel, and proves that too', async () => {
    const { run, workbench, profiler, workspace } = session;
    const file = 'src/sales/order.routes.ts';
    const before = await run.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    const frame = await profiler.openRequest('GET /orders');
    const card = frame.locator('[data-finding-kind="loop-n-plus-one"][data-proven="true"]');
    await card.locator('[data-action="fix"]').click();
    await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ customer: true \}/);
    await workbench.titleAction('Apply This Fix');
    await workbench.waitForGone('.monaco-diff-editor');
    await workbench.waitForEditorText(/relations: \{ customer: true \}/);
    await workbench.screenshot('fixed from the panel');
    await workbench.openFile(file, workspace.lineOf(file, 'orders.find('));
    await workbench.save();
    await run.restart();
    const after = await run.get('/orders');
    expect(after.body).toBe(before.body);
    const { words } = await profiler.request('GET /orders', ({ queryCount, previousCount }) => previousCount === 41 && queryCount <= 2);
    expect(words).toContain('response unchanged');
    await run.stop();
  });
});
