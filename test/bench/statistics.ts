/** The middle of what was measured: one slow round says nothing. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** @param percent 0–100; the value that so many of a hundred do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
