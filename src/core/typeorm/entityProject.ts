/**
 * The static road's front door: TypeORM sources → RelationGraph, kept up to date one edited file at a time.
 * Nothing of the user's code runs; the TypeScript module and the disk are handed in.
 */
import type ts from 'typescript';
import type { GraphProblem, RelationGraph } from '../model/relationGraph';

export type TypeScript = typeof ts;

/**
 * The workspace as the project sees it. All paths are absolute with forward slashes.
 * No member may throw: a file that vanished or cannot be read is `undefined`, and may stand in `problems()`.
 */
export interface ProjectHost {
  /** Workspace folders (or the folders and single files given on the command line). */
  readonly roots: readonly string[];
  /** Every source file that may declare entities: no node_modules, no build output, nothing ignored. Sorted. */
  listSourceFiles(): readonly string[];
  /** The `package.json` files among them, by which workspace packages import each other. */
  listPackageManifests(): readonly string[];
  /** The text of a file; an editor's unsaved text where there is one. Undefined where there is no such file. */
  readFile(file: string): string | undefined;
  fileExists(file: string): boolean;
  /** What could not be listed or read. */
  problems(): readonly GraphProblem[];
}

export interface EntityProject {
  /** True where a package of the workspace names typeorm, or a source file imports it. */
  readonly dependsOnTypeorm: boolean;
  /** Tells that a file was edited, created or deleted; the next `graph()` re-reads it and what depends on it. */
  update(file: string): void;
  /** Tells that many files may have changed (another branch, a new tsconfig): everything is listed and read anew. */
  rescan(): void;
  /** The graph of the present sources. The same object until something changes; unchanged entities keep their identity. */
  graph(): RelationGraph;
  /** The parsed file with parent pointers set, for edits and questions about syntax; undefined where there is no such file. */
  sourceFile(file: string): ts.SourceFile | undefined;
}

export declare function createEntityProject(typescript: TypeScript, host: ProjectHost): EntityProject;
