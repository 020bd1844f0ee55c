import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../collector/makeFolder';
import { FileError } from './io';

/**
 * Writes a file that a command was asked for, and the folders above it that are missing.
 * @param what it is, for the sentence: `the report`
 * @throws FileError saying what could not be written, and why
 */
export function writeTextFile(file: string, text: string, what: string): void {
  try {
    makeFolder(path.dirname(file));
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new FileError(`${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Before what takes long: could the file be written when it is done? Nothing is made or changed.
 * @param what it is, for the sentence: `the report`
 * @throws FileError naming what is in the way, and the next step
 */
export function checkWritable(file: string, what: string): void {
  const obstacle = obstacleTo(file);
  if (obstacle !== null) throw new FileError(`${what} cannot be written to ${file}: ${obstacle}. Name another file.`);
}

function obstacleTo(file: string): string | null {
  const there = nearestThere(file);
  const isFolder = fs.statSync(there).isDirectory();
  if (there === file && isFolder) return 'it is a folder';
  if (there !== file && !isFolder) return `${there} is no folder`;
  return mayWrite(there) ? null : `you may not write ${there === file ? 'it' : `in ${there}`}`;
}

/** The file, or else the lowest of the folders above it that is there. */
function nearestThere(file: string): string {
  return fs.existsSync(file) || path.dirname(file) === file ? file : nearestThere(path.dirname(file));
}

function mayWrite(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
