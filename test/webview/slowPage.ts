/**
 * A page on a slow machine, for finding tests and code that read or act a moment too early: `SLOW_PAGE=6 npx vitest run --project webview FILE`
 * divides the processor's speed by six, and lets frames, messages and timers come late, each by another time. No test may fail for it but by its time limit.
 */
import type { BrowserContext, Page } from 'playwright-core';

const factor = Number(process.env['SLOW_PAGE'] ?? '1');

/** Slows a page that was not opened yet down; nothing where `SLOW_PAGE` is not set. */
export async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  if (!(factor > 1)) return;
  await context.addInitScript(lateFrames);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
}

const lateFrames = `(() => {
  const { requestAnimationFrame, cancelAnimationFrame, setTimeout, clearTimeout } = window;
  const late = (leastMs, mostMs) => leastMs + Math.random() * (mostMs - leastMs);
  const waiting = new Map();
  let last = 0;
  window.requestAnimationFrame = (callback) => {
    const id = ++last;
    const frame = () => waiting.set(id, ['frame', requestAnimationFrame.call(window, (now) => { waiting.delete(id); callback(now); })]);
    waiting.set(id, ['timer', setTimeout.call(window, frame, late(30, 150))]);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    const [kind, handle] = waiting.get(id) ?? [];
    waiting.delete(id);
    if (kind === 'frame') cancelAnimationFrame.call(window, handle);
    if (kind === 'timer') clearTimeout.call(window, handle);
  };
  window.setTimeout = (callback, waitMs = 0, ...given) => setTimeout.call(window, callback, waitMs + late(0, 120), ...given);
  // In their order, as they were sent.
  let lastDue = 0;
  window.addEventListener('message', (event) => {
    if (event.isLate) return;
    event.stopImmediatePropagation();
    const { data, origin, source } = event;
    lastDue = Math.max(lastDue, performance.now() + late(20, 120));
    setTimeout.call(window, () => {
      window.dispatchEvent(Object.assign(new MessageEvent('message', { data, origin, source }), { isLate: true }));
    }, lastDue - performance.now());
  }, true);
})();`;
