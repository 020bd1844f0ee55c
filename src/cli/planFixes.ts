/** The edits that a recorded run's findings ask for, made against the sources on the disk, which stay as they are. */
import fs from 'node:fs';
import typescript from 'typescript';
import { fixFindings, type FixHost, type FixOutcome } from '../core/edits/fixFindings';
import { splitSuppressed } from '../core/edits/suppressedFindings';
import type { Finding, SuppressedFinding } from '../core/profile/queryProfile';
import { createEntityProject } from '../core/typeorm/entityProject';
import { createDiskHost } from '../disk/diskHost';
import { FileError } from './io';
import { readConfig } from './projectConfig';

/** What a run's findings come to; files are absolute. */
export interface FixPlan {
  readonly outcomes: readonly FixOutcome[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly changes: readonly { readonly file: string; readonly before: string; readonly after: string }[];
}

/**
 * Edits for these findings, one after the other: each is made against what the one before has left.
 * @param root folder whose sources declare the entities
 * @throws FileError where there is no such folder
 */
export function planFixes(root: string, findings: readonly Finding[]): FixPlan {
  if (!fs.existsSync(root))
    throw new FileError(
      `the recorded run's folder ${root} does not exist here, and its files are not in this folder either; run it in the folder of the sources.`,
    );
  const disk = createDiskHost([root]);
  const edited = new Map<string, string>();
  const before = new Map<string, string>();
  const readFile = (file: string): string | undefined => edited.get(file) ?? disk.readFile(file);
  const project = createEntityProject(typescript, {
    roots: disk.roots,
    listSourceFiles: () => disk.listSourceFiles(),
    listPackageManifests: () => disk.listPackageManifests(),
    readFile,
    fileExists: (file) => disk.fileExists(file),
    problems: () => disk.problems(),
  });
  const host: FixHost = {
    typescript,
    graph: () => project.graph(),
    readFile,
    resolve: (from, specifier) => project.resolve(from, specifier),
    writeFile: (file, text) => {
      before.set(file, before.get(file) ?? disk.readFile(file) ?? '');
      edited.set(file, text);
      project.update(file);
    },
  };
  const { open, suppressed } = splitSuppressed({ typescript, graph: project.graph(), readFile }, findings, readConfig(root).suppress);
  const outcomes = fixFindings(host, open);
  const changes = [...edited]
    .map(([file, after]) => ({ file, before: before.get(file) ?? '', after }))
    .filter((change) => change.before !== change.after);
  return { outcomes, suppressed, changes: changes.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}
