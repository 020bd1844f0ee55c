import type { LintProblem } from './lint';

/** One line a problem, as compilers print them, so that terminals make links of the places. */
export function toText(problems: readonly LintProblem[], suppressed: number): string {
  const lines = problems.map(({ file, line, column, severity, message, rule, fixes }) => {
    const [fix] = fixes;
    return `${file}:${line}:${column}  ${severity}  ${message}  ${rule}${fix ? `\n    fix: ${fix.title}` : ''}`;
  });
  const count = problems.length === 0 ? 'No problems' : `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
  const silenced = suppressed > 0 ? `, ${suppressed} suppressed` : '';
  return `${[...lines, ...(lines.length > 0 ? [''] : []), `${count}${silenced}.`].join('\n')}\n`;
}
