/** Named views of the diagram in a real VS Code: kept in a file, shown again after a reload, and following the file. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from './driver/waiting';
import { openExample, type Session } from './session';

const file = '.relation-lens/views.json';

describe('a named view', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('views');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  const isThere = (name: string): boolean => existsSync(path.join(session.workspace.folder, name));

  it('is written to a file that reads well', async () => {
    const { workbench, workspace, diagram } = session;
    await workbench.openFile('src/catalog/book.entity.ts');
    await workbench.command('Relation Lens: Open Entity Diagram');
    await diagram.shows('all entities', ({ tables }) => tables.length >= 14);
    await diagram.menu('Publisher', 'Show Only Its Neighbours');
    await diagram.shows('Publisher and its neighbour', ({ tables }) => String(tables) === 'Book,Publisher');
    await diagram.chooseView('Save View as');
    await diagram.answer('Publishing');
    await waitFor(async () => isThere(file), { what: file });
    await diagram.showsView('View: Publishing');
    const lines = workspace.read(file).split('\n');
    expect(lines).toContain('      "focus": { "table": "src/catalog/publisher.entity.ts#Publisher", "depth": 1 },');
    expect(lines.filter((line) => /^ {8}"src\/catalog\/(book|publisher)\.entity\.ts#\w+": \[-?\d+, -?\d+\],?$/.test(line))).toHaveLength(2);
  });

  it('is shown again after the window was reloaded', async () => {
    const { workbench, diagram } = session;
    await workbench.reloadWindow();
    await diagram.showsView('View: Publishing');
    await diagram.shows('Publisher and its neighbour', ({ tables }) => String(tables) === 'Book,Publisher');
  });

  it('follows its file when git, or anybody, changes it', async () => {
    const { workspace, diagram } = session;
    workspace.write(file, workspace.read(file).replace('"depth": 1', '"depth": 2'));
    await diagram.shows('farther neighbours', ({ tables }) => tables.includes('Author'));
  });

  it('shows an entity that is asked for while its tab is hidden', async () => {
    const { workbench, diagram } = session;
    await workbench.openFile('src/catalog/publisher.entity.ts', 6, 1);
    await workbench.command('Relation Lens: Show in Entity Diagram');
    await diagram.selects('Publisher');
  });

  it('is undone, searched and saved by the keys that VS Code has uses of its own for', async () => {
    const { workbench, workspace, diagram } = session;
    const before = (await diagram.shows('the farther neighbours', ({ tables }) => tables.includes('Author'))).tables;
    await diagram.key('Author', 'Delete');
    await diagram.shows('no Author', ({ tables }) => !tables.includes('Author'));
    await workbench.press('Control+z');
    await diagram.shows('Author again', ({ tables }) => String(tables) === String(before));
    await workbench.press('Control+Shift+z');
    await diagram.shows('no Author', ({ tables }) => !tables.includes('Author'));
    await workbench.press('Control+s');
    await waitFor(async () => workspace.read(file).includes('"hidden"'), { what: 'the saved view' });
    await diagram.showsView('View: Publishing');
    await workbench.press('Control+f');
    await workbench.insert('Author');
    await workbench.press('Enter');
    await diagram.shows('what was searched for beside the rest', ({ tables }) => tables.includes('Author'));
  });

  it('leaves a broken file as it is until a view is saved, and keeps it aside then', async () => {
    const { workbench, workspace, diagram } = session;
    workspace.write(file, '<<<<<<< HEAD\n{}\n');
    await workbench.waitForText('.notifications-toasts', /merge conflict that is not resolved \(line 1\)/);
    await diagram.chooseView('Save View as');
    await diagram.answer('Rescued');
    await diagram.showsView('View: Rescued');
    expect(workspace.read('.relation-lens/views.corrupt-1.json')).toBe('<<<<<<< HEAD\n{}\n');
    expect(Object.keys(JSON.parse(workspace.read(file)).views)).toEqual(['Rescued']);
    await workbench.waitForText('.notifications-toasts', /kept as \.relation-lens\/views\.corrupt-1\.json/);
  });
});
