/** What the extension costs a window that opens: VS Code's own figure of its activation, read where users can read it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

describe('activation', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('activation');
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('happens with a window on an app that has TypeORM installed, and VS Code says how long it took', async () => {
    const { workbench } = session;
    await workbench.command('Developer: Show Running Extensions');
    const row = await workbench.waitForText('.monaco-list-row:has-text("Relation Lens for TypeORM")', /Activation: \d+\s?ms/);
    const [figure = ''] = /Activation: \d+\s?ms/.exec(row) ?? [];
    expect(figure).not.toBe('');
    // For docs/benchmarks.md; a figure of a busy machine is no reason to fail.
    console.log(`Relation Lens for TypeORM, extension host, ${figure}`);
  });
});
