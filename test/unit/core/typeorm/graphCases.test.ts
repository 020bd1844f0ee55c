/**
 * Golden cases of the static road: each folder of test/cases/graph holds sources and the graph that they give as JSON.
 * `UPDATE_GOLDEN=1` rewrites. That TypeORM itself says the same is checked by test/differential.
 */
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';
import { createEntityProject } from '../../../../src/core/typeorm/entityProject';
import { graphToJson } from '../../../../src/core/typeorm/graphToJson';
import { createDiskHost, toForwardSlashes } from '../../../../src/disk/diskHost';

const casesFolder = path.join(__dirname, '../../../cases/graph');

describe('graph of', () => {
  it.each(fs.readdirSync(casesFolder))('%s', (name) => {
    const folder = path.join(casesFolder, name);
    const actual = graphToJson(createEntityProject(typescript, createDiskHost([folder])).graph(), toForwardSlashes(folder));
    checkGolden(path.join(folder, 'expected.json'), actual);
  });
});

function checkGolden(file: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    fs.writeFileSync(file, actual);
    return;
  }
  const beside = file.replace('expected', 'actual');
  const expected = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : 'no golden file: run with UPDATE_GOLDEN=1 and look at what it writes';
  if (expected === actual) fs.rmSync(beside, { force: true });
  else fs.writeFileSync(beside, actual);
  expect(actual).toBe(expected);
}
