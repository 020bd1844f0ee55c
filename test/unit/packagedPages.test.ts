/** What VS Code's users and npm's users read comes with what it links to. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deadLinks } from '../deadLinks';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const patterns = (file: string) =>
  read(file)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** The files of an allow-list's line, as far as pages link to them; the packed extension itself is looked at in test/vscode/packaged.test.ts. */
function filesOf(pattern: string): string[] {
  const [, folder, ending] = /^!(.+)\/\*\*?(\.\w+)?$/.exec(pattern) ?? [];
  if (folder === undefined) return [pattern.slice(1)];
  const inside = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(ending ?? ''));
  return inside.map((name) => `${folder}/${name}`);
}

describe('the pages of the package', () => {
  it('link only to files that come with them', () => {
    const files = patterns('.vscodeignore')
      .filter((pattern) => !pattern.startsWith('!dist/'))
      .flatMap(filesOf);
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/README.md']));
    expect(pages.flatMap((page) => deadLinks(page, read(page), files))).toEqual([]);
  });

  it('are the same in VS Code’s package and in npm’s', () => {
    expect(patterns('.npmignore')).toEqual(patterns('.vscodeignore'));
  });

  it('are all on the page that “Open Documentation” shows', () => {
    const shipped = patterns('.vscodeignore').flatMap((line) => /^!docs\/([\w-]+\.md)$/.exec(line)?.[1] ?? []);
    const listed = [...read('docs/README.md').matchAll(/^\| \[([\w-]+\.md)\]/gm)].map((match) => match[1]!);
    expect(['README.md', ...listed].sort()).toEqual(shipped.sort());
  });
});
