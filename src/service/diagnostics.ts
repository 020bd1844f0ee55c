/** Problems as an editor shows them: what the rules object to, and what the last run found. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { OUTSIDE_NAME } from '../core/profile/runRecord';
import { filesSince } from '../core/rules/checkSteps';
import type { CheckResult } from '../core/rules/problemsByFile';
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
}

/**
 * Diagnostics by URI, kept up to date: only those of files that something happened in are converted. The map is for those who read it before they
 * ask again; a list is the same object as long as it stays what it is.
 */
export class DiagnosticsByUri {
  private readonly converted = new Map<string, Converted>();
  private readonly byUri = new Map<string, readonly Diagnostic[]>();
  /** What stood in places of findings before these were added; undefined where nothing did. */
  private readonly beneath = new Map<string, readonly Diagnostic[] | undefined>();
  private seen: object | null = null;

  constructor(private readonly documentationOf: DocumentationOf) {}

  of({ byFile, step }: CheckResult, findings: readonly LocatedFinding[]): ReadonlyMap<string, readonly Diagnostic[]> {
    for (const [uri, list] of this.beneath) this.put(uri, list);
    this.beneath.clear();
    for (const file of filesSince(this.seen, step) ?? new Set([...this.converted.keys(), ...byFile.keys()])) this.follow(file, byFile.get(file));
    this.seen = step.to;
    for (const located of findings) this.add(toUri(located.place.file), findingToDiagnostic(located));
    return this.byUri;
  }

  private follow(file: string, problems: readonly Problem[] | undefined): void {
    const before = this.converted.get(file);
    if (!problems) {
      this.converted.delete(file);
      if (before) this.byUri.delete(before.uri);
    } else if (before?.from !== problems) {
      const uri = before?.uri ?? toUri(file);
      this.converted.set(file, { uri, from: problems });
      this.byUri.set(
        uri,
        problems.map((problem) => ruleProblemToDiagnostic(problem, this.documentationOf)),
      );
    }
  }

  private add(uri: string, diagnostic: Diagnostic): void {
    const before = this.byUri.get(uri);
    if (!this.beneath.has(uri)) this.beneath.set(uri, before);
    this.byUri.set(uri, [...(before ?? []), diagnostic]);
  }

  private put(uri: string, list: readonly Diagnostic[] | undefined): void {
    if (list) this.byUri.set(uri, list);
    else this.byUri.delete(uri);
  }
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
    message: [finding.message, ...seenWhere(finding.scopeName)].join(' '),
    ...(loop ? { relatedInformation: [{ location: toLocation(loop), message: loopMessage(finding.kind, finding.count) }] } : {}),
    data: { finding: finding.id },
  };
}

function seenWhere(scopeName: string): string[] {
  if (scopeName === '') return [];
  return [scopeName === OUTSIDE_NAME ? `Seen ${scopeName}.` : `Seen in ${scopeName}.`];
}

function loopMessage(kind: string, count: number): string {
  return kind === 'lazy-n-plus-one' ? `Loaded here, ${count} times.` : `Queried here, ${count} times.`;
}
