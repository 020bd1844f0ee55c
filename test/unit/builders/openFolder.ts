/** The language service over a folder on disk whose files may be edited without being written. */
import path from 'node:path';
import ts from 'typescript';
import type { TextEdit } from 'vscode-languageserver-types';
import { applyEdits } from '../../../src/core/edits/sourceText';
import { createEntityProject } from '../../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../../src/disk/diskHost';
import { createLanguageService, type LanguageService } from '../../../src/service/createLanguageService';
import { packageFacts } from '../../../src/service/packageFacts';

export const casesFolder = path.join(__dirname, '../../cases/graph');

export interface OpenFolder {
  readonly service: LanguageService;
  files(): readonly string[];
  read(file: string): string;
  /** Edits a file; null deletes it. */
  put(file: string, text: string | null): void;
  /** Has a file hold what it holds on disk. */
  restore(file: string): void;
  /** A service that has never seen anything but the present texts. */
  fresh(): LanguageService;
}

export function openFolder(folder: string): OpenFolder {
  const disk = createDiskHost([folder]);
  const edited = new Map<string, string | null>();
  const isThere = (file: string): boolean => edited.get(file) !== null;
  const host = {
    roots: disk.roots,
    listSourceFiles: () => disk.listSourceFiles().filter(isThere),
    listPackageManifests: () => disk.listPackageManifests(),
    readFile: (file: string) => (edited.has(file) ? (edited.get(file) ?? undefined) : disk.readFile(file)),
    fileExists: (file: string) => isThere(file) && disk.fileExists(file),
    problems: () => disk.problems(),
  };
  const make = () => {
    const project = createEntityProject(ts, host);
    const service = createLanguageService({
      typescript: ts,
      project,
      readFile: host.readFile,
      facts: () => packageFacts(host.listPackageManifests(), host.readFile),
      sourceFiles: host.listSourceFiles,
      documentationOf: () => null,
    });
    return { project, service };
  };
  const { project, service } = make();
  const changed = (file: string): void => {
    service.fileChanged(file);
    project.update(file);
  };
  return {
    service,
    files: host.listSourceFiles,
    read: (file) => host.readFile(file) ?? '',
    put: (file, text) => changed((edited.set(file, text), file)),
    restore: (file) => changed((edited.delete(file), file)),
    fresh: () => make().service,
  };
}

/** A text with the edits of a code action. */
export function withLspEdits(file: string, text: string, edits: readonly TextEdit[]): string {
  const own = edits.map(({ range: { start, end }, newText }) => ({
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    newText,
  }));
  return applyEdits(ts, file, text, own);
}

/** How many mistakes the parser finds in a text. */
export function syntaxErrors(file: string, text: string): number {
  // The parser keeps them on the tree, though TypeScript's types do not say so.
  return (ts.createSourceFile(file, text, ts.ScriptTarget.ESNext) as ts.SourceFile & { parseDiagnostics: unknown[] }).parseDiagnostics.length;
}
