import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const architecture = read('src/ARCHITECTURE.md');
const rooms = readdirSync(path.join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('src/ARCHITECTURE.md', () => {
  it.each(rooms)('maps the room %s', (room) => {
    expect(architecture).toMatch(new RegExp(`^\\| \`${room}(/\\w+)?\` \\|`, 'm'));
  });

  it('maps no room that is gone', () => {
    const mapped = [...architecture.matchAll(/^\| `([\w/]+)` \|/gm)].map((match) => match[1]!);
    expect(mapped.filter((room) => !existsSync(path.join(root, 'src', room)))).toEqual([]);
    expect(mapped.length).toBeGreaterThan(10);
  });
});

describe('the import rules', () => {
  it.each(rooms)('govern the room %s', (room) => {
    expect(read('eslint.config.mjs')).toMatch(new RegExp(`^  ${room}: \\[`, 'm'));
  });
});

describe('the table of bundles', () => {
  const entries = [...read('esbuild.js').matchAll(/entry: '((?:src|webview)\/[^']+)'/g)].map((match) => match[1]!);

  it('names every program once', () => {
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries.length).toBeGreaterThan(7);
  });

  it.each(entries)('%s exists', (entry) => {
    expect(existsSync(path.join(root, entry))).toBe(true);
  });
});
