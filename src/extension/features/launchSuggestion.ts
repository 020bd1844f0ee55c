import * as path from 'node:path';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../protocol/debug';

export interface PackageManifest {
  readonly main?: string;
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

/** One launch for each script of package.json, as the run view offers them without a launch.json. */
export async function launchesOfScripts(folder: vscode.WorkspaceFolder | undefined): Promise<vscode.DebugConfiguration[]> {
  const manifest = folder ? await readManifest(folder) : null;
  return Object.keys(manifest?.scripts ?? {}).map(launchScript);
}

export function launchScript(script: string): vscode.DebugConfiguration {
  return { ...common(`npm run ${script} with query profiler`), runtimeExecutable: 'npm', runtimeArgs: ['run', script] };
}

/** TypeScript runs as it is where the project has tsx or ts-node; else the debugger looks for the built file by its source map. */
export async function launchFile(uri: vscode.Uri): Promise<vscode.DebugConfiguration> {
  const program = uri.fsPath;
  const runtimeArgs = /\.[cm]?tsx?$/.test(program) ? await typescriptLoader(uri) : [];
  return { ...common(`${path.basename(program)} with query profiler`), ...(runtimeArgs.length > 0 ? { runtimeArgs } : {}), program };
}

export function isProgram({ languageId, uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && (languageId === 'typescript' || languageId === 'javascript');
}

const TYPESCRIPT_LOADERS = [
  { module: 'tsx', runtimeArgs: ['--import', 'tsx'] },
  { module: 'ts-node', runtimeArgs: ['--require', 'ts-node/register/transpile-only'] },
];

async function typescriptLoader(uri: vscode.Uri): Promise<string[]> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  for (let folder = path.dirname(uri.fsPath); ; folder = path.dirname(folder)) {
    for (const { module, runtimeArgs } of TYPESCRIPT_LOADERS) {
      if (await exists(vscode.Uri.file(path.join(folder, 'node_modules', module, 'package.json')))) return runtimeArgs;
    }
    if (folder === root || path.dirname(folder) === folder) return [];
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** null where the folder has no package.json, or one that cannot be read. */
export async function readManifest(folder: vscode.WorkspaceFolder): Promise<PackageManifest | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'package.json'));
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as PackageManifest;
  } catch {
    return null;
  }
}

function common(name: string) {
  return { type: DEBUG_TYPE, request: 'launch', name, skipFiles: ['<node_internals>/**'] };
}
