/** What an editor hears of an app that the profiler has paused: the user's line, and why. */
import { beforeEach, describe, expect, it } from 'vitest';
import { PausedDebugger } from '../../../src/extension/profile/pausedDebugger';
import { PAUSE_ANNOUNCEMENT } from '../../../src/protocol/pauses';

const announcement = `${PAUSE_ANNOUNCEMENT}N+1 query: Author.books is loaded here for the 5th time in GET /authors\n`;
const own = ['/ext/dist/pause.js', '/ext/dist/probe.js', '/ext/dist/probe.js'];

describe('a debugger that stands where the profiler has paused', () => {
  let paused: PausedDebugger;
  let nowMs: number;

  beforeEach(() => {
    nowMs = 0;
    paused = new PausedDebugger('/ext/dist', () => nowMs);
  });

  function toEditor<T extends object>(message: T): T {
    paused.toEditor(message);
    return message;
  }

  function toDebugger<T extends object>(message: T): T {
    paused.toDebugger(message);
    return message;
  }

  const output = (text = announcement) => toEditor({ type: 'event', event: 'output', body: { category: 'stdout', output: text } as object });
  const stops = (reason = 'pause') => toEditor({ type: 'event', event: 'stopped', body: { reason, threadId: 1, description: 'Paused' } as object });
  const asks = (seq: number, startFrame: number, levels: number) =>
    toDebugger({ type: 'request', seq, command: 'stackTrace', arguments: { threadId: 1, startFrame, levels } }).arguments;

  function answers(seq: number, files: readonly (string | undefined)[]) {
    const stackFrames = files.map((file) =>
      file === undefined ? { presentationHint: 'label' } : { source: { path: file, presentationHint: 'normal' } },
    );
    const body = { stackFrames, totalFrames: 30 };
    toEditor({ type: 'response', request_seq: seq, command: 'stackTrace', body });
    return { ...body, files: stackFrames.map(({ source }) => source?.path), hints: stackFrames.map(({ source }) => source?.presentationHint) };
  }

  it('is told to the editor as an exception in the user’s frame, whose name is the finding', () => {
    expect(output().body).toMatchObject({ category: 'telemetry' });
    expect(stops().body).toEqual({
      reason: 'exception',
      threadId: 1,
      description: 'Paused on N+1 query',
      text: 'Author.books is loaded here for the 5th time in GET /authors',
    });
    expect(asks(1, 0, 1)).toMatchObject({ startFrame: 0, levels: 20 });
    expect(answers(1, [...own, '/app/routes.ts'])).toMatchObject({ files: ['/app/routes.ts'], totalFrames: 27 });
    expect(asks(2, 1, 19)).toMatchObject({ startFrame: 4, levels: 19 });
    expect(answers(2, ['/app/main.ts'])).toMatchObject({ files: ['/app/main.ts'], totalFrames: 27 });
    const why = toEditor({ type: 'response', command: 'exceptionInfo', request_seq: 3, success: false, message: 'not paused on an exception' });
    expect(why).toMatchObject({
      success: true,
      body: { exceptionId: 'N+1 query', description: 'Author.books is loaded here for the 5th time in GET /authors', breakMode: 'always' },
    });
  });

  it('is told again where the console’s line comes later than the stop', () => {
    expect(stops().body).toMatchObject({ reason: 'pause' });
    expect(output()).toMatchObject({ event: 'stopped', body: { reason: 'exception', threadId: 1 } });
  });

  it('goes to the line that awaits, past the packages in between', () => {
    output();
    stops();
    asks(1, 0, 1);
    const { hints } = answers(1, [...own, '/app/node_modules/typeorm/a.js', undefined, '<node_internals>/x', '/app/routes.ts', '/app/main.ts']);
    expect(hints).toEqual(['deemphasize', undefined, 'deemphasize', 'normal', 'normal']);
  });

  it('steps to the user’s line, where the editor believes to be', () => {
    output();
    stops();
    asks(1, 0, 1);
    answers(1, [...own, '/app/routes.ts']);
    expect(toDebugger({ type: 'request', seq: 2, command: 'next' }).command).toBe('stepOut');
    stops('step');
    expect(toDebugger({ type: 'request', seq: 3, command: 'next' }).command).toBe('next');
  });

  it('knows a Windows folder by either case of its drive', () => {
    paused = new PausedDebugger('c:\\ext\\dist', () => nowMs);
    output();
    stops();
    asks(1, 0, 1);
    expect(answers(1, ['C:\\ext\\dist\\pause.js', 'C:\\app\\a.ts']).files).toEqual(['C:\\app\\a.ts']);
  });
});

describe('a debugger that stands where the user wants it to', () => {
  const stopped = (reason: string) => ({ type: 'event', event: 'stopped', body: { reason, threadId: 1, description: 'Paused' } });

  it.each(['breakpoint', 'step', 'exception', 'entry', 'pause'])('is left alone: %s', (reason) => {
    const paused = new PausedDebugger('/ext/dist', () => 0);
    const stop = stopped(reason);
    paused.toEditor(stop);
    expect(stop).toEqual(stopped(reason));
    paused.toDebugger({ type: 'request', seq: 1, command: 'stackTrace', arguments: { startFrame: 0, levels: 1 } });
    const body = { stackFrames: [{ source: { path: '/app/node_modules/x/dist/pause.js' } }, { source: { path: '/app/a.js' } }], totalFrames: 2 };
    paused.toEditor({ type: 'response', request_seq: 1, command: 'stackTrace', body });
    expect(body).toEqual({
      stackFrames: [{ source: { path: '/app/node_modules/x/dist/pause.js' } }, { source: { path: '/app/a.js' } }],
      totalFrames: 2,
    });
    const step = { type: 'request', seq: 2, command: 'next' };
    paused.toDebugger(step);
    expect(step.command).toBe('next');
  });

  it('prints what the app prints', () => {
    const paused = new PausedDebugger('/ext/dist', () => 0);
    const output = { type: 'event', event: 'output', body: { category: 'stdout', output: 'Paused by hand: now\n' } };
    paused.toEditor(output);
    expect(output).toEqual({ type: 'event', event: 'output', body: { category: 'stdout', output: 'Paused by hand: now\n' } });
  });

  it('does not take a pause for the profiler’s that did not follow its announcement', () => {
    let nowMs = 0;
    const paused = new PausedDebugger('/ext/dist', () => nowMs);
    paused.toEditor({ type: 'event', event: 'output', body: { output: announcement } });
    nowMs = 10_000;
    const stop = stopped('pause');
    paused.toEditor(stop);
    expect(stop).toEqual(stopped('pause'));
  });
});
