/** Findings by the places they are about. */
import type { Finding } from '../profile/queryProfile';
import { sitesOf } from '../profile/suppressEntries';

/** Many requests make the same finding at the same place; the one with the highest count speaks for them. */
export function worstOfEachPlace(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = [
      finding.kind,
      finding.entity,
      finding.relation,
      ...sitesOf(finding).map(({ file, line, column }) => `${file}:${line}:${column}`),
    ].join('|');
    const known = byPlace.get(key);
    if (!known || known.count < finding.count) byPlace.set(key, finding);
  }
  return [...byPlace.values()];
}
