import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const projectDirectory = path.join(__dirname, '../../..');

/** A workspace that a test may edit as it likes. */
export interface TestWorkspace {
  /** Absolute path, with symbolic links resolved: as debuggers and stacks name it. */
  readonly folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** 1-based line of the first line that holds the text. */
  lineOf(file: string, text: string): number;
  remove(): void;
}

/** A copy of the example app, which finds its modules through a link; `port` replaces the one in its launch configurations. */
export function copyExample(port: number): TestWorkspace {
  const workspace = copyFolder(path.join(projectDirectory, 'examples/bookshop'));
  const modules = path.join(projectDirectory, 'examples/bookshop/node_modules');
  if (existsSync(modules)) throw new Error(`${modules} exists: the example's modules are expected in the project's own node_modules.`);
  symlinkSync(path.join(projectDirectory, 'node_modules'), path.join(workspace.folder, 'node_modules'), 'junction');
  workspace.write('.vscode/launch.json', workspace.read('.vscode/launch.json').replaceAll('"3000"', `"${port}"`));
  return workspace;
}

/** A copy of a folder of test/fixtures. */
export function copyFixture(name: string): TestWorkspace {
  return copyFolder(path.join(projectDirectory, 'test/fixtures', name));
}

function copyFolder(source: string): TestWorkspace {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'relation-lens-e2e-')));
  const folder = path.join(home, path.basename(source));
  cpSync(source, folder, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' });
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  return {
    folder,
    read,
    write: (file, text) => writeFileSync(path.join(folder, file), text),
    lineOf: (file, text) => lineOf(read(file), text),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function lineOf(source: string, text: string): number {
  const index = source.split('\n').findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`No line holds ${JSON.stringify(text)}.`);
  return index + 1;
}
