/** Problems as an editor shows them: what the rules object to, and what the last run found. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import type { Problem, Severity } from '../core/rules/rule';
import type { LocatedFinding } from './findings';
import { toLocation, toRange, toUri } from './toLsp';

const SOURCE = 'Relation Lens';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Where a rule or a kind of finding is explained; null where there is no page. */
export type DocumentationOf = (id: string) => string | null;

interface Converted {
  readonly uri: string;
  readonly from: readonly Problem[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics by URI. Those of rules are converted once: where the problems of a file are the list that they were, so are its diagnostics. */
export function createDiagnosticsByUri(
  documentationOf: DocumentationOf,
): (problems: ReadonlyMap<string, readonly Problem[]>, findings: readonly LocatedFinding[]) => Map<string, readonly Diagnostic[]> {
  let known: ReadonlyMap<string, Converted> = new Map();
  const convert = (file: string, list: readonly Problem[], before: Converted | undefined): Converted => ({
    uri: before?.uri ?? toUri(file),
    from: list,
    diagnostics: list.map((problem) => ruleProblemToDiagnostic(problem, documentationOf)),
  });
  return (problems, findings) => {
    const now = new Map<string, Converted>();
    const byUri = new Map<string, readonly Diagnostic[]>();
    for (const [file, list] of problems) {
      const before = known.get(file);
      const converted = before?.from === list ? before : convert(file, list, before);
      now.set(file, converted);
      byUri.set(converted.uri, converted.diagnostics);
    }
    known = now;
    for (const located of findings) {
      const uri = toUri(located.place.file);
      byUri.set(uri, [...(byUri.get(uri) ?? []), findingToDiagnostic(located)]);
    }
    return byUri;
  };
}

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
