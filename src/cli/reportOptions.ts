import path from 'node:path';
import { defaultThresholds, type Thresholds } from '../core/profile/thresholds';
import { readBudgets } from './budgetFile';
import { UsageError } from './io';
import { oneOf, readArguments } from './readArguments';

const FORMATS = ['text', 'json', 'html', 'otlp'] as const;
export type ReportFormat = (typeof FORMATS)[number];

const FAILURES = ['warning', 'regression', 'none'] as const;
export type FailOn = (typeof FAILURES)[number];

export interface ReportOptions {
  readonly format: ReportFormat;
  /** Null: standard output. */
  readonly out: string | null;
  readonly recording: string | null;
  readonly failOn: FailOn;
  /** What a run is judged by, budgets included. */
  readonly thresholds: Partial<Thresholds> & { readonly budgets: Readonly<Record<string, number>> };
  /** An earlier recording to compare with. */
  readonly compare: string | null;
  readonly writeBudgets: string | null;
  readonly redact: boolean;
  readonly watchReads: boolean;
  readonly positionals: readonly string[];
}

/**
 * @param cwd folder that file names are meant from
 * @throws UsageError naming what to write instead, FileError where a file of budgets cannot be read
 */
export function parseReportOptions(args: readonly string[], cwd: string): ReportOptions {
  const { values, positionals } = parse(args);
  const file = (name: string | undefined) => (name === undefined ? null : path.resolve(cwd, name));
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'none', FAILURES);
  if (failOn === 'regression' && values.compare === undefined)
    throw new UsageError('--fail-on regression needs an earlier recording: add --compare EARLIER.ndjson.');
  const fromFile = values.budgets === undefined ? {} : readBudgets(path.resolve(cwd, values.budgets));
  return {
    format: formatOf(values.format, values.out ?? null),
    out: file(values.out),
    recording: file(values.recording),
    failOn,
    thresholds: {
      ...Object.fromEntries((values.threshold ?? []).map(parseThreshold)),
      budgets: { ...fromFile, ...Object.fromEntries((values.budget ?? []).map(parseBudget)) },
    },
    compare: file(values.compare),
    writeBudgets: file(values['write-budgets']),
    redact: values.redact ?? false,
    watchReads: values['watch-reads'] ?? false,
    positionals,
  };
}

function parse(args: readonly string[]) {
  return readArguments(args, {
    format: { type: 'string' },
    out: { type: 'string' },
    recording: { type: 'string' },
    'fail-on': { type: 'string' },
    'watch-reads': { type: 'boolean' },
    budget: { type: 'string', multiple: true },
    budgets: { type: 'string' },
    'write-budgets': { type: 'string' },
    threshold: { type: 'string', multiple: true },
    compare: { type: 'string' },
    redact: { type: 'boolean' },
  });
}

function formatOf(format: string | undefined, out: string | null): ReportFormat {
  if (format !== undefined) return oneOf('--format', format, FORMATS);
  return out?.endsWith('.json') ? 'json' : /\.html?$/.test(out ?? '') ? 'html' : 'text';
}

/** `GET /authors=5`; the name may hold an equals sign itself. */
function parseBudget(text: string): readonly [string, number] {
  const [name, value] = splitAtLastEquals(text);
  const count = wholeNumber(value);
  if (name === '' || count === null) throw new UsageError(`--budget '${text}' is not a name and a count; write it as --budget 'GET /authors=5'.`);
  return [name, count];
}

/** `slowMs=50`. */
function parseThreshold(text: string): readonly [string, number] {
  const [name, value] = splitAtLastEquals(text);
  const { budgets: _budgets, ...numbers } = defaultThresholds;
  if (!(name in numbers))
    throw new UsageError(`--threshold ${text}: there is no threshold \`${name}\`; there are ${Object.keys(numbers).join(', ')}.`);
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new UsageError(`--threshold ${text} is not a name and a number; write it as --threshold slowMs=50.`);
  return [name, number];
}

function splitAtLastEquals(text: string): readonly [string, string] {
  const at = text.lastIndexOf('=');
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function wholeNumber(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isInteger(number) || number < 0 ? null : number;
}
