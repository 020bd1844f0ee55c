/** Every profiled run tells whether the graph is what the app has built: quietly where it is, with the places where it is not. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const entities = '.pane:has(> .pane-header[aria-label^="Entities"])';
const differences = '.pane:has(> .pane-header[aria-label^="Differences to the Running App"])';

describe('the live check', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('live-check');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('says beside the entities that they are as in the running app', async () => {
    const { workbench, run } = session;
    await workbench.openFile('src/catalog/book.entity.ts');
    await workbench.openContainer('Relation Lens');
    await workbench.waitForText(entities, /catalog/);
    // The keys of a run belong to the editor, not to the side bar.
    await workbench.openFile('src/catalog/book.entity.ts');
    await run.start();
    expect(await workbench.waitForText(entities, /as in the running app/)).toContain('14 entities as in the running app');
    expect(await workbench.page.locator(differences).count()).toBe(0);
  });

  it('says so when asked', async () => {
    const { workbench } = session;
    await workbench.command('Relation Lens: Show Differences to the Running App');
    await workbench.waitForText('.notifications-toasts', /Checked against the running app: 14 entities equal\./);
  });

  it('lists what the app has built otherwise, and leads to its source', async () => {
    const { workbench, workspace, run } = session;
    await run.stop();
    const file = 'src/data-source.ts';
    const late = `
import { getMetadataArgsStorage } from 'typeorm';
getMetadataArgsStorage().tables.find(({ target }) => target === Publisher)!.name = 'houses';
`;
    workspace.write(file, workspace.read(file).replace('/** In memory', `${late}\n/** In memory`));
    await run.start();
    await workbench.command('Relation Lens: Show Differences to the Running App');
    const listed = await workbench.waitForText(differences, /publisher → houses/);
    expect(listed).toMatch(/Publisher/);
    await workbench.page.locator(differences).getByText('publisher → houses').click();
    await workbench.waitForStatus(new RegExp(`Ln ${workspace.lineOf('src/catalog/publisher.entity.ts', 'class Publisher')},`));
    await run.stop();
  });
});
