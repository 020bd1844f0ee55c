/** Long work on the page's own thread, a few milliseconds at a time: what the user does meanwhile is answered in between. */

/** Well below the fifty milliseconds after which one feels a page hang. */
const sliceMs = 10;

export interface Slicing {
  /** Told between slices what the work has yielded last. */
  onProgress(progress: number): void;
  isCancelled(): boolean;
}

/**
 * The work's result, or null where it was cancelled.
 * @param steps yield how far they are, or what they wait for
 */
export async function runInSlices<Result>(
  steps: Generator<number | Promise<unknown>, Result>,
  { onProgress, isCancelled }: Slicing,
): Promise<Result | null> {
  let progress = 0;
  for (;;) {
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (typeof step.value === 'number') progress = step.value;
      else await step.value;
    } while (performance.now() < end);
    onProgress(progress);
    await untilOthersHadTheirTurn();
    if (isCancelled()) return null;
  }
}

/** A message to oneself arrives after those that wait already, without the delay of a nested timer. */
function untilOthersHadTheirTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
