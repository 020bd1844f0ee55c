/** A project over files that lie in the test: `{ 'src/user.ts': '…' }` under `/work`. */
import typescript from 'typescript';
import { createEntityProject, type EntityProject, type ProjectHost } from '../../../../src/core/typeorm/entityProject';

export interface MemoryProject {
  /** The compiler that counts what it parses. */
  readonly typescript: typeof typescript;
  readonly project: EntityProject;
  /** Writes a file (null deletes it) and tells the project. */
  write(name: string, text: string | null): void;
  /** The files that were read since the last call, without their folder. */
  filesRead(): string[];
  /** The files that were parsed since the last call, once for each time, without their folder. */
  filesParsed(): string[];
  /** The present text of a file, by its full path. */
  text(file: string): string | undefined;
  /** A new project over the present files. */
  fresh(): EntityProject;
}

const root = '/work/';

function isInstalled(file: string): boolean {
  return file.includes('/node_modules/');
}

export function memoryProject(files: Readonly<Record<string, string>>): MemoryProject {
  const texts = new Map(Object.entries(files).map(([name, text]) => [root + name, text]));
  const read = new Set<string>();
  const host: ProjectHost = {
    roots: ['/work'],
    listSourceFiles: () => [...texts.keys()].filter((file) => /\.[jt]s$/.test(file) && !isInstalled(file)).sort(),
    listPackageManifests: () => [...texts.keys()].filter((file) => file.endsWith('/package.json') && !isInstalled(file)),
    readFile: (file) => {
      read.add(file.slice(root.length));
      return texts.get(file);
    },
    fileExists: (file) => texts.has(file),
    problems: () => [],
  };
  let parsed: string[] = [];
  const counting: typeof typescript = {
    ...typescript,
    createSourceFile: (file, ...rest) => {
      parsed.push(file.slice(root.length));
      return typescript.createSourceFile(file, ...rest);
    },
  };
  const project = createEntityProject(counting, host);
  return {
    typescript: counting,
    project,
    write: (name, text) => {
      if (text === null) texts.delete(root + name);
      else texts.set(root + name, text);
      project.update(root + name);
    },
    filesRead: () => {
      const names = [...read];
      read.clear();
      return names;
    },
    filesParsed: () => {
      const names = parsed;
      parsed = [];
      return names;
    },
    text: (file) => texts.get(file),
    fresh: () => createEntityProject(typescript, host),
  };
}
