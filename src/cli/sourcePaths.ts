/** The files and folders that a command is asked about. */
import fs from 'node:fs';
import path from 'node:path';
import { FileError } from './io';

/** @returns absolute paths: those named, or the working directory where none is. */
export function sourcePaths(named: readonly string[], cwd: string): readonly string[] {
  return (named.length > 0 ? named : ['.']).map((each) => path.resolve(cwd, each));
}

/** @throws FileError naming the first that cannot be read */
export function checkReadable(paths: readonly string[]): void {
  const unreadable = paths.find((each) => !isReadable(each));
  if (unreadable !== undefined) throw new FileError(`cannot read ${unreadable}: check the path and its permissions.`);
}

export function isReadable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** A sentence for standard error: an answer about the wrong folder must not look like a clean one. */
export function noEntitiesIn(paths: readonly string[]): string {
  return `No entities were found in ${paths.join(', ')}: name the folders or files that declare them.\n`;
}
