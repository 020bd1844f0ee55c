import { parseArgs } from 'node:util';
import { UsageError } from './io';

export type ReportFormat = 'text' | 'json' | 'html';

export interface ReportOptions {
  readonly format: ReportFormat;
  /** Null: standard output. */
  readonly out: string | null;
  readonly recording: string | null;
  readonly failOnWarning: boolean;
  readonly budgets: Readonly<Record<string, number>>;
  readonly positionals: readonly string[];
}

/** @throws UsageError naming what to write instead */
export function parseReportOptions(args: readonly string[]): ReportOptions {
  const { values, positionals } = parse(args);
  return {
    format: formatOf(values.format, values.out ?? null),
    out: values.out ?? null,
    recording: values.recording ?? null,
    failOnWarning: failsOnWarning(values['fail-on']),
    budgets: Object.fromEntries((values.budget ?? []).map(parseBudget)),
    positionals,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        out: { type: 'string' },
        recording: { type: 'string' },
        'fail-on': { type: 'string' },
        budget: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. See \`--help\`.`);
  }
}

function formatOf(format: string | undefined, out: string | null): ReportFormat {
  if (format === undefined) return out?.endsWith('.json') ? 'json' : /\.html?$/.test(out ?? '') ? 'html' : 'text';
  if (format === 'text' || format === 'json' || format === 'html') return format;
  throw new UsageError(`--format ${format} is not known; it can be text, json or html.`);
}

function failsOnWarning(value: string | undefined): boolean {
  if (value === undefined || value === 'none') return false;
  if (value === 'warning') return true;
  throw new UsageError(`--fail-on ${value} is not known; it can be warning or none.`);
}

/** `GET /authors=5`; the name may hold an equals sign itself. */
function parseBudget(text: string): readonly [string, number] {
  const at = text.lastIndexOf('=');
  const count = Number(text.slice(at + 1));
  if (at <= 0 || text.slice(at + 1).trim() === '' || !Number.isInteger(count) || count < 0) {
    throw new UsageError(`--budget '${text}' is not a name and a count; write it as --budget 'GET /authors=5'.`);
  }
  return [text.slice(0, at).trim(), count];
}
