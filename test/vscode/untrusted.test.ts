/** A folder that nobody has trusted yet: its sources are read, nothing of it is run or listened to. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

describe('an untrusted workspace', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('untrusted', { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' });
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('shows its diagram, for which nothing of it is run', async () => {
    const { workbench, diagram } = session;
    await workbench.waitForStatus(/Restricted Mode/);
    await workbench.openFile('src/catalog/book.entity.ts');
    await workbench.command('Relation Lens: Open Entity Diagram');
    await diagram.shows('all fourteen entities', ({ tables }) => tables.length >= 14);
  });

  it('starts neither app nor profiler, nor offers to', async () => {
    const { workbench, extensionProcesses } = session;
    await workbench.press('F5');
    await workbench.waitForText('.monaco-dialog-box', /trust/i);
    await workbench.screenshot('asked for trust');
    await workbench.press('Escape');
    await workbench.waitForGone('.monaco-dialog-box');
    expect(await workbench.offersCommand('Relation Lens: Copy Environment for the Query Profiler')).toBe(false);
    expect(await workbench.offersCommand('Relation Lens: Open Entity Diagram')).toBe(true);
    expect(extensionProcesses().map((line) => /dist[\\/](\w+)\.js/.exec(line)?.[1])).toEqual(['server']);
  });
});
