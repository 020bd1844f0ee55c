import { performance } from 'node:perf_hooks';

/** Milliseconds since the process's time origin, to the microsecond (more digits would only fill the recording). */
export function now(): number {
  return Math.round(performance.now() * 1000) / 1000;
}

export const timeOrigin: number = performance.timeOrigin;
