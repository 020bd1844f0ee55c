/** Lines of the user's sources, for comments that findings obey. Each file is read once. */
import fs from 'node:fs';

const MAX_FILES = 500;
const MAX_BYTES = 2 * 1024 * 1024;

export class SourceLines {
  private readonly files = new Map<string, readonly string[] | null>();

  /** @param line 1-based; null where there is no such line, or no such file */
  readonly line = (file: string, line: number): string | null => this.read(file)?.[line - 1] ?? null;

  private read(file: string): readonly string[] | null {
    const known = this.files.get(file);
    if (known !== undefined) return known;
    if (this.files.size >= MAX_FILES) return null;
    const lines = readLines(file);
    this.files.set(file, lines);
    return lines;
  }
}

function readLines(file: string): readonly string[] | null {
  try {
    return fs.statSync(file).size > MAX_BYTES ? null : fs.readFileSync(file, 'utf8').split(/\r?\n/);
  } catch {
    return null;
  }
}
