/** Which findings the user has said no to. Neither way names a line, so that both live through edits of the file. */
import type { Finding, SuppressedFinding } from '../profile/queryProfile';
import { sitesOf, suppressEntryFor, type SuppressEntry } from '../profile/suppressEntries';
import { readSuppressions } from '../rules/suppression';
import type { EditContext } from './editContext';
import { findPlaces } from './findingPlaces';

export interface SplitFindings {
  readonly open: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

export function splitSuppressed(context: EditContext, findings: readonly Finding[], entries: readonly SuppressEntry[]): SplitFindings {
  const open: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const entry = suppressEntryFor(finding, entries);
    const comment = entry ? null : commentOf(context, finding);
    if (entry) suppressed.push({ finding, by: 'setting', reason: entry.reason ?? null });
    else if (comment) suppressed.push({ finding, by: 'comment', reason: comment.reason });
    else open.push(finding);
  }
  return { open, suppressed };
}

/** A comment above the query that returned the rows, or above the line in the loop, where these lines are now. */
function commentOf(context: EditContext, finding: Finding): { readonly reason: string | null } | null {
  const files = new Set(sitesOf(finding).map(({ file }) => file));
  // Most files hold no such comment, and finding the places again takes a parse.
  if (![...files].some((file) => context.readFile(file)?.includes('relation-lens-ignore-'))) return null;
  const { parent, site } = findPlaces(context, finding);
  for (const place of [parent, site]) {
    const text = place && context.readFile(place.file);
    if (!place || text === undefined || text === null) continue;
    const suppressions = readSuppressions(text);
    if (suppressions.covers(finding.kind, place.line)) return { reason: suppressions.reasonFor(finding.kind, place.line) };
  }
  return null;
}
