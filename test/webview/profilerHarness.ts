/** Opens the profiler panel as VS Code does, with the test in the extension's place. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { FromProfiler, ToProfiler } from '../../src/protocol/profilerPanel';
import { buildWebview, startHarness, type Harness, type Webview, type WebviewOptions } from './harness';

export type Panel = Webview<ToProfiler, FromProfiler>;
export type PanelSteps = (panel: Panel) => Promise<void>;

/**
 * Call once in a test file: builds the program and starts a browser; `usual` is the view that most of its tests want. What it returns opens the panel, runs the steps, and expects that the page
 * reported no error; where a step fails, the page tells what it shows.
 */
export function usePanel(
  usual: Partial<WebviewOptions> = { width: 1200, height: 420 },
): (options: Partial<WebviewOptions>, steps: PanelSteps) => Promise<void> {
  let harness: Harness;
  beforeAll(async () => {
    await buildWebview('profiler');
    harness = await startHarness();
  });
  afterAll(() => harness.close());
  return async (options, steps) => {
    const panel: Panel = await harness.open({ bundle: 'profiler', ...usual, ...options });
    try {
      await panel.waitFor('ready');
      await steps(panel);
      expect(panel.errors()).toEqual([]);
    } catch (error) {
      await panel.tellFailure(expect.getState().currentTestName ?? 'a test');
      throw error;
    } finally {
      await panel.close();
    }
  };
}
