import { describe, expect, it } from 'vitest';
import { generatedModel } from '../unit/core/diagram/models';
import { randomEdits } from '../unit/core/diagram/randomEdits';
import { data, show, useDiagrams, type Diagram } from './diagramHarness';

const open = useDiagrams();
const model = generatedModel(400);

/** Begins an export and comes back as soon as it is under way. */
async function begin(diagram: Diagram, command: 'exportSvg' | 'exportPng'): Promise<void> {
  await diagram.send({ type: 'command', command });
  await diagram.page.waitForSelector('#app[data-exporting]');
}

async function saved(diagram: Diagram): Promise<{ readonly name: string; readonly base64: string }> {
  await diagram.page.waitForSelector('#app:not([data-exporting])');
  return diagram.waitFor('saveFile');
}

describe('an export of a large diagram', () => {
  it.each(['exportSvg', 'exportPng'] as const)('%s lets messages and frames pass while it is written', async (command) => {
    const diagram = await open();
    await show(diagram, model);
    await diagram.page.evaluate(`(() => {
      window.passed = { messages: 0, frames: 0 };
      const app = document.getElementById('app');
      const frame = () => { if (app.dataset.exporting) passed.frames++; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
      setInterval(() => { if (app.dataset.exporting) passed.messages++; }, 1);
    })()`);
    await begin(diagram, command);
    const { base64 } = await saved(diagram);
    expect(base64.length).toBeGreaterThan(100_000);
    const passed: { messages: number; frames: number } = await diagram.page.evaluate('passed');
    expect(passed.messages).toBeGreaterThan(3);
    expect(passed.frames).toBeGreaterThan(1);
    expect(diagram.errors()).toEqual([]);
  });

  it('says how far it is, and is stopped by Escape without a file', async () => {
    const diagram = await open();
    await show(diagram, generatedModel(3000));
    await begin(diagram, 'exportSvg');
    await expect.poll(() => diagram.page.locator('.summary').textContent()).toMatch(/Exporting relations\.svg: \d+ %/);
    await diagram.page.keyboard.press('Escape');
    expect(await data(diagram, 'exporting')).toBeUndefined();
    expect(await diagram.page.locator('.summary').textContent()).toContain('3,000 entities');
    await diagram.page.waitForTimeout(300);
    expect((await diagram.received()).filter(({ type }) => type === 'saveFile')).toEqual([]);
  });

  it('holds what was shown when it began, whatever is edited meanwhile', async () => {
    const diagram = await open();
    await show(diagram, model);
    await begin(diagram, 'exportSvg');
    const edit = randomEdits(model, 6).at(-1);
    if (!edit) throw new Error('There are edits.');
    await show(diagram, edit.model);
    const text = Buffer.from((await saved(diagram)).base64, 'base64').toString('utf8');
    expect(text.match(/class="name"/g)?.length).toBe(model.tables.length);
    for (const table of model.tables) expect(text).toContain(`<title>${table.name} (${table.table})</title>`);
    expect(text).not.toContain('Added');
    expect(text.endsWith('</svg>\n')).toBe(true);
    expect(await data(diagram, 'tableCount')).toBe(String(edit.model.tables.length));
  });
});
