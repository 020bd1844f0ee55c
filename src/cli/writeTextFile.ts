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
