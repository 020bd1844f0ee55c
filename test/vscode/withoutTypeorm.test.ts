/** A workspace that has nothing to do with TypeORM: nothing runs, and the view says so. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
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

  it('wakes up where a package that the app depends on brings typeorm', async () => {
    const { workbench, workspace } = session;
    const installed = { typeorm: { name: 'typeorm' }, '@shop/core': { name: '@shop/core', dependencies: { typeorm: '0.3.27' } } };
    for (const [name, manifest] of Object.entries(installed)) {
      mkdirSync(path.join(workspace.folder, 'node_modules', name), { recursive: true });
      workspace.write(`node_modules/${name}/package.json`, JSON.stringify(manifest));
    }
    workspace.write(
      'src/review.entity.ts',
      `import { Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity()
export class Review {
  @PrimaryGeneratedColumn()
  id: number;
}
`,
    );
    workspace.write('package.json', JSON.stringify({ name: 'shop', dependencies: { '@shop/core': '3.7.3' } }));
    await workbench.openContainer('Explorer');
    await workbench.openContainer('Relation Lens');
    await workbench.waitForText('.pane:has(> .pane-header[aria-label^="Entities"])', /Review/);
  });
});
