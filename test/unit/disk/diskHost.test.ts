import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskHost } from '../../../src/disk/diskHost';

describe('a workspace on disk', () => {
  let folder = '';

  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'workspace-')));
  });

  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
  }

  function listed(...paths: string[]): string[] {
    const host = createDiskHost(paths.length > 0 ? paths.map((name) => path.join(folder, name)) : [folder]);
    return host.listSourceFiles().map((file) => file.slice(folder.length + 1));
  }

  it('lists sources, and neither packages, build output, declarations nor tests', () => {
    write({
      'src/a.ts': '',
      'src/b.js': '',
      'src/c.d.ts': '',
      'src/d.spec.ts': '',
      'src/e.md': '',
      'node_modules/x/index.ts': '',
      'dist/a.js': '',
      '.hidden/a.ts': '',
    });
    expect(listed()).toEqual(['src/a.ts', 'src/b.js']);
  });

  it('leaves out what .gitignore ignores, at every level, and keeps what is excepted', () => {
    write({
      '.gitignore': 'generated/\n*.gen.ts\n!kept.gen.ts\n',
      'src/.gitignore': '/local.ts\n',
      'src/local.ts': '',
      'src/deep/local.ts': '',
      'src/a.gen.ts': '',
      'src/kept.gen.ts': '',
      'generated/a.ts': '',
    });
    expect(listed()).toEqual(['src/deep/local.ts', 'src/kept.gen.ts']);
  });

  it('honours the .gitignore of the repository above a folder', () => {
    write({ '.gitignore': 'out.ts\n', '.git/HEAD': '', 'src/out.ts': '', 'src/in.ts': '' });
    expect(listed('src')).toEqual(['src/in.ts']);
  });

  it('lists a file that is named itself, whatever it is called, and each file once', () => {
    write({ 'src/a.spec.ts': '', 'src/b.ts': '' });
    expect(listed('src/a.spec.ts', 'src', 'src/b.ts')).toEqual(['src/a.spec.ts', 'src/b.ts']);
  });

  it('ends where symbolic links lead in circles', () => {
    write({ 'src/a.ts': '' });
    fs.symlinkSync(folder, path.join(folder, 'src/loop'));
    fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'src/broken.ts'));
    expect(listed()).toEqual(['src/a.ts']);
  });

  it('lists package manifests, and its folders as roots', () => {
    write({ 'package.json': '{}', 'packages/a/package.json': '{}', 'packages/a/src/x.ts': '' });
    const host = createDiskHost([folder]);
    expect(host.listPackageManifests().map((file) => file.slice(folder.length))).toEqual(['/package.json', '/packages/a/package.json']);
    expect(host.roots).toEqual([folder]);
    expect(createDiskHost([path.join(folder, 'packages/a/src/x.ts')]).roots).toEqual([`${folder}/packages/a/src`]);
  });

  it('has no text and no problem for a file that vanished', () => {
    const host = createDiskHost([folder]);
    expect([host.readFile(path.join(folder, 'gone.ts')), host.problems()]).toEqual([undefined, []]);
  });

  it('tells of what cannot be read until it can', () => {
    write({ 'src/a.ts': 'text' });
    const host = createDiskHost([folder]);
    // A folder in the place of a file resists reading for every user, root included.
    fs.mkdirSync(path.join(folder, 'src/folder.ts'));
    expect(host.readFile(path.join(folder, 'src/folder.ts'))).toBeUndefined();
    expect(host.problems()).toMatchObject([{ code: 'unreadable-file', source: { file: path.join(folder, 'src/folder.ts'), line: 1 } }]);
    fs.rmdirSync(path.join(folder, 'src/folder.ts'));
    write({ 'src/folder.ts': 'now a file' });
    expect([host.readFile(path.join(folder, 'src/folder.ts')), host.problems()]).toEqual(['now a file', []]);
  });

  it('lists anew each time it is asked', () => {
    write({ 'a.ts': '' });
    const host = createDiskHost([folder]);
    expect(host.listSourceFiles()).toHaveLength(1);
    write({ 'b.ts': '' });
    expect(host.listSourceFiles()).toHaveLength(2);
  });
});
