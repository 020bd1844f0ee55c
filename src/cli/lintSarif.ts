/** SARIF 2.1.0, as code scanning services read it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
import type { Severity } from '../core/rules/rule';
import type { LintProblem } from './lint';

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

export function toSarif(problems: readonly LintProblem[]): unknown {
  const rules = [...new Set(problems.map(({ rule }) => rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Relation Lens', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => ({
          ruleId: problem.rule,
          level: LEVELS[problem.severity],
          message: { text: problem.message },
          locations: [location(problem)],
          ...(problem.related.length > 0
            ? {
                relatedLocations: problem.related.map((related) => ({
                  ...location({ ...related, endLine: related.line, endColumn: related.column }),
                  message: { text: related.message },
                })),
              }
            : {}),
        })),
      },
    ],
  };
}

function location({ file, line, column, endLine, endColumn }: Pick<LintProblem, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'>) {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file) },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
