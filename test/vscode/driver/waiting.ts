/** Waiting in tests: for a condition, never for a time. */

/** For what never comes. A machine under load is slow, so it is generous: nothing here is about how long anything takes. */
export const PATIENCE_MS = 120_000;

export interface WaitOptions {
  /** Said when it never comes. */
  readonly what: string;
  /** How long to wait at most. */
  readonly timeoutMs?: number;
}

/** Asks again until the answer is neither null, undefined nor false; throws with `what` where it never is. */
export async function waitFor<T>(ask: () => Promise<T | null | undefined | false>, { what, timeoutMs = PATIENCE_MS }: WaitOptions): Promise<T> {
  const endsAt = Date.now() + timeoutMs;
  let lastError: unknown = null;
  while (Date.now() < endsAt) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      lastError = null;
    } catch (error) {
      // A frame may be replaced, or an app may not listen yet: ask again.
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Waited in vain for ${what}.`, { cause: lastError });
}
