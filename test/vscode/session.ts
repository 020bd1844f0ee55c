/** One editor, one workspace, one app: what a test file of this suite works with. */
import path from 'node:path';
import { type EditorHost, openEditor } from './driver/editorHost';
import { DebugRun } from './driver/debugRun';
import { DiagramPage } from './driver/diagramPage';
import { copyExample, copyFixture, type TestWorkspace } from './driver/exampleWorkspace';
import { killWithin, processesWithin } from './driver/processes';
import { ProfilerPage } from './driver/profilerPage';
import { Workbench } from './driver/workbench';

/** Of the editor's own log, with a failure. */
const LOGGED_LINES = 60;

/** As far as it is looked at: vitest's. */
interface FinishedTest {
  readonly name: string;
  readonly result?: { readonly state: string } | undefined;
}

export interface Session {
  readonly workspace: TestWorkspace;
  readonly workbench: Workbench;
  readonly run: DebugRun;
  readonly diagram: DiagramPage;
  readonly sidebar: DiagramPage;
  readonly profiler: ProfilerPage;
  /** Ids and command lines of the extension's own processes. */
  readonly extensionProcesses: () => string[];
  /** Kills those of a program of the extension, by its file's name. */
  readonly killProgram: (program: string) => void;
  /** After each test: a picture of how it ended; where it failed, also what the window and the extension host say, in the report. */
  keep(test: FinishedTest): Promise<void>;
  close(): Promise<void>;
}

/** Opens a copy of the example app, with settings of the user's and further extensions (VSIX files) beside ours. */
export async function openExample(
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
  extensions: readonly string[] = [],
): Promise<Session> {
  const port = await freePort();
  return open(name, copyExample(port), port, settings, undefined, extensions);
}

/** A loopback port that nobody uses right now. */
export async function freePort(): Promise<number> {
  const codeServer = await import('../../scripts/lib/codeServer.mjs');
  return codeServer.freePort();
}

/** Opens a copy of a folder of test/fixtures; `workspaceFile` names the file of a workspace of several folders in it. */
export function openFixture(name: string, fixture: string, workspaceFile?: string): Promise<Session> {
  return open(name, copyFixture(fixture), 0, {}, workspaceFile);
}

async function open(
  name: string,
  workspace: TestWorkspace,
  port: number,
  settings: Readonly<Record<string, unknown>> = {},
  workspaceFile?: string,
  extensions: readonly string[] = [],
): Promise<Session> {
  const opened = workspaceFile === undefined ? workspace.folder : path.join(workspace.folder, workspaceFile);
  const host: EditorHost = await openEditor(opened, settings, extensions);
  const workbench = new Workbench(host.page, name);
  await workbench.ready();
  return {
    workspace,
    workbench,
    run: new DebugRun(workbench, port),
    diagram: new DiagramPage(workbench, 'panel'),
    sidebar: new DiagramPage(workbench, 'sidebar'),
    profiler: new ProfilerPage(workbench),
    extensionProcesses: () => processesWithin(host.extensionsDir),
    killProgram: (program) => killWithin(host.extensionsDir, program),
    async keep({ name: test, result }) {
      await workbench.screenshot(test);
      if (result?.state === 'fail') console.error(`“${test}” failed.\n${await wordsOf(workbench)}\n${lastLines(host.log())}`);
    },
    async close() {
      await host.stop();
      workspace.remove();
    },
  };
}

/** A window that answers nothing any more must not hide why. */
function wordsOf(workbench: Workbench): Promise<string> {
  return workbench.words().catch((error: unknown) => `The window says nothing: ${String(error)}`);
}

function lastLines(log: string): string {
  return log.split('\n').slice(-LOGGED_LINES).join('\n');
}
