import type { Severity } from '../core/rules/rule';
import type { LintProblem } from './lint';

/** One line a problem, as compilers print them, so that terminals make links of the places; then the sum. */
export function toText(problems: readonly LintProblem[], suppressed: number): string {
  const lines = problems.map(({ file, line, column, severity, message, rule, fixes }) => {
    const [fix] = fixes;
    return `${file}:${line}:${column}  ${severity}  ${message}  ${rule}${fix ? `\n    fix: ${fix.title}` : ''}`;
  });
  return `${[...lines, ...(lines.length > 0 ? [''] : []), sum(problems, suppressed)].join('\n')}\n`;
}

function sum(problems: readonly LintProblem[], suppressed: number): string {
  const silenced = suppressed > 0 ? `, ${suppressed} suppressed` : '';
  if (problems.length === 0) return `No problems${silenced}.`;
  const kinds = (['error', 'warning', 'info', 'hint'] as const).flatMap((severity) => amount(problems, severity));
  const safe = problems.filter(({ fixes }) => fixes.some((fix) => fix.safe)).length;
  const mends = safe > 0 ? ` --fix mends ${safe} of them.` : '';
  return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} (${kinds.join(', ')})${silenced}.${mends}`;
}

function amount(problems: readonly LintProblem[], severity: Severity): string[] {
  const count = problems.filter((problem) => problem.severity === severity).length;
  const plural = severity === 'info' || count === 1 ? severity : `${severity}s`;
  return count === 0 ? [] : [`${count} ${plural}`];
}
