import elkWorker from 'elkjs/lib/elk-worker.min.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createElk } from '../../../../src/core/diagram/elkArrange';
import { createPictureWriters, type PictureFormat } from '../../../../src/core/diagram/writers';
import { expectGolden } from './golden';
import { aColumn, aGraph, anEntity, libraryGraph } from './graphs';

const writers = createPictureWriters(async () => createElk(elkWorker));
const formats = Object.keys(writers) as PictureFormat[];

describe('picture writers', () => {
  it.each(formats)('write a library as %s', async (format) => {
    expectGolden(`library.${format}`, await writers[format](libraryGraph()));
  });

  it.each(formats)('give equal text for equal graphs as %s', async (format) => {
    expect(await writers[format](libraryGraph())).toBe(await writers[format](libraryGraph()));
  });

  it.each(formats)('write an empty graph as %s', async (format) => {
    expect(await writers[format](aGraph())).not.toContain('undefined');
  });

  it('escape what would break the syntax', async () => {
    const odd = aGraph(anEntity('A<b>"c', { table: 'a "quoted" & odd', columns: [aColumn('x<y', { primary: true, type: 'enum("a")' })] }));
    expect(await writers.svg(odd)).toContain('A&#60;b&#62;&#34;c');
    expect(await writers.dot(odd)).toContain('x&#60;y');
    expect(await writers.dbml(odd)).toContain(String.raw`Table "a \"quoted\" & odd"`);
    expect(await writers.plantuml(odd)).toContain('as A_b_c');
  });

  it('write SVG whose tags are balanced', () => {
    const svg = readFileSync(join(__dirname, '../../../cases/diagram/library.svg'), 'utf8');
    expect(svg.match(/<g>/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
    expect(svg.match(/<text /g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });
});
