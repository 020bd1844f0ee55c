/** A workspace that has nothing to do with TypeORM: nothing runs, and the view says so. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openFixture, type Session } from './session';

describe('a workspace without typeorm', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openFixture('without-typeorm', 'without-typeorm');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('says in its view that it stays switched off', async () => {
    const { workbench } = session;
    await workbench.openFile('src/greeting.ts');
    await workbench.openContainer('Relation Lens');
    await workbench.waitForText('.welcome-view-content', /does not depend on typeorm/);
  });

  it('shows its log and its documentation all the same, for whoever wonders why', async () => {
    const { workbench } = session;
    await workbench.command('Relation Lens: Show Log');
    await workbench.page.waitForSelector('.part.panel .monaco-editor[data-uri*="Relation%20Lens"], .part.panel [data-uri*="Relation Lens"]');
    await workbench.command('Relation Lens: Open Documentation');
    await workbench.page.waitForSelector('.tab.active[aria-label*="README.md"]');
  });

  it('is not offered at F5 either', async () => {
    const { workbench } = session;
    await workbench.openFile('src/greeting.ts');
    expect((await workbench.offeredBy('F5', 'Node.js')).filter((label) => label.includes('TypeORM'))).toEqual([]);
    await workbench.press('Escape');
  });

  it('starts no process of its own', async () => {
    const { workbench, extensionProcesses } = session;
    await workbench.waitForText('.welcome-view-content', /does not depend on typeorm/);
    expect(extensionProcesses()).toEqual([]);
  });
});
