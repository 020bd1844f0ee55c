/** F5 in a workspace that has no launch.json: what VS Code offers, and that choosing it profiles the app. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openExample, type Session } from './session';

const entities = '.pane:has(> .pane-header[aria-label^="Entities"])';
const ours = 'TypeORM (Node.js with query profiler)';

describe('a first F5, without a launch.json', () => {
  let session: Session;

  beforeAll(async () => {
    session = await openExample('firstRun');
    const { workspace, run } = session;
    rmSync(path.join(workspace.folder, '.vscode'), { recursive: true });
    workspace.write('src/main.ts', workspace.read('src/main.ts').replace('3000', String(run.port)));
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(() => session?.close());

  it('offers the app’s scripts and the open file, and profiles what is chosen', async () => {
    const { run, workbench, profiler } = session;
    await workbench.openFile('src/main.ts');
    await workbench.openContainer('Relation Lens');
    await workbench.waitForText(entities, /Author/);
    expect((await workbench.offeredBy('F5', 'Node.js'))[0]).toBe(ours);
    await workbench.screenshot('debuggers');
    await workbench.choose(`More ${ours} options...`);
    expect((await workbench.offered('main.ts with query profiler')).slice(0, 3)).toEqual([
      'npm run dev with query profiler',
      'npm run start with query profiler',
      'main.ts with query profiler',
    ]);
    await workbench.screenshot('launches');
    await workbench.choose('main.ts with query profiler');
    await run.untilListening();
    await run.get('/orders');
    await profiler.request('GET /orders', ({ queryCount }) => queryCount === 41);
    await workbench.waitForConsole(/The bookshop is open/);
    await run.stop();
  });
});
