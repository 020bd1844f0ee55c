/** The diagram of a workspace of several folders in a real VS Code: one picture of all, and views with the folder that they are about. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from './driver/waiting';
import { openFixture, type Session } from './session';

const viewsOf = (folder: string): string => `${folder}/.relation-lens/views.json`;

describe('a workspace of several folders', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openFixture('folders', 'two-folders', 'shops.code-workspace');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  const isThere = (name: string): boolean => existsSync(path.join(session.workspace.folder, name));

  it('is one diagram', async () => {
    const { workbench, diagram } = session;
    await workbench.openFile('invoice.entity.ts');
    await workbench.command('Relation Lens: Open Entity Diagram');
    const { tables } = await diagram.shows('the entities of both', ({ tableCount }) => tableCount === 5);
    expect(tables).toEqual(['Author', 'Book', 'Invoice', 'InvoiceLine', 'TaxRate']);
  });

  it('keeps a view in the folder that it is about', async () => {
    const { workspace, diagram } = session;
    await diagram.menu('Invoice', 'Show Only Its Neighbours');
    await diagram.shows('invoices', ({ tables }) => String(tables) === 'Invoice,InvoiceLine');
    await diagram.chooseView('Save View as');
    await diagram.answer('Invoices');
    await waitFor(async () => isThere(viewsOf('billing')), { what: viewsOf('billing') });
    await diagram.showsView('View: Invoices');
    expect(workspace.read(viewsOf('billing'))).toContain('"focus": { "table": "src/invoice.entity.ts#Invoice", "depth": 1 }');
    expect(isThere(viewsOf('books'))).toBe(false);
  });

  it('lists the views of all folders, and follows a file that comes in one of them', async () => {
    const { workspace, diagram } = session;
    const view = { focus: { table: 'src/book.entity.ts#Author', depth: 1 } };
    mkdirSync(path.join(workspace.folder, 'books/.relation-lens'));
    workspace.write(viewsOf('books'), JSON.stringify({ version: 1, views: { Reading: view } }));
    await waitFor(async () => (await diagram.viewMenu()).includes('Reading books'), { what: 'the view of the other folder' });
    expect(await diagram.viewMenu()).toContain('Invoices billing');
    await diagram.chooseView('Reading');
    await diagram.showsView('View: Reading');
    await diagram.shows('authors and books', ({ tables }) => String(tables) === 'Author,Book');
  });

  it('shows the view again after the window was reloaded, and changes only its own file', async () => {
    const { workbench, workspace, diagram } = session;
    await workbench.reloadWindow();
    await diagram.showsView('View: Reading');
    await diagram.shows('authors and books', ({ tables }) => String(tables) === 'Author,Book');
    const billing = workspace.read(viewsOf('billing'));
    workspace.write(viewsOf('books'), workspace.read(viewsOf('books')).replace('"depth":1', '"depth":1,"extra":true').replace('#Author', '#Nobody'));
    await diagram.shows('everything, since nobody is left to be around', ({ tables }) => tables.length === 5);
    expect(workspace.read(viewsOf('billing'))).toBe(billing);
  });
});
