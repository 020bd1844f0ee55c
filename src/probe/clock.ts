import { performance } from 'node:perf_hooks';

/** Time spent paused in a debugger, which is no time of the app's. */
let leftOut = 0;

/** Milliseconds since the process's time origin without pauses, to the microsecond (more digits would only fill the recording). */
export function now(): number {
  return Math.round((performance.now() - leftOut) * 1000) / 1000;
}

export function leaveOutOfTime(ms: number): void {
  leftOut += ms;
}

export const timeOrigin: number = performance.timeOrigin;
