import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startRecording } from '../../src/collector/recording';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

const header = { e: 'recording', version: 1, name: 'Shop', startedAtMs: 1, cwd: '/app' } as const;

function start() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-recording-'));
  folders.push(folder);
  return startRecording(path.join(folder, 'run.ndjson'), header);
}

/** The lines of the file that are whole. */
function linesOf(file: string): unknown[] {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

it('has every line in order once it is closed, those of the last turn too', async () => {
  const recording = start();
  for (let id = 1; id <= 3_000; id++) {
    recording.add(id % 3, JSON.stringify({ e: 'sql', id, text: 'SELECT “é”'.repeat(id % 50) }));
    if (id % 700 === 0) await new Promise(setImmediate);
  }
  await recording.close();
  const expected = Array.from({ length: 3_000 }, (_, at) => ({ p: (at + 1) % 3, e: 'sql', id: at + 1, text: 'SELECT “é”'.repeat((at + 1) % 50) }));
  expect(linesOf(recording.file)).toEqual([header, ...expected]);
  expect(recording.problem).toBeNull();
});

it('is on disk while the run goes on', async () => {
  const recording = start();
  recording.add(1, '{"e":"bye","t":1}');
  await expect.poll(() => linesOf(recording.file)).toEqual([header, { p: 1, e: 'bye', t: 1 }]);
  recording.add(1, '{"e":"bye","t":2}');
  await expect.poll(() => linesOf(recording.file).length).toBe(3);
  await recording.close();
});
