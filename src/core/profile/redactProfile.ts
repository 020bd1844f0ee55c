import type { Query, QueryProfile, ScopeDetail, ScopeSummary } from './queryProfile';

/**
 * A profile that can be shown around: no parameters, statements by their shape (drivers for SQLite and MySQL write values into the text),
 * requests by their route, no values in the database's error messages. Counts, times, places and findings stay.
 */
export function redactProfile(profile: QueryProfile): QueryProfile {
  return { ...profile, scopes: profile.scopes.map(redactScope), queries: profile.queries.map(redactQuery) };
}

/** The same for what the panel shows of one scope. */
export function redactDetail(detail: ScopeDetail): ScopeDetail {
  return { ...detail, scope: redactScope(detail.scope), queries: detail.queries.map(redactQuery) };
}

export function redactScope({ request: _request, ...scope }: ScopeSummary): ScopeSummary {
  return { ...scope, path: null };
}

function redactQuery({ parameters: _parameters, ...query }: Query): Query {
  return { ...query, sql: query.shape, error: query.error === null ? null : redactMessage(query.error) };
}

/** Databases quote values: `Duplicate entry 'a@b.c' for key`, `Key (email)=(a@b.c) already exists`. */
function redactMessage(message: string): string {
  return message.replace(/=\([^)]*\)/g, '=(?)').replace(/'(?:[^']|'')*'|"(?:[^"]|"")*@(?:[^"]|"")*"|\b\d[\d.]*\b/g, '?');
}
