import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../src/collector/makeFolder';

describe('a folder that is made', () => {
  let folder = '';
  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'made-'))));
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('has those above it, and may be there already', () => {
    const deep = path.join(folder, 'a/b/c');
    makeFolder(deep);
    makeFolder(deep);
    expect(fs.statSync(deep).isDirectory()).toBe(true);
  });

  // On Windows, links want a permission.
  it.runIf(process.platform !== 'win32')('is refused behind a link that leads nowhere, instead of being tried for ever', () => {
    fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'link'));
    expect(() => makeFolder(path.join(folder, 'link/a/b'))).toThrow('EEXIST');
  });
});
