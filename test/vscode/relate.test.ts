/** Writing from the diagram, and comparing it with git, in a real VS Code. */
import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from './driver/waiting';
import { openExample, type Session } from './session';

const publisher = 'src/catalog/publisher.entity.ts';
const customer = 'src/people/customer.entity.ts';
const category = 'src/catalog/category.entity.ts';

describe('from the diagram', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('relate');
    const git = (...args: string[]): void => void execFileSync('git', args, { cwd: session.workspace.folder });
    git('init', '--quiet');
    git('-c', 'user.name=Someone', '-c', 'user.email=someone@example.org', 'add', '--', 'src', 'package.json');
    git('-c', 'user.name=Someone', '-c', 'user.email=someone@example.org', 'commit', '--quiet', '--message', 'first');
    await session.workbench.openFile(publisher);
    await session.workbench.command('Relation Lens: Open Entity Diagram');
    await session.diagram.shows('all fourteen entities', ({ tables }) => tables.length >= 14);
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('a relation is written into both its classes', async () => {
    const { diagram, workbench } = session;
    await diagram.menu('Publisher', 'Relate to…');
    const panel = await diagram.sidePanel();
    await panel.locator('[data-key=to]').selectOption({ label: 'Customer' });
    await panel.getByText('@OneToMany(() => Publisher').waitFor();
    await workbench.screenshot('preview');
    await panel.getByRole('button', { name: 'Write Relation' }).click();
    await diagram.shows('the new relation', ({ edges }) => edges.some(({ from, to }) => from === 'Publisher' && to === 'Customer'));
    await workbench.waitForEditorText(/@ManyToOne\(\(\) => Customer, \(customer\) => customer\.publishers\)/);
  });

  it('one undo takes both sides back', async () => {
    const { diagram, workbench, workspace } = session;
    await workbench.openFile(publisher);
    await workbench.press('Control+z');
    await diagram.shows('the relations as they were', ({ edges }) => !edges.some(({ from, to }) => from === 'Publisher' && to === 'Customer'));
    const isAsBefore = (): boolean => !workspace.read(publisher).includes('Customer') && !workspace.read(customer).includes('Publisher');
    // The diagram follows each file by itself: the second one may not be undone yet when the first is saved.
    await waitFor(
      async () => {
        await workbench.command('File: Save All');
        return isAsBefore();
      },
      { what: 'both files as they were' },
    );
  });

  it('the difference with a revision is painted and listed', async () => {
    const { diagram, workbench, workspace } = session;
    workspace.write(category, workspace.read(category).replace('name: string', 'label: string'));
    await workbench.command('Relation Lens: Compare Diagram with Git Revision…');
    await workbench.choose('HEAD');
    const panel = await diagram.sidePanel();
    await panel.locator('.row', { hasText: 'Category' }).waitFor();
    expect(await panel.locator('.row').allInnerTexts()).toEqual([expect.stringContaining('label')]);
    await workbench.screenshot('difference');
  });
});
