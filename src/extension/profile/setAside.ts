/** What the user has said no to after the run's collector went away: its findings are set aside here, as the collector would have done. */
import type { Finding, RelationLoadStats, ScopeSummary, SuppressedHere } from '../../protocol/collector';
import type { PackedDetail } from '../../protocol/packedDetail';
import type { FindingsByScope } from '../../protocol/findingsByScope';

export interface ArchivedRun {
  readonly scopes: Map<number, ScopeSummary>;
  readonly findingsByScope: FindingsByScope;
  relationStats: readonly RelationLoadStats[];
  readonly details: Map<number, PackedDetail>;
}

/** Changes the run; gives the scopes that changed. */
export function setAside(run: ArchivedRun, said: SuppressedHere, by: 'comment' | 'setting'): readonly ScopeSummary[] {
  const { findingsByScope } = run;
  const gone = findingsByScope.all.filter((finding) => isMeant(finding, said));
  if (gone.length === 0) return [];
  for (const scope of new Set(gone.map(({ scope }) => scope))) {
    findingsByScope.put({ scope, findings: findingsByScope.of(scope).filter((finding) => !gone.includes(finding)) });
  }
  run.relationStats = run.relationStats.map((stats) => ({
    ...stats,
    warning: stats.warning && findingsByScope.all.some((finding) => isWarning(finding, stats)),
  }));
  const changed: ScopeSummary[] = [];
  for (const [id, scope] of run.scopes) {
    const own = gone.filter((finding) => finding.scope === id);
    if (own.length === 0) continue;
    const warnings = own.filter(({ severity }) => severity === 'warning').length;
    changed.push({ ...scope, warnings: scope.warnings - warnings, infos: scope.infos - (own.length - warnings) });
    const detail = run.details.get(id);
    if (!detail) continue;
    const suppressed = detail.findings.filter((finding) => isMeant(finding, said)).map((finding) => ({ finding, by, reason: said.reason }));
    run.details.set(id, {
      ...detail,
      findings: detail.findings.filter((finding) => !isMeant(finding, said)),
      suppressed: [...(detail.suppressed ?? []), ...suppressed],
    });
  }
  for (const scope of changed) run.scopes.set(scope.id, scope);
  return changed;
}

function isMeant({ kind, site, parent }: Finding, said: SuppressedHere): boolean {
  return kind === said.kind && [site, parent?.site].some((place) => place?.file === said.file && place.line === said.line);
}

function isWarning({ entity, relation, severity }: Finding, stats: RelationLoadStats): boolean {
  return severity === 'warning' && entity === stats.entity && relation === stats.relation;
}
