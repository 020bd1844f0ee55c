import type { Severity } from '../core/rules/rule';

export interface LintRequest {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'sarif';
  readonly severity: Severity;
  readonly rules: readonly string[];
  readonly fix: boolean;
  /** As told by `--typeorm`; null to look at what is installed. */
  readonly typeormMajor: number | null;
  /** Whether the help is asked for instead. */
  readonly help: boolean;
  /** A sentence about what is wrong with the arguments; null to go on. */
  readonly mistake: string | null;
}

export const lintHelp = `Usage: relation-lens lint [paths…] [options]

Checks TypeORM relations in folders and files (default: the working directory).

  --format text|json|sarif  how to print (default: text)
  --severity error|warning|info|hint
                            what makes the exit status 1 (default: warning);
                            hints are printed only when asked for, here or by
                            --rule
  --rule ID                 only this rule; may be given again
  --fix                     apply the fixes that cannot change what correct code
                            does
  --typeorm VERSION         check as for this version instead of the installed
                            one
  -h, --help                this text

Exit status: 0 nothing at or above the severity, 1 something, 2 wrong usage or
an unreadable path.
`;

const FORMATS = new Set(['text', 'json', 'sarif']);
const SEVERITIES = new Set(['error', 'warning', 'info', 'hint']);

export function parseLintArguments(args: readonly string[]): LintRequest {
  const request = {
    paths: [] as string[],
    format: 'text',
    severity: 'warning',
    rules: [] as string[],
    fix: false,
    typeormMajor: null as number | null,
  };
  let mistake: string | null = null;
  let help = false;
  const queue = args.flatMap((argument) =>
    /^--[a-z]+=/.test(argument) ? [argument.slice(0, argument.indexOf('=')), argument.slice(argument.indexOf('=') + 1)] : [argument],
  );
  while (queue.length > 0) {
    const argument = queue.shift() ?? '';
    const value = (): string => queue.shift() ?? '';
    if (argument === '--') request.paths.push(...queue.splice(0));
    else if (argument === '-h' || argument === '--help') help = true;
    else if (argument === '--fix') request.fix = true;
    else if (argument === '--format') request.format = value();
    else if (argument === '--severity') request.severity = value();
    else if (argument === '--rule') request.rules.push(value());
    else if (argument === '--typeorm') request.typeormMajor = majorOf(value());
    else if (argument.startsWith('-')) mistake ??= `Unknown option ${argument}.`;
    else request.paths.push(argument);
  }
  if (!FORMATS.has(request.format)) mistake ??= `Unknown format "${request.format}": use text, json or sarif.`;
  if (!SEVERITIES.has(request.severity)) mistake ??= `Unknown severity "${request.severity}": use error, warning, info or hint.`;
  if (Number.isNaN(request.typeormMajor)) mistake ??= '--typeorm wants a version such as 0.3 or 1.1.';
  if (request.rules.includes('')) mistake ??= '--rule wants the id of a rule.';
  return { ...(request as Omit<LintRequest, 'help' | 'mistake'>), mistake, help };
}

function majorOf(version: string): number {
  const [, major] = /^v?(\d+)(?:\.|$)/.exec(version) ?? [];
  return major === undefined ? Number.NaN : Number(major);
}
