/** Maps that lie beside their files. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SiteMapper } from '../../src/collector/siteMapper';

describe('maps on disk', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'lens-maps-')));
    file = path.join(folder, 'authors.js');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** Writes a module of one line, whose start stands in a line (zero-based) of its source. */
  function build(text: string, line: string): void {
    const map = { version: 3, sources: ['turbopack:///[project]/src/authors.ts'], names: [], mappings: `AA${line}A` };
    fs.writeFileSync(`${file}.map`, JSON.stringify(map));
    fs.writeFileSync(file, `${text}\n//# sourceMappingURL=authors.js.map`);
  }

  const lineIn = (mapper: SiteMapper) =>
    mapper.map({ e: 'site', id: 1, frames: [{ file, line: 1, column: 1, function: null, async: false }] }).frames[0];

  it('are read again where a bundler has built the module anew for a process that goes on (Turbopack)', () => {
    const mapper = new SiteMapper('/shop');
    build('ask()', 'I');
    expect(lineIn(mapper)).toMatchObject({ file: path.resolve('/shop/src/authors.ts'), line: 5 });
    build('log(); ask()', 'K');
    expect(lineIn(mapper)).toMatchObject({ line: 6 });
  });

  it('are followed to the last, where a bundle is built of what was built before', () => {
    const built = path.join(folder, 'built.js');
    fs.writeFileSync(`${built}.map`, JSON.stringify({ version: 3, sources: ['src/authors.ts'], names: [], mappings: ';;;;AAQA' }));
    fs.writeFileSync(built, '\n\n\n\nask()\n//# sourceMappingURL=built.js.map');
    fs.writeFileSync(`${file}.map`, JSON.stringify({ version: 3, sources: ['built.js'], names: [], mappings: 'AAIA' }));
    fs.writeFileSync(file, 'ask()\n//# sourceMappingURL=authors.js.map');
    expect(lineIn(new SiteMapper('/shop'))).toMatchObject({ file: path.join(folder, 'src/authors.ts'), line: 9 });
  });

  it('end where they lead in a circle, and where what was built before has none', () => {
    const other = path.join(folder, 'other.js');
    const mapTo = (source: string) => JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'AAAA' });
    fs.writeFileSync(`${file}.map`, mapTo('other.js'));
    fs.writeFileSync(file, 'ask()\n//# sourceMappingURL=authors.js.map');
    fs.writeFileSync(other, 'ask()');
    expect(lineIn(new SiteMapper('/shop'))).toMatchObject({ file: other, line: 1 });
    fs.writeFileSync(`${other}.map`, mapTo('authors.js'));
    fs.writeFileSync(other, 'ask()\n//# sourceMappingURL=other.js.map');
    expect([file, other]).toContain(lineIn(new SiteMapper('/shop'))?.file);
  });

  it('are kept where the module is gone', () => {
    const mapper = new SiteMapper('/shop');
    build('ask()', 'I');
    lineIn(mapper);
    fs.rmSync(file);
    fs.rmSync(`${file}.map`);
    expect(lineIn(mapper)).toMatchObject({ line: 5 });
  });
});
