/** What speaks for a request over its runs: the history of its route, advice that was disproved, findings that are known and meant. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RouteRun, ScopeSummary, SuppressedFinding } from '../../src/core/profile/queryProfile';
import { icon, withCode } from './pieces';
import { countOf, formatCount, formatDuration } from './words';

/** Only where the app is known to answer. */
export function canRunAgain({ kind, origin, path, live }: ScopeSummary): boolean {
  return kind === 'http' && origin !== undefined && path !== null && !live;
}

/** What happens on a click: reads that need nothing are asked at once, everything else asks the user first. */
export function runAgainHint({ name, request }: ScopeSummary): string {
  if (request?.hasBody) return 'Run this request again: its body is not recorded, so you get a command line to fill in';
  if (!/^(GET|HEAD|OPTIONS) /.test(name)) return 'Run this request again, once you have confirmed that it may write';
  if (request && request.withheld.length > 0)
    return `Run this request again, with the values of ${request.withheld.join(', ')} that you enter, or without`;
  return 'Run this request again, against the running app';
}

/** Advice that was followed before this run, and did not keep its word. */
export function disprovedNotes({ disproved = [] }: ScopeSummary): TemplateResult | typeof nothing {
  if (disproved.length === 0) return nothing;
  return html`${disproved.map(
    (reason) => html`<p class="note disproved" role="note">${icon('warning')} Advice withdrawn · ${withCode(reason)}. ${nextStepAfter(reason)}</p>`,
  )}`;
}

function nextStepAfter(reason: string): string {
  return reason.includes('response changed') ? 'Undo the edit, or look at both answers.' : 'Undo the edit, or see below what asks now.';
}

/** Folded: the route's earlier runs and this one, the newest first. */
export function routeHistory(runs: readonly RouteRun[], scope: ScopeSummary): TemplateResult | typeof nothing {
  if (runs.length === 0) return nothing;
  const now: RouteRun = { ...scope, atMs: scope.startedAtMs };
  const all = [...runs, now].reverse();
  return html`<details class="route-history">
    <summary>History · ${countOf(all.length, 'run')}</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">when</th>
          <th scope="col">queries</th>
          <th scope="col">in the database</th>
          <th scope="col">rows</th>
          <th scope="col">in all</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(
          (run, i) =>
            html`<tr aria-current=${i === 0 ? 'true' : nothing}>
              <td>${new Date(run.atMs).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' })}</td>
              <td>${formatCount(run.queryCount)}</td>
              <td>${formatDuration(run.dbTimeMs)}</td>
              <td>${formatCount(run.rowCount)}</td>
              <td>${formatDuration(run.durationMs)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** Counted, and named with the reason given. */
export function suppressedList(suppressed: readonly SuppressedFinding[]): TemplateResult | typeof nothing {
  if (suppressed.length === 0) return nothing;
  return html`<details class="suppressed">
    <summary>${countOf(suppressed.length, 'suppressed finding')}</summary>
    <ul>
      ${suppressed.map(
        ({ finding, reason }) =>
          html`<li>${withCode(finding.message)} <span class="secondary">${reason === null ? 'No reason is given.' : `Known: ${reason}`}</span></li>`,
      )}
    </ul>
  </details>`;
}
