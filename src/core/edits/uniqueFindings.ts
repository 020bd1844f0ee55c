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
    const worst = !known || known.count < finding.count ? finding : known;
    byPlace.set(key, known?.scope === finding.scope ? together(worst, worst === known ? finding : known) : worst);
  }
  return [...byPlace.values()];
}

/** A function that loops, called several times in one scope: one edit saves the queries of all its calls. */
function together(worst: Finding, other: Finding): Finding {
  const [asked, more] = [worst.advice.askedQueries, other.advice.askedQueries];
  return asked === undefined || more === undefined ? worst : { ...worst, advice: { ...worst.advice, askedQueries: asked + more - 1 } };
}
