import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../protocol/debug';
import { exists } from '../workspace/exists';
import type { TypeormWorkspace } from '../workspace/typeormWorkspace';

export interface PackageManifest {
  readonly main?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

const SCRIPTS_THAT_RUN_THE_APP = ['start:dev', 'dev', 'start', 'serve'];

/** What to run where no launch configuration says it: the script that starts the app, else its main file, else the file in the editor. */
export async function suggestLaunch(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration | null> {
  const manifest = folder ? await readManifest(folder) : null;
  const script = SCRIPTS_THAT_RUN_THE_APP.find((name) => manifest?.scripts?.[name] !== undefined);
  if (script) return launchScript(script);
  const document = vscode.window.activeTextEditor?.document;
  if (document && isProgram(document)) return launchFile(document.uri);
  return folder && manifest?.main ? launchFile(vscode.Uri.joinPath(folder.uri, manifest.main)) : null;
}

/** What F5 and the run view offer beside launch.json, as long as the workspace depends on typeorm. */
export function offerLaunches(workspace: TypeormWorkspace): vscode.Disposable {
  let offer: vscode.Disposable | undefined;
  const follow = () => {
    offer?.dispose();
    offer = workspace.state === 'ready' ? registerLaunches() : undefined;
  };
  follow();
  return vscode.Disposable.from(workspace.onDidChangeState(follow), { dispose: () => offer?.dispose() });
}

function registerLaunches(): vscode.Disposable {
  const provider = { provideDebugConfigurations: launchesOf };
  return vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider, vscode.DebugConfigurationProviderTriggerKind.Dynamic);
}

/** The scripts that start the app first, then the file in the editor, then the other scripts. */
async function launchesOf(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration[]> {
  const manifest = folder ? await readManifest(folder) : null;
  const scripts = Object.keys(manifest?.scripts ?? {});
  const starting = SCRIPTS_THAT_RUN_THE_APP.filter((name) => scripts.includes(name));
  const others = scripts.filter((name) => !starting.includes(name));
  return [...starting.map(launchScript), ...(await launchesOfActiveFile(folder)), ...others.map(launchScript)];
}

async function launchesOfActiveFile(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration[]> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isProgram(document) || vscode.workspace.getWorkspaceFolder(document.uri) !== folder) return [];
  return [await launchFile(document.uri)];
}

export function launchScript(script: string): vscode.DebugConfiguration {
  return { ...common(`npm run ${script} with query profiler`), runtimeExecutable: 'npm', runtimeArgs: ['run', script] };
}

/** TypeScript runs as it is where the project, or a folder above it as in a monorepo, has tsx or ts-node; else the debugger looks for the built file by its source map. */
export async function launchFile(uri: vscode.Uri): Promise<vscode.DebugConfiguration> {
  const program = uri.fsPath;
  const runtimeArgs = /\.[cm]?tsx?$/.test(program) ? await typescriptLoader(program) : [];
  return { ...common(`${path.basename(program)} with query profiler`), ...(runtimeArgs.length > 0 ? { runtimeArgs } : {}), program };
}

export function isProgram({ languageId, uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && (languageId === 'typescript' || languageId === 'javascript');
}

const TS_NODE = { module: 'ts-node', runtimeArgs: ['--require', 'ts-node/register/transpile-only'] };
const TSX = { module: 'tsx', runtimeArgs: ['--import', 'tsx'] };

/** What Node.js is to load first. tsx emits no types for decorators, which TypeORM reads columns from; ts-node does, and registers for CommonJS alone. */
async function typescriptLoader(program: string): Promise<string[]> {
  const loaders = (await isEsModule(program)) ? [TSX] : [TS_NODE, TSX];
  for (const folder of foldersAbove(program)) {
    for (const { module, runtimeArgs } of loaders) {
      if (await exists(vscode.Uri.file(path.join(folder, 'node_modules', module, 'package.json')))) return runtimeArgs;
    }
  }
  return [];
}

/** As Node.js decides it: by the file's ending, else by the nearest package.json. */
async function isEsModule(program: string): Promise<boolean> {
  if (/\.[cm]ts$/.test(program)) return program.endsWith('.mts');
  for (const folder of foldersAbove(program)) {
    const manifest = await readManifestOf(vscode.Uri.file(folder));
    if (manifest) return manifest.type === 'module';
  }
  return false;
}

/** Those that hold a file, the nearest first: a monorepo has its modules in a folder above the workspace's. */
function foldersAbove(file: string): string[] {
  const folder = path.dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

/** null where the folder has no package.json, or one that cannot be read. */
export function readManifest(folder: vscode.WorkspaceFolder): Promise<PackageManifest | null> {
  return readManifestOf(folder.uri);
}

async function readManifestOf(folder: vscode.Uri): Promise<PackageManifest | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, 'package.json'));
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as PackageManifest;
  } catch {
    return null;
  }
}

/** The debug console shows all that is printed: of its own accord it leaves out what loggers and npm write, so that a failed start has no reason. */
function common(name: string) {
  return { type: DEBUG_TYPE, request: 'launch', name, skipFiles: ['<node_internals>/**'], outputCapture: 'std' };
}
