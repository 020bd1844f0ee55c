/** Compares with a file in test/cases/diagram; `UPDATE_GOLDEN=1` writes it, a difference leaves the actual text beside it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

const directory = join(__dirname, '../../../cases/diagram');

export function expectGolden(name: string, actual: string): void {
  const path = join(directory, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, actual);
    return;
  }
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (expected !== actual) writeFileSync(`${path}.actual`, actual);
  expect(actual, `differs from ${path}`).toBe(expected);
}
