/** What the status bar says of the last request. Pure. */
import type { ScopeSummary } from '../../protocol/collector';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export interface LastRequest {
  readonly text: string;
  readonly tooltip: string;
  readonly warning: boolean;
}

export function describeLastRequest(scope: ScopeSummary): LastRequest {
  const { name, queryCount, previous, warnings, dbTimeMs, rowCount, durationMs } = scope;
  const changed = previous !== null && previous.queryCount !== queryCount;
  const counted = `${changed ? `${whole.format(previous.queryCount)} → ` : ''}${whole.format(queryCount)} ${queryCount === 1 ? 'query' : 'queries'}`;
  return {
    text: `${warnings > 0 ? '$(warning)' : '$(telescope)'} ${escapeIcons(name)} ${counted}`,
    tooltip: [
      `${name}: ${counted}, ${milliseconds(dbTimeMs)} in the database, ${whole.format(rowCount)} rows, ${milliseconds(durationMs)} in all.`,
      ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'finding needs' : 'findings need'} a look.`] : []),
      ...(changed && previous.responseEqual === true ? ['The response is the same as before.'] : []),
      'Click to show the queries.',
    ].join('\n'),
    warning: warnings > 0,
  };
}

/** `$(name)` would be drawn as an icon. */
function escapeIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
