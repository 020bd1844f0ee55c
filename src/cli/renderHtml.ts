import { milliseconds } from '../core/profile/detect/words';
import { isInPackage } from '../core/profile/packageOf';
import type { Finding, Query, QueryProfile, ScopeSummary } from '../core/profile/queryProfile';
import { isRegression, type RunComparison, type ScopeChange } from './compareRuns';
import { findingTitles } from './findingTitles';
import { foldFindings } from './foldFindings';
import { areRowsKnown, foldScopes } from './foldScopes';
import { placeIn } from './relativePath';

/** Statements listed per scope; a report is for reading. */
const LISTED_GROUPS = 200;

/** The report as one file that needs nothing else: no script, no font, no network; light and dark as the reader prefers. */
export function renderHtml(profile: QueryProfile, root: string, comparison: RunComparison | null = null): string {
  const findings = foldFindings(profile.findings);
  const warnings = findings.filter(({ finding }) => finding.severity === 'warning').length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Queries of ${escape(profile.run.name)}</title>
<style>${STYLES}</style>
</head>
<body>
<main>
<header>
<h1>Queries of <code>${escape(profile.run.name)}</code></h1>
<p class="muted">${escape(aboutRun(profile))}</p>
<dl class="numbers">
${number(total(profile.scopes, ({ queryCount }) => queryCount).toLocaleString('en'), 'queries')}
${number(milliseconds(total(profile.scopes, ({ dbTimeMs }) => dbTimeMs)), 'in the database')}
${areRowsKnown(profile.scopes) ? number(total(profile.scopes, ({ rowCount }) => rowCount).toLocaleString('en'), 'rows') : ''}
${number(String(warnings), warnings === 1 ? 'warning' : 'warnings', warnings > 0 ? 'bad' : 'good')}
</dl>
</header>
${comparison === null ? '' : renderComparison(comparison)}
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${findings.length === 0 ? '<p class="good">No loading mistakes found.</p>' : findings.map(({ finding, scopes }) => renderFinding(finding, scopes, root)).join('\n')}
</section>
<section aria-labelledby="scopes"><h2 id="scopes">Requests, jobs and tests</h2>
${renderScopes(profile, root)}
</section>
${profile.dropped > 0 ? `<p class="muted">The details of ${profile.dropped} queries and operations were left out; all counts include them.</p>` : ''}
</main>
</body>
</html>
`;
}

function aboutRun({ run }: QueryProfile): string {
  const about = [run.typeormVersions.length > 0 ? `TypeORM ${run.typeormVersions.join(', ')}` : '', run.drivers.join(', ')]
    .filter(Boolean)
    .join(' on ');
  return [new Date(run.startedAtMs).toISOString().replace('T', ' ').slice(0, 16), about, run.message ?? ''].filter(Boolean).join(' · ');
}

function number(value: string, label: string, className = ''): string {
  return `<div class="${className}"><dt>${escape(label)}</dt><dd>${escape(value)}</dd></div>`;
}

function renderFinding(finding: Finding, scopes: readonly string[], root: string): string {
  const subject = [finding.entity, finding.relation].filter(Boolean).join('.');
  const { advice } = finding;
  const load =
    advice.kind === 'load-relations'
      ? `Load ${advice.relations.map((path) => `<code>${escape(path)}</code>`).join(', ')}${finding.parent?.site ? ` at <code>${escape(placeIn(root, finding.parent.site))}</code>` : ''}${advice.strategy === 'query' ? ' with <code>relationLoadStrategy: "query"</code>' : ''}. `
      : '';
  const after =
    advice.predictedQueryCount === null
      ? ''
      : ` <strong>${advice.predictedQueryCount}</strong> ${advice.predictedQueryCount === 1 ? 'query' : 'queries'} afterwards.`;
  return `<article class="finding ${finding.severity}">
<h3><span class="count">${finding.count}×</span> ${escape(findingTitles[finding.kind])}${subject ? ` <code>${escape(subject)}</code>` : ''}</h3>
<p>${prose(finding.message)}</p>
<p class="muted">${finding.site ? `<code>${escape(placeIn(root, finding.site))}</code>${isInPackage(finding.site) ? ' (a package, not your code)' : ''} · ` : ''}${escape(scopes.join(', '))} · ${milliseconds(finding.dbTimeMs)} in the database</p>
<p class="advice">${load}${prose(advice.reason ?? '')}${after}</p>
</article>`;
}

function renderComparison({ earlier, scopes, solved, added }: RunComparison): string {
  const compared = scopes.filter(({ before, after }) => before !== null && after !== null);
  const list = (title: string, className: string, findings: readonly Finding[]) =>
    findings.length === 0
      ? ''
      : `<p class="${className}">${title}: ${findings.map(({ kind, entity, relation, scopeName }) => `${escape(findingTitles[kind])} <code>${escape([entity, relation].filter(Boolean).join('.'))}</code> in ${escape(scopeName)}`).join('; ')}</p>`;
  return `<section aria-labelledby="comparison"><h2 id="comparison">Compared with <code>${escape(earlier.name)}</code> of ${new Date(earlier.startedAtMs).toISOString().slice(0, 16).replace('T', ' ')}</h2>
<table><thead><tr><th>queries</th><th>time in the database</th><th>request, job or test</th><th>response</th></tr></thead><tbody>${compared.map(renderChange).join('')}</tbody></table>
${list('Solved', 'good', solved)}${list('New', 'bad', added)}
</section>`;
}

function renderChange(change: ScopeChange): string {
  const { name, before, after, responseEqual } = change;
  const isChanged = before?.queryCount !== after?.queryCount;
  const answer = responseEqual === null ? '' : responseEqual ? 'unchanged' : '<span class="bad">changed</span>';
  return `<tr><td class="n ${!isChanged ? '' : isRegression(change) ? 'bad' : 'good'}">${before?.queryCount} → ${after?.queryCount}</td><td class="n">${milliseconds(before?.dbTimeMs ?? 0)} → ${milliseconds(after?.dbTimeMs ?? 0)}</td><td>${escape(name)}</td><td>${answer}</td></tr>`;
}

function renderScopes({ scopes, queries }: QueryProfile, root: string): string {
  const tellsRows = areRowsKnown(scopes);
  const byScope = new Map<number, Query[]>();
  for (const query of queries) {
    const known = byScope.get(query.scope);
    if (known) known.push(query);
    else byScope.set(query.scope, [query]);
  }
  return foldScopes(scopes)
    .filter(({ queryCount }) => queryCount > 0)
    .map((folded) => {
      const worst = scopes.find(({ name, kind, queryCount }) => name === folded.name && kind === folded.kind && queryCount === folded.queryCount);
      return `<details class="scope"><summary><span class="count">${folded.queryCount}</span> <strong>${escape(folded.name)}</strong> <span class="muted">${folded.times > 1 ? `at most, in ${folded.times} runs of it · ` : ''}${milliseconds(folded.dbTimeMs)} db${folded.waitMs >= 10 ? ` · ${milliseconds(folded.waitMs)} waiting for connections` : ''}${tellsRows ? ` · ${folded.rowCount} rows` : ''}</span>${folded.warnings > 0 ? ` <span class="bad">${folded.warnings} ⚠</span>` : ''}</summary>
${renderQueries(byScope.get(worst?.id ?? 0) ?? [], tellsRows, root)}
</details>`;
    })
    .join('\n');
}

function renderQueries(queries: readonly Query[], tellsRows: boolean, root: string): string {
  const groups = new Map<string, { readonly first: Query; count: number; rows: number; ms: number }>();
  for (const query of queries) {
    const key = `${query.shape}\n${query.site === null ? '' : placeIn(root, query.site)}`;
    const group = groups.get(key) ?? { first: query, count: 0, rows: 0, ms: 0 };
    groups.set(key, group);
    group.count++;
    group.rows += query.rows;
    group.ms += query.durationMs;
  }
  const rows = [...groups.values()]
    .slice(0, LISTED_GROUPS)
    .map(
      ({ first, count, rows: rowCount, ms }) =>
        `<tr><td class="n">${count}×</td><td class="n">${milliseconds(ms)}</td><td class="n">${tellsRows ? rowCount : '–'}</td><td><code class="sql">${escape(first.shape)}</code>${first.site ? `<span class="muted">${escape(placeIn(root, first.site))}</span>` : ''}</td></tr>`,
    );
  if (rows.length === 0) return '<p class="muted">The details of this one were left out.</p>';
  return `<table><thead><tr><th>runs</th><th>time</th><th>rows</th><th>statement</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function total(scopes: readonly ScopeSummary[], of: (scope: ScopeSummary) => number): number {
  return scopes.reduce((sum, scope) => sum + of(scope), 0);
}

/** A sentence whose `code` stands in backticks. */
function prose(text: string): string {
  return escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const STYLES = `
:root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6e8eb); --muted: light-dark(#59636e, #9aa4af); --line: light-dark(#d1d9e0, #3a414a); --card: light-dark(#f6f8fa, #1d2126); --bad: light-dark(#b3261e, #ff8a80); --note: light-dark(#8a5a00, #f0b35a); --good: light-dark(#1a7f37, #5fd083); --accent: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#fff, #14171a); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; } code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.muted { color: var(--muted); } .bad { color: var(--bad); } .good { color: var(--good); }
.numbers { display: flex; flex-wrap: wrap; gap: 2.5rem; margin: 1.5rem 0 0; } .numbers div { display: flex; flex-direction: column-reverse; }
.numbers dd { margin: 0; font-size: 1.9rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; } .numbers dt { color: var(--muted); font-size: .85rem; }
.finding { border: 1px solid var(--line); border-left: 4px solid var(--note); border-radius: 6px; padding: .9rem 1.1rem; margin: 0 0 .8rem; background: var(--card); } .finding.warning { border-left-color: var(--bad); }
.count { font-variant-numeric: tabular-nums; font-weight: 700; } .warning .count { color: var(--bad); } .info .count { color: var(--note); }
.advice { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: .6rem; } .advice::before { content: '→ '; color: var(--good); }
.scope { border-bottom: 1px solid var(--line); } .scope summary { cursor: pointer; padding: .55rem 0; } .scope summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; } .scope .count { display: inline-block; min-width: 3.5ch; text-align: right; margin-right: .5rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; } th { text-align: left; color: var(--muted); font-weight: 500; font-size: .8rem; } th, td { padding: .3rem .8rem .3rem 0; vertical-align: top; } td { border-top: 1px solid var(--line); } .n { white-space: nowrap; font-variant-numeric: tabular-nums; }
.sql { display: block; } td .muted { font-size: .85em; }
@media print { .scope { break-inside: avoid; } }
`;
