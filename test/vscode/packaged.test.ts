/** What users get: the files of the packaged extension, and nothing else. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadLinks } from '../deadLinks';
import { installPackagedExtension } from './driver/editorHost';

describe('the packaged extension', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'relation-lens-packaged-'));
  let folder = '';
  let files: string[] = [];

  beforeAll(async () => {
    folder = await installPackagedExtension({ dataDir: path.join(home, 'data'), extensionsDir: path.join(home, 'extensions') });
    files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort();
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('holds every program and picture', () => {
    const programs = ['extension', 'server', 'debugAdapter', 'collector', 'probe', 'cli', 'typescript', 'webview/diagram', 'webview/profiler'];
    expect(files).toEqual(
      expect.arrayContaining([
        ...programs.map((name) => `dist/${name}.js`),
        'dist/ThirdPartyNotices.txt',
        'media/icon.png',
        'package.json',
        'schemas/relation-lens.config.schema.json',
      ]),
    );
  });

  it('holds every file that its pages link to', () => {
    const pages = files.filter((file) => file.endsWith('.md'));
    expect(pages.flatMap((page) => deadLinks(page, readFileSync(path.join(folder, page), 'utf8'), files))).toEqual([]);
    expect(pages).toContain('docs/README.md');
  });

  it('holds no source, test, map or module', () => {
    const allowed =
      /^(dist\/(\w+|webview\/[\w.]+)\.(js|css|ttf)|dist\/webview\/codicon\.(css|ttf)|dist\/ThirdPartyNotices\.txt|media\/(walkthrough\/)?[\w.-]+|docs\/(rules\/)?[\w-]+\.md|schemas\/[\w.-]+\.json|src\/ARCHITECTURE\.md|examples\/bookshop\/README\.md|[\w.]+\.(md|txt|json)|\.vsixmanifest)$/;
    expect(files.filter((file) => !allowed.test(file))).toEqual([]);
  });
});
