import type { Frame } from 'playwright-core';
import { waitFor } from './waiting';
import type { Workbench } from './workbench';

export interface ShownRequest {
  readonly runId: string;
  readonly queryCount: number;
  /** Query count of the same request in the run before; null where there was none. */
  readonly previousCount: number | null;
  /** From the request to its answer. */
  readonly durationMs: number;
  /** The row's text, what only a screen reader tells included. */
  readonly words: string;
}

/** The profiling panel, wherever it stands. */
export class ProfilerPage {
  constructor(private readonly workbench: Workbench) {}

  /** A request's row in the latest run, once it has ended and is as expected. */
  async request(name: string, isExpected: (request: ShownRequest) => boolean): Promise<ShownRequest> {
    let last: ShownRequest | null = null;
    try {
      return await waitFor(
        async () => {
          last = await readRequest(await this.#frame(name), rowSelector(name));
          return isExpected(last) && !last.words.includes('still running') && last;
        },
        { what: name },
      );
    } catch (error) {
      throw new Error(`The panel does not show ${name} as expected; it shows ${JSON.stringify(last)}.`, { cause: error });
    }
  }

  /** Whether any run has a request of that name. */
  async lists(name: string): Promise<boolean> {
    const frame = await this.workbench.webview('.request');
    return (await frame.locator(`.request[data-scope-name="${name}"]`).count()) > 0;
  }

  /** Selects a request and gives its findings' cards. */
  async openRequest(name: string): Promise<Frame> {
    const frame = await this.#frame(name);
    await frame.locator(rowSelector(name)).first().click();
    return frame;
  }

  #frame(name: string): Promise<Frame> {
    return this.workbench.webview(rowSelector(name));
  }
}

function rowSelector(name: string): string {
  return `.request:not(.earlier)[data-scope-name="${name}"]`;
}

/** All at once: the list renders its rows anew as they change. */
async function readRequest(frame: Frame, selector: string): Promise<ShownRequest> {
  const row = await frame
    .locator(selector)
    .first()
    .evaluate(({ dataset, textContent }: { dataset: Record<string, string>; textContent: string }) => ({ dataset: { ...dataset }, textContent }));
  const { runId = '', queryCount, previousCount, durationMs } = row.dataset;
  return {
    runId,
    queryCount: Number(queryCount),
    durationMs: Number(durationMs),
    previousCount: previousCount === undefined ? null : Number(previousCount),
    words: row.textContent.replace(/\s+/g, ' ').trim(),
  };
}
