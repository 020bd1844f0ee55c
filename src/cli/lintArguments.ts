/** What `relation-lens lint` is asked for. */
import type { Severity } from '../core/rules/rule';
import { ArgumentError } from './io';
import { oneOf, readArguments } from './readArguments';

const FORMATS = ['text', 'json', 'sarif'] as const;
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export interface LintRequest {
  readonly paths: readonly string[];
  readonly format: (typeof FORMATS)[number];
  /** What makes the exit status 1, it and all above it. */
  readonly severity: Severity;
  /** Ids; empty: all rules. */
  readonly rules: readonly string[];
  readonly fix: boolean;
  /** As told by `--typeorm`; null to look at what is installed. */
  readonly typeormMajor: number | null;
}

/**
 * @param args those after `lint`
 * @throws ArgumentError naming what to write instead
 */
export function parseLintArguments(args: readonly string[]): LintRequest {
  const { values, positionals } = readArguments(args, {
    format: { type: 'string' },
    severity: { type: 'string' },
    rule: { type: 'string', multiple: true },
    fix: { type: 'boolean' },
    typeorm: { type: 'string' },
  });
  return {
    paths: positionals,
    format: oneOf('--format', values.format ?? 'text', FORMATS),
    severity: oneOf('--severity', values.severity ?? 'warning', SEVERITIES),
    rules: values.rule ?? [],
    fix: values.fix ?? false,
    typeormMajor: values.typeorm === undefined ? null : majorOf(values.typeorm),
  };
}

function majorOf(version: string): number {
  const [, major] = /^v?(\d+)(?:\.|$)/.exec(version) ?? [];
  if (major === undefined) throw new ArgumentError(`--typeorm ${version} is no version; write it as --typeorm 0.3 or --typeorm 1.1.`);
  return Number(major);
}
