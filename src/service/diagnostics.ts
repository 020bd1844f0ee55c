/** Problems as an editor shows them: what the rules object to, and what the last run found. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import type { Problem, Severity } from '../core/rules/rule';
import type { LocatedFinding } from './findings';
import { toLocation, toRange } from './toLsp';

const SOURCE = 'Relation Lens';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Where a rule or a kind of finding is explained; null where there is no page. */
export type DocumentationOf = (id: string) => string | null;

export function ruleProblemToDiagnostic(problem: Problem, documentationOf: DocumentationOf): Diagnostic {
  const href = documentationOf(problem.rule);
  return {
    range: toRange(problem.source),
    severity: SEVERITIES[problem.severity],
    source: SOURCE,
    code: problem.rule,
    ...(href ? { codeDescription: { href } } : {}),
    message: problem.message,
    ...(problem.related.length > 0
      ? { relatedInformation: problem.related.map(({ source, message }) => ({ location: toLocation(source), message })) }
      : {}),
  };
}

/** Shown at the query that returned the rows; the loop's line is related information. */
export function findingToDiagnostic({ finding, place, loop }: LocatedFinding): Diagnostic {
  return {
    range: toRange(place),
    severity: finding.severity === 'warning' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
    source: SOURCE,
    code: finding.kind,
    message: [finding.message, ...(finding.scopeName ? [`Seen in ${finding.scopeName}.`] : [])].join(' '),
    ...(loop ? { relatedInformation: [{ location: toLocation(loop), message: loopMessage(finding.kind, finding.count) }] } : {}),
    data: { finding: finding.id },
  };
}

function loopMessage(kind: string, count: number): string {
  return kind === 'lazy-n-plus-one' ? `Loaded here, ${count} times.` : `Queried here, ${count} times.`;
}
