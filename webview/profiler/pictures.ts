/** The two small pictures of the panel as SVG path data: a row's place in the request's time, and a route's counts over its runs. */

interface Span {
  readonly offsetMs: number;
  readonly durationMs: number;
}

export const waterfallWidth = 300;
const waterfallHeight = 10;
/** A query too short to be seen still gets this many units. */
const minimumBar = 2;
/** Bars closer than this flow into one: at a hundred queries the comb is still a comb, at ten thousand it is a band. */
const gap = 0.6;

/** Path of a row's bars in a box of 300 × 10 units that stands for the whole request. */
export function waterfallPath(spans: readonly Span[], totalMs: number): string {
  if (totalMs <= 0) return '';
  return mergeBars(spans, waterfallWidth / totalMs)
    .map(({ from, to }) => `M${round(from)} 0H${round(to)}V${waterfallHeight}H${round(from)}Z`)
    .join('');
}

/** Milliseconds between the waterfall's lines: 1, 2 or 5 times a power of ten, so that there are two to four of them. */
export function tickStep(totalMs: number): number {
  if (totalMs <= 0) return 0;
  const rough = totalMs / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

/** Path of the lines at round times. */
export function tickPath(totalMs: number): string {
  const step = tickStep(totalMs);
  const count = step > 0 ? Math.ceil(totalMs / step) - 1 : 0;
  return Array.from({ length: count }, (_, index) => `M${round((((index + 1) * step) / totalMs) * waterfallWidth)} 0V${waterfallHeight}`).join('');
}

interface Bar {
  readonly from: number;
  readonly to: number;
}

function mergeBars(spans: readonly Span[], scale: number): readonly Bar[] {
  const sorted = [...spans].sort((a, b) => a.offsetMs - b.offsetMs);
  const bars: { from: number; to: number }[] = [];
  for (const { offsetMs, durationMs } of sorted) {
    const from = Math.min(offsetMs * scale, waterfallWidth - minimumBar);
    const to = Math.min(Math.max((offsetMs + durationMs) * scale - gap, from + (sorted.length > 1 ? 1 : minimumBar)), waterfallWidth);
    const last = bars.at(-1);
    if (last && from - last.to < gap) last.to = Math.max(last.to, to);
    else bars.push({ from, to });
  }
  return bars;
}

export const sparklineWidth = 56;
export const sparklineHeight = 14;

/** A line through the counts of earlier runs and this one's, oldest at the left; the scale begins at zero, so a flat line is a flat line. */
export function sparklinePath(counts: readonly number[]): { readonly path: string; readonly lastY: number } {
  const inner = sparklineHeight - 4;
  const most = Math.max(...counts, 1);
  const yOf = (count: number): number => round(2 + inner - (count / most) * inner);
  const step = counts.length > 1 ? (sparklineWidth - 6) / (counts.length - 1) : 0;
  const points = counts.map((count, index) => `${round(3 + index * step)} ${yOf(count)}`);
  return { path: points.length > 1 ? `M${points.join('L')}` : '', lastY: yOf(counts.at(-1) ?? 0) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
