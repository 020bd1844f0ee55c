/** Quick fixes: the edit that mends a finding, on the query's line and on the loop's; the fixes of the rules; "not here" by comment. */
import { CodeActionKind, type CodeAction, type Diagnostic, type Range } from 'vscode-languageserver-types';
import type { SourceText } from '../core/edits/sourceText';
import { commentFor } from '../core/edits/suppressComment';
import type { TextEdit } from '../core/edits/textEdit';
import type { Problem } from '../core/rules/rule';
import type { FoundPlace } from '../core/edits/findingPlaces';
import { findingToDiagnostic, ruleProblemToDiagnostic, type DocumentationOf } from './diagnostics';
import type { LocatedFinding } from './findings';
import { toRange, toWorkspaceEdit } from './toLsp';

export interface CodeActionInput {
  readonly file: string;
  readonly range: Range;
  readonly findings: readonly LocatedFinding[];
  readonly problems: readonly Problem[];
  /** The file as it is now; asked for only where a comment is offered. */
  readonly source: () => SourceText | null;
  readonly documentationOf: DocumentationOf;
}

export function codeActions(input: CodeActionInput): CodeAction[] {
  const { file, range, findings, problems, documentationOf } = input;
  const onLines = (place: FoundPlace | null): boolean => place !== null && place.file === file && overlapsLines(toRange(place), range);
  return [
    ...findings.filter(({ place, loop }) => onLines(place) || onLines(loop)).flatMap((located) => actionsOfFinding(located, input)),
    ...problems
      .filter(({ source }) => onLines(source))
      .flatMap((problem) => actionsOfProblem(problem, ruleProblemToDiagnostic(problem, documentationOf), input)),
  ];
}

/** The kind under which editors may apply on save what is safe by construction. */
export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.relationLens`;

/**
 * All fixes of a file that cannot change what correct code does, in one action: those of the rules that are safe. What a finding asks for is never among
 * them: that an answer stays the same is for the next run to prove.
 */
export function fixAllAction(file: string, problems: readonly Problem[]): CodeAction[] {
  const taken: TextEdit[] = [];
  for (const problem of problems) {
    const fix = problem.fixes().find(({ safe }) => safe);
    if (!fix || fix.edits.some((edit) => edit.file !== file)) continue;
    const added = fix.edits.filter((edit) => !taken.some((other) => isSame(edit, other)));
    if (!added.some((edit) => taken.some((other) => overlaps(edit, other)))) taken.push(...added);
  }
  if (taken.length === 0) return [];
  return [{ title: 'Fix all relation mistakes that are safe to fix', kind: FIX_ALL_KIND, edit: toWorkspaceEdit(taken) }];
}

/** Two fixes may need the same import. */
function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn && a.newText === b.newText;
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  const isBefore = (x: TextEdit, y: TextEdit): boolean => x.endLine < y.line || (x.endLine === y.line && x.endColumn < y.column);
  return !isBefore(a, b) && !isBefore(b, a);
}

function actionsOfFinding(located: LocatedFinding, input: CodeActionInput): CodeAction[] {
  const { edit, finding, place } = located;
  const diagnostics = [findingToDiagnostic(located)];
  const fix: CodeAction[] =
    edit.kind === 'edit'
      ? [{ title: edit.title, kind: CodeActionKind.QuickFix, isPreferred: true, diagnostics, edit: toWorkspaceEdit(edit.edits) }]
      : [];
  const shownAt = place.file === input.file ? suppress(finding.kind, place, diagnostics, input) : [];
  return [...fix, ...shownAt];
}

function actionsOfProblem(problem: Problem, diagnostic: Diagnostic, input: CodeActionInput): CodeAction[] {
  const fixes = problem.fixes();
  return [
    ...fixes.map(({ title, edits }, i): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      isPreferred: i === 0 && fixes.length === 1,
      diagnostics: [diagnostic],
      edit: toWorkspaceEdit(edits),
    })),
    ...suppress(problem.rule, problem.source, [diagnostic], input),
  ];
}

/** The reason is left for the user to write: a comment without one helps nobody a year later. */
function suppress(id: string, place: FoundPlace, diagnostics: Diagnostic[], input: CodeActionInput): CodeAction[] {
  const source = input.source();
  const edit = source && commentFor(source, place, id);
  return edit ? [{ title: `Ignore ${id} here`, kind: CodeActionKind.QuickFix, diagnostics, edit: toWorkspaceEdit([edit]) }] : [];
}

function overlapsLines(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}
