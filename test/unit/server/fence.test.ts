import { describe, expect, test, vi } from 'vitest';
import { CancellationTokenSource, ResponseError } from 'vscode-languageserver';
import { createFence, guard } from '../../../src/server/fence';

describe('a fenced request', () => {
  const error = vi.fn();
  const fence = createFence({ error });

  test('answers', async () => {
    expect(await fence('double', 0, (n: number) => n * 2)(21, new CancellationTokenSource().token)).toBe(42);
  });

  test('a bug costs one answer and is logged with the request’s name', async () => {
    const broken = fence('hover', null, () => {
      throw new Error('a bug');
    });
    expect(await broken(undefined, new CancellationTokenSource().token)).toBeNull();
    expect(error).toHaveBeenCalledWith(expect.stringMatching(/^hover: .*a bug/));
  });

  test('a request that is cancelled while it waits is not worked on', async () => {
    const source = new CancellationTokenSource();
    const work = vi.fn(() => 1);
    const answer = fence('hover', 0, work)(undefined, source.token);
    source.cancel();
    expect(await answer).toBeInstanceOf(ResponseError);
    expect(work).not.toHaveBeenCalled();
  });

  test('notifications are guarded alike', () => {
    const run = guard({ error }, 'profile', () => {
      throw new Error('another bug');
    });
    expect(run).not.toThrow();
    expect(error).toHaveBeenLastCalledWith(expect.stringContaining('profile: '));
  });
});
