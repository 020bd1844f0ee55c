import { describe, expect, test } from 'vitest';
import { trackLines } from '../../../src/service/lineTracker';

const BEFORE = ['import x;', '', 'function a() {', '  return find();', '}', 'function b() {', '  return find();', '}'].join('\n');

function lineAfter(now: string, line: number): number {
  let text = BEFORE;
  const tracker = trackLines(['/app/a.ts'], () => text);
  text = now;
  return tracker.lineNow('/app/a.ts', line);
}

describe('a line of an earlier text', () => {
  test('stays where nothing changed', () => expect(lineAfter(BEFORE, 7)).toBe(7));
  test('moves with lines put in before it', () => expect(lineAfter(`// new\n// new\n${BEFORE}`, 7)).toBe(9));
  test('stays with lines put in behind it', () => expect(lineAfter(`${BEFORE}\n// new`, 4)).toBe(4));
  test('in the changed stretch it is found by its words', () => {
    expect(lineAfter(BEFORE.replace('function a() {', 'function a(n) {\n  log(n);').replace("'x'", "'y'"), 4)).toBe(5);
  });
  test('where its words stand twice in the changed stretch, it is left alone', () => {
    expect(lineAfter(['x', 'y', '  return find();', '  return find();', 'z'].join('\n'), 4)).toBe(4);
  });
  test('an update of the same run still means the first text', () => {
    let text = BEFORE;
    const first = trackLines(['/app/a.ts'], () => text);
    text = `// new\n${BEFORE}`;
    expect(trackLines(['/app/a.ts'], () => text, first).lineNow('/app/a.ts', 4)).toBe(5);
    expect(trackLines(['/app/a.ts'], () => text).lineNow('/app/a.ts', 4)).toBe(4);
  });
});
