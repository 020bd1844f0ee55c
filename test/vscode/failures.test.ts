/** Debug runs that cannot be what they were meant to be: the user is told what was tried, and what to do. */
import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, openExample, type Session } from './session';

const runtimeArgs = ['-r', 'ts-node/register/transpile-only'];

describe('a debug run that cannot start', () => {
  let session: Session;
  let ports: { readonly nobody: number; readonly inspector: number };
  let elsewhere: ChildProcess;

  beforeAll(async () => {
    session = await openExample('failures');
    ports = { nobody: await freePort(), inspector: await freePort() };
    const { workspace, run } = session;
    const attach = { type: 'typeorm', request: 'attach', timeout: 500 };
    const launch = { type: 'typeorm', request: 'launch', program: '${workspaceFolder}/src/main.ts', runtimeArgs };
    const configurations = [
      { ...attach, name: 'Nobody', port: ports.nobody },
      { ...attach, name: 'Own port', port: run.port },
      { ...attach, name: 'Unprofiled', port: ports.inspector },
      { ...launch, name: 'Not built', program: '${workspaceFolder}/dist/main.js' },
      { ...launch, name: 'No runtime', runtimeExecutable: 'no-such-runtime' },
      { ...launch, name: 'No variables', envFile: '${workspaceFolder}/.env.nowhere', env: { PORT: String(await freePort()) } },
    ];
    workspace.write('.vscode/launch.json', JSON.stringify({ version: '0.2.0', configurations }));
    elsewhere = spawn(process.execPath, [`--inspect=127.0.0.1:${ports.inspector}`, ...runtimeArgs, 'src/main.ts'], {
      cwd: workspace.folder,
      env: { ...process.env, PORT: String(run.port) },
      stdio: 'ignore',
    });
    await run.untilListening();
  });
  afterEach(({ task }) => session.keep(task));
  afterAll(async () => {
    elsewhere?.kill('SIGKILL');
    await session?.close();
  });

  it.each([
    ['Nobody', () => new RegExp(`nobody listens at 127\\.0\\.0\\.1:${ports.nobody}.*--inspect.*“Nobody”`)],
    ['Own port', () => new RegExp(`127\\.0\\.0\\.1:${session.run.port} is no Node\\.js inspector.*“Own port”`)],
    ['Not built', () => /no file .*dist[\\/]main\.js.*“Not built”.*build the app/],
    ['No runtime', () => /no-such-runtime/],
  ])('stops at a dialog that names what was tried and leads to launch.json: %s', async (name, expected) => {
    const { run, workbench } = session;
    await run.beginNamed(name);
    await workbench.page.locator('.monaco-dialog-box').waitFor();
    await workbench.screenshot(`dialog of ${name}`);
    const words = await workbench.answerDialog('Cancel');
    expect(words).toMatch(expected());
    expect(words).toMatch(/Open 'launch\.json'/);
    await workbench.waitForGone('.debug-toolbar');
    expect(await workbench.page.locator('.notifications-toasts .notification-list-item').count()).toBe(0);
  });

  it('says of an app that was started without the profiler why its queries are not seen, and hands out what it takes', async () => {
    const { run, workbench } = session;
    await run.beginNamed('Unprofiled');
    await workbench.waitForNotification(/“Unprofiled” is debugged, but its queries are not seen: it was started without the query profiler/);
    await workbench.screenshot('unprofiled');
    await workbench.clickNotification('Copy Environment');
    await workbench.waitForNotification(/Copied\. Paste it/);
    expect(await workbench.clipboard()).toMatch(/NODE_OPTIONS=/);
    await run.detach();
    await workbench.closeNotifications();
  });

  it('runs the app without an envFile that is not there, and says so', async () => {
    const { run, workbench } = session;
    await run.beginNamed('No variables');
    await workbench.waitForNotification(/no file .*\.env\.nowhere.*runs without its variables/);
    await workbench.page.waitForSelector('.debug-toolbar');
    await run.detach();
  });
});
