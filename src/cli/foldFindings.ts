import type { Finding } from '../core/profile/queryProfile';

/** One mistake of the source, however often and wherever it was made; the finding is that of its worst time. */
export interface FoldedFinding {
  readonly finding: Finding;
  /** Names of the scopes it was made in, each once. */
  readonly scopes: readonly string[];
}

/** Warnings first, then by how many queries it is about. */
export function foldFindings(findings: readonly Finding[]): FoldedFinding[] {
  const byPlace = new Map<string, { finding: Finding; scopes: Set<string> }>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { finding, scopes: new Set([finding.scopeName]) });
    else {
      known.scopes.add(finding.scopeName);
      if (isWorse(finding, known.finding)) known.finding = finding;
    }
  }
  return [...byPlace.values()]
    .map(({ finding, scopes }) => ({ finding, scopes: [...scopes] }))
    .sort((a, b) => (isWorse(a.finding, b.finding) ? -1 : isWorse(b.finding, a.finding) ? 1 : a.finding.id - b.finding.id));
}

function keyOf({ kind, entity, relation, site, scopeName }: Finding): string {
  return [kind, entity, relation, site === null ? scopeName : `${site.file}:${site.line}:${site.column}`].join('\n');
}

function isWorse(a: Finding, b: Finding): boolean {
  return a.severity === b.severity ? a.count > b.count : a.severity === 'warning';
}
