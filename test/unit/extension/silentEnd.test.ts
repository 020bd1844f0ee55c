import { describe, expect, it } from 'vitest';
import { SilentEnd } from '../../../src/extension/profile/silentEnd';

const asks = (command: string) => (end: SilentEnd) => end.toDebugger({ type: 'request', command });
const says = (output: string) => (end: SilentEnd) => end.toEditor({ type: 'event', event: 'output', body: { output } });
const ends = (end: SilentEnd) => end.toEditor({ type: 'event', event: 'terminated' });

describe('the end of a debug session', () => {
  it.each([
    ['silent where nothing tells of it', [says('hello\n'), asks('continue'), ends], true],
    ['silent where the editor says goodbye afterwards, as it always does', [ends, asks('disconnect')], true],
    ['asked for where the user stops it', [asks('terminate'), ends], false],
    ['asked for where the user leaves it', [asks('disconnect'), ends], false],
    ['asked for where the user restarts it', [asks('restart'), ends], false],
    ['explained where the debugger tells an exit code', [says('Process exited with code 3\r\n'), ends], false],
    ['none before it has come', [says('hello\n')], false],
  ])('is %s', (_case, steps, expected) => {
    const end = new SilentEnd();
    for (const step of steps) step(end);
    expect(end.isSilent).toBe(expected);
  });
});
