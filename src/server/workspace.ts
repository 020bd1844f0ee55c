/** The folders that are open, their texts (an open document before the disk), and the language service over them. */
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { URI } from 'vscode-uri';
import { createEntityProject, type EntityProject, type ProjectHost } from '../core/typeorm/entityProject';
import { createDiskHost, type DiskHost } from '../disk/diskHost';
import { createLanguageService, type LanguageService } from '../service/createLanguageService';
import { packageFacts } from '../service/packageFacts';

export interface Workspace {
  readonly service: LanguageService;
  readonly project: EntityProject;
  readonly fileCount: number;
  /** The folders. */
  readonly roots: readonly string[];
  /** A file was created, edited on disk or deleted. */
  fileChanged(file: string): void;
}

/**
 * @param openText the text of an open document; undefined where the file is not open.
 * @param openFiles the files of the open documents
 */
export function openWorkspace(
  folders: readonly string[],
  openText: (file: string) => string | undefined,
  openFiles: () => Iterable<string> = () => [],
): Workspace {
  const disk = createDiskHost(folders);
  const host = overlay(disk, openText);
  const project = createEntityProject(typescript, host);
  const service = createLanguageService({
    typescript,
    project,
    readFile: (file) => host.readFile(file),
    facts: () => packageFacts(host.listPackageManifests(), (file) => host.readFile(file)),
    usageFiles: () => [...openFiles()].filter(isSource),
    sourceFiles: () => host.listSourceFiles(),
    documentationOf: rulePage,
  });
  return {
    service,
    project,
    roots: folders,
    get fileCount() {
      return host.listSourceFiles().length;
    },
    fileChanged(file) {
      service.fileChanged(file);
      if (!isSource(file)) disk.refresh();
      if (file.endsWith('/.gitignore')) project.rescan();
      else project.update(file);
    },
  };
}

/** The page that ships with the extension, beside the server's bundle: it needs no network. Null where there is none. */
function rulePage(rule: string): string | null {
  if (!/^[a-z0-9-]+$/.test(rule)) return null;
  const file = path.join(__dirname, '..', 'docs', 'rules', `${rule}.md`);
  const known = pages.get(file) ?? fs.existsSync(file);
  pages.set(file, known);
  return known ? URI.file(file).toString() : null;
}

const pages = new Map<string, boolean>();

function isSource(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

function overlay(disk: DiskHost, openText: (file: string) => string | undefined): ProjectHost {
  return {
    roots: disk.roots,
    listSourceFiles: () => disk.listSourceFiles(),
    listPackageManifests: () => disk.listPackageManifests(),
    readFile: (file) => openText(file) ?? disk.readFile(file),
    fileExists: (file) => openText(file) !== undefined || disk.fileExists(file),
    problems: () => disk.problems(),
  };
}
