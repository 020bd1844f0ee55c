import type { FixOutcome } from '../core/edits/fixFindings';
import type { Finding } from '../core/profile/queryProfile';
import type { FixPlan } from './planFixes';
import { relativeTo } from './relativePath';
import { unifiedDiff } from './unifiedDiff';

/** What was edited, what is left to the user and why, and what is suppressed: a line each, after a line that counts them. */
export function fixSummary({ outcomes, suppressed, changes }: FixPlan, cwd: string, written: boolean): string[] {
  const edits = outcomes.filter(({ edit }) => edit.kind === 'edit');
  const declined = outcomes.flatMap(({ finding, edit }) => {
    const reason = reasonOf(edit);
    return reason === null ? [] : [`  ${placeOf(finding, cwd)}  ${finding.kind}: ${reason}`];
  });
  return [
    `${edits.length} ${edits.length === 1 ? 'edit' : 'edits'} in ${changes.length} ${changes.length === 1 ? 'file' : 'files'}${written ? '' : ' (a diff; --write applies it)'}`,
    ...edits.map(({ finding, edit }) => `  ${placeOf(finding, cwd)}  ${edit.kind === 'edit' ? edit.title : ''}`),
    ...(declined.length > 0 ? [`${declined.length} left to you`, ...declined] : []),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...suppressed.map(({ finding, reason }) => `  ${placeOf(finding, cwd)}  ${finding.kind}: ${reason ?? 'no reason given'}`),
  ];
}

/** The contract of docs/fix.md; files are relative to the working directory. */
export function fixToJson({ outcomes, suppressed, changes }: FixPlan, cwd: string): string {
  const report = {
    version: 1,
    suppressed: suppressed.map(({ finding, by, reason }) => ({
      kind: finding.kind,
      scope: finding.scopeName,
      place: placeOf(finding, cwd),
      by,
      reason,
    })),
    files: changes.map(({ file, before, after }) => ({ file: relativeTo(cwd, file), diff: unifiedDiff(relativeTo(cwd, file), before, after) })),
    findings: outcomes.map(({ finding, edit }) => ({
      kind: finding.kind,
      scope: finding.scopeName,
      place: placeOf(finding, cwd),
      outcome: edit.kind,
      title: edit.kind === 'edit' ? edit.title : null,
      queries: { before: finding.advice.currentQueryCount ?? null, after: edit.kind === 'edit' ? edit.predicted : null },
      reason: reasonOf(edit),
    })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function reasonOf(edit: FixOutcome['edit']): string | null {
  if (edit.kind === 'gone') return 'The code was not found again: the file changed since the recording. Record the run anew.';
  return edit.kind === 'declined' ? edit.reason : null;
}

function placeOf({ site, parent }: Finding, cwd: string): string {
  const place = parent?.site ?? site;
  return place ? `${relativeTo(cwd, place.file)}:${place.line}` : '?';
}
