/**
 * "Did you mean": the name that is the fewest letters away, if it is near enough to be meant.
 * @param within how many letters may differ; by default a third of them, two at least
 */
export function nearestName(wanted: string, names: readonly string[], within = Math.max(2, Math.floor(wanted.length / 3))): string | null {
  const ranked = names
    .map((name) => ({ name, distance: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= within ? best.name : null;
}

/** Letters to insert, delete, replace or swap (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  for (let j = 1; j <= b.length; j++) (rows[0] as number[])[j] = j;
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1), ...(swapped ? [at(i - 2, j - 2) + 1] : [])];
      (rows[i] as number[])[j] = Math.min(...steps);
    }
  }
  return at(a.length, b.length);
}
