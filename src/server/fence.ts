/** Every request stands behind a fence: a bug costs one answer, is logged, and nothing else. A request that was cancelled meanwhile is not worked on. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

export interface Log {
  error(message: string): void;
}

export type Fence = <Params, Answer>(
  name: string,
  otherwise: Answer,
  answer: (params: Params) => Answer,
) => (params: Params, token: CancellationToken) => Promise<Answer | ResponseError<void>>;

export function createFence(log: Log): Fence {
  return (name, otherwise, answer) => async (params, token) => {
    // Messages that wait behind this one are read first: one of them may be its cancellation.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled.`);
    try {
      return answer(params);
    } catch (error) {
      log.error(`${name}: ${describe(error)}`);
      return otherwise;
    }
  };
}

/** The same for notifications and timers. */
export function guard<Args extends unknown[]>(log: Log, name: string, run: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      run(...args);
    } catch (error) {
      log.error(`${name}: ${describe(error)}`);
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
