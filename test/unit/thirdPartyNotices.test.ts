import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(__dirname, '../..');
const noticesOf = async (...inputs: readonly string[]) => (await import('../../scripts/lib/thirdPartyNotices.mjs')).thirdPartyNotices(root, inputs);
const titles = (text: string) =>
  [...text.matchAll(/^={80}\n(\S+) \d+\.\d+\.\d+ \((.+)\)\nhttps:\/\/\S+\n/gm)].map(([, name, license]) => `${name}: ${license}`);

describe('the notices of what is bundled', () => {
  it('name each package once, with its license and where its sources are', async () => {
    const inputs = [
      'src/cli/main.ts',
      'node_modules/typescript/lib/typescript.js',
      'node_modules/lit-html/lit-html.js',
      'node_modules/lit-html/directive.js',
      'node_modules/@jridgewell/trace-mapping/dist/trace-mapping.mjs',
      'node_modules/events/events.js',
    ];
    expect(titles(await noticesOf(...inputs))).toEqual([
      '@jridgewell/trace-mapping: MIT',
      'events: MIT',
      'lit-html: BSD-3-Clause',
      'typescript: Apache-2.0',
    ]);
  });

  it('hold the texts of the licenses, and what a package says of the packages within itself', async () => {
    const text = await noticesOf('node_modules/typescript/lib/typescript.js', 'node_modules/elkjs/lib/elk-worker.min.js');
    expect(text).toContain('Eclipse Public License - v 2.0');
    expect(text).toContain('Apache License');
    expect(text).toContain('End of ThirdPartyNotices');
  });

  it('leave out the files of Relation Lens', async () => {
    expect(titles(await noticesOf('src/cli/main.ts', 'webview/diagram/main.ts'))).toEqual([]);
  });
});
