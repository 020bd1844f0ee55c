/**
 * Takes the pictures of README and docs/tour in a real VS Code, and makes the moving one out of them (`npm run tour`).
 * Not a test: what the pictures show is asserted by loop.test.ts and mend.test.ts.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { openExample, type Session } from './session';

const root = path.join(__dirname, '../..');
const routes = 'src/catalog/author.routes.ts';
const AUTHORS_CARD = '[data-finding-kind="lazy-n-plus-one"]';

/** One still picture: where it is kept, and what the moving picture says beneath it. */
interface Still {
  readonly file: string;
  readonly caption: string;
}

async function takeTour(): Promise<void> {
  const session = await openExample('tour', { 'workbench.colorTheme': 'Default Light Modern', 'editor.fontSize': 13, 'breadcrumbs.enabled': false });
  const frames = mkdtempSync(path.join(tmpdir(), 'relation-lens-tour-'));
  const captioned: string[] = [];
  const take = async ({ file, caption }: Still): Promise<void> => {
    await rest(session);
    await session.workbench.page.screenshot({ path: path.join(root, file) });
    const frame = path.join(frames, `${captioned.length}.png`);
    await showCaption(session, caption);
    await session.workbench.page.screenshot({ path: frame });
    await showCaption(session, null);
    captioned.push(frame);
  };
  try {
    session.workbench.page.setDefaultTimeout(120_000);
    await session.workbench.page.setViewportSize({ width: 1360, height: 850 });
    await see(session, take);
    await measure(session, take);
    await mendAndProve(session, take);
    await animate(captioned, path.join(root, 'media/loop.gif'));
  } finally {
    await session.close();
    rmSync(frames, { recursive: true });
  }
}

async function see({ workbench, workspace, diagram }: Session, take: (still: Still) => Promise<void>): Promise<void> {
  await workbench.openFile('src/catalog/book.entity.ts');
  await workbench.command('Relation Lens: Open Entity Diagram');
  await diagram.shows('all fourteen entities', ({ tables }) => tables.length >= 14);
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.command('Relation Lens: Fit Diagram to Window');
  await take({ file: 'docs/tour/see.png', caption: 'See what your entities are in the database' });
  await workbench.command('View: Close All Editors');
  await workbench.openContainer('Relation Lens');
  const author = 'src/catalog/author.entity.ts';
  await workbench.openFile(author, workspace.lineOf(author, 'books: Promise'), 4);
  await workbench.hover(/authorId/);
  await take({ file: 'docs/tour/understand.png', caption: 'What a relation is, and what saving, deleting and loading it do' });
}

async function measure({ workbench, workspace, run, profiler }: Session, take: (still: Still) => Promise<void>): Promise<void> {
  await workbench.openFile(routes, workspace.lineOf(routes, 'authors.find('));
  await run.start();
  await run.get('/books');
  await run.get('/authors');
  await profiler.request('GET /authors', ({ queryCount }) => queryCount === 101);
  await (await profiler.openRequest('GET /authors')).locator(AUTHORS_CARD).waitFor();
  await raisePanel(workbench.page, 140);
  await take({ file: 'docs/tour/measure.png', caption: 'Measure: 101 queries. What fed the loop is proven, not guessed' });
}

async function mendAndProve({ workbench, profiler }: Session, take: (still: Still) => Promise<void>): Promise<void> {
  const frame = await profiler.openRequest('GET /authors');
  await frame.locator(AUTHORS_CARD).locator('[data-action="fix"]').click();
  await workbench.waitForText('.monaco-diff-editor .modified .view-lines', /relations: \{ books: true \}/);
  await take({ file: 'docs/tour/mend.png', caption: 'Mend: the change at the right line, before anything is edited' });
  await workbench.clickNotification('Apply');
  await workbench.clickNotification('Restart and Run Again');
  await profiler.request('GET /authors', ({ previousCount }) => previousCount === 101);
  await profiler.openRequest('GET /authors');
  await workbench.closeNotifications();
  await take({ file: 'docs/tour/prove.png', caption: 'Prove: the same request again, 101 → 3 queries, response unchanged' });
}

/** Drags the panel's upper edge. */
async function raisePanel(page: Page, by: number): Promise<void> {
  const edge = await page.locator('.part.panel').boundingBox();
  if (!edge) throw new Error('There is no panel.');
  const x = edge.x + edge.width / 2;
  await page.mouse.move(x, edge.y);
  await page.mouse.down();
  await page.mouse.move(x, edge.y - by, { steps: 5 });
  await page.mouse.up();
}

/** Fonts, icons and the last repaint. */
function rest({ workbench }: Session): Promise<void> {
  return workbench.page.waitForTimeout(2500);
}

/** A line over the window's title bar; null takes it away. */
async function showCaption({ workbench }: Session, text: string | null): Promise<void> {
  await workbench.page.evaluate(`(() => {
    document.getElementById('tour-caption')?.remove();
    const text = ${JSON.stringify(text)};
    if (text === null) return;
    const caption = document.createElement('div');
    caption.id = 'tour-caption';
    caption.textContent = text;
    caption.style.cssText = 'position:fixed;left:50%;top:3px;transform:translateX(-50%);padding:5px 22px;border-radius:8px;z-index:10000;' +
      'background:#1f2328;color:#fff;font:600 18px system-ui,sans-serif;white-space:nowrap;box-shadow:0 4px 18px rgb(0 0 0 / 35%)';
    document.body.append(caption);
  })()`);
}

/** Three seconds a picture. ImageMagick finds the colours, gifsicle keeps what changes. */
async function animate(frames: readonly string[], file: string): Promise<void> {
  const run = promisify(execFile);
  await run('convert', ['-delay', '300', '-loop', '0', ...frames, '-resize', '1200x', '+dither', '-colors', '128', '-layers', 'optimize', file]);
  await run('gifsicle', ['-O3', '--batch', file]);
}

takeTour().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
