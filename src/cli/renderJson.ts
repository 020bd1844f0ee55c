import { isInPackage } from '../core/profile/packageOf';
import type { Finding, Operation, QueryProfile, Site } from '../core/profile/queryProfile';
import type { RunComparison } from './compareRuns';
import type { FoldedScope } from './foldScopes';
import { relativeTo } from './relativePath';

/** The profile as docs/report.md describes it: files named from `root`. */
export function renderJson(profile: QueryProfile, root: string, comparison: RunComparison | null = null): string {
  const site: SitesOf = (at) => {
    const named = at && { ...at, file: relativeTo(root, at.file) };
    return isInPackage(at) ? { site: null, packageSite: named } : { site: named };
  };
  const report = {
    version: profile.version,
    dropped: profile.dropped,
    scopes: profile.scopes.map(({ id, kind, name, path, status, durationMs, dbTimeMs, waitMs, queryCount, rowCount }) => ({
      id,
      kind,
      name,
      path,
      status,
      durationMs: rounded(durationMs),
      dbTimeMs: rounded(dbTimeMs),
      ...(waitMs === undefined ? {} : { waitMs: rounded(waitMs) }),
      queryCount,
      rowCount,
    })),
    queries: profile.queries.map(({ id, scope, operation, sql, shape, kind, parameters, durationMs, waitMs, target, rows, error, site: at }) => ({
      id,
      scope,
      operation,
      sql,
      shape,
      kind,
      ...(parameters === undefined ? {} : { parameters }),
      durationMs: rounded(durationMs),
      ...(waitMs === undefined ? {} : { waitMs: rounded(waitMs) }),
      ...(target === undefined ? {} : { target }),
      rows,
      error,
      ...site(at),
    })),
    operations: profile.operations.map((operation) => describeOperation(operation, site)),
    findings: profile.findings.map((finding) => describeFinding(finding, site)),
    suppressed: (profile.suppressedFindings ?? []).map(({ finding, by, reason }) => ({ by, reason, ...describeFinding(finding, site) })),
    relations: profile.relationStats.map((stats) => ({
      ...stats,
      dbTimeMs: rounded(stats.dbTimeMs),
      sites: stats.sites.flatMap((at) => site(at).site ?? []),
    })),
    ...(comparison === null ? {} : { comparison: describeComparison(comparison, site) }),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A place as the report tells it: `site` is in the user's code, or null; `packageSite` where nothing but a package is known. */
type SitesOf = (at: Site | null) => { readonly site: Site | null; readonly packageSite?: Site | null };

function describeOperation({ id, scope, parent, api, entity, relation, site, queryCount, rawRows, entities }: Operation, sitesOf: SitesOf) {
  return { id, scope, parent, api, entity, relation, ...sitesOf(site), queryCount, rawRows, entities };
}

function describeFinding(finding: Finding, sitesOf: SitesOf) {
  const { id, kind, severity, scope, entity, relation, count, rows, dbTimeMs, parent, advice, message, usual } = finding;
  return {
    id,
    kind,
    severity,
    scope,
    entity,
    relation,
    count,
    rows,
    dbTimeMs: rounded(dbTimeMs),
    ...sitesOf(finding.site),
    parent: parent && { operation: parent.operation, ...sitesOf(parent.site), proven: parent.proven },
    advice: { ...advice, ...(advice.innermost ? { innermost: sitesOf(advice.innermost).site } : {}) },
    message,
    ...(usual ? { usual } : {}),
  };
}

function describeComparison({ earlier, scopes, solved, added }: RunComparison, sitesOf: SitesOf) {
  return {
    earlier: { name: earlier.name, startedAtMs: earlier.startedAtMs },
    scopes: scopes.map(({ name, kind, before, after, responseEqual }) => ({
      name,
      kind,
      before: before && measureOf(before),
      after: after && measureOf(after),
      responseEqual,
    })),
    solved: solved.map((finding) => describeFinding(finding, sitesOf)),
    added: added.map((finding) => describeFinding(finding, sitesOf)),
  };
}

function measureOf({ times, queryCount, rowCount, dbTimeMs, durationMs }: FoldedScope) {
  return { times, queryCount, rowCount, dbTimeMs: rounded(dbTimeMs), durationMs: rounded(durationMs) };
}

/** Microseconds are enough. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
