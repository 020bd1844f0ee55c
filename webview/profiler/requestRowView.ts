/** One row of the requests list: the number first, then what it was and how it compares. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RunInfo, ScopeSummary } from '../../src/core/profile/queryProfile';
import { compareWithPrevious, isRunning, toneOf, type Tone } from './comparison';
import { icon, sparkline, spoken } from './pieces';
import type { RequestRow, RunAge } from './requestRows';
import { countOf, countQueries, formatCount, formatDuration, formatTime, splitName } from './words';

export interface RowLook {
  readonly id: string;
  readonly index: number;
  readonly total: number;
  readonly active: boolean;
  readonly selected: boolean;
  onClick(): void;
  onToggle(event: Event): void;
}

export function requestRow(row: RequestRow, look: RowLook): TemplateResult {
  return row.kind === 'run' ? runRow(row, look) : scopeRow(row, look);
}

function runRow(row: Extract<RequestRow, { kind: 'run' }>, look: RowLook): TemplateResult {
  return html`<div
    id=${look.id}
    class="row run-row ${look.active ? 'active' : ''}"
    role="treeitem"
    aria-level="1"
    aria-posinset=${look.index + 1}
    aria-setsize=${look.total}
    aria-expanded=${row.expanded}
    aria-selected="false"
    data-run-id=${row.run.id}
    @click=${look.onToggle}
  >
    ${icon(row.expanded ? 'chevron-down' : 'chevron-right', 'twistie')}
    <span class="run-label">${row.run.recording === undefined ? runLabels[row.age] : 'Recording'}</span>
    <span class="run-name" title=${row.run.name}>${row.run.name}${row.apart === null ? nothing : ` · ${row.apart}`}</span>
    <span class="secondary number">${formatTime(row.run.startedAtMs)}</span>
    <span class="secondary number">${countQueries(row.totals.queries)}</span>
  </div>`;
}

function scopeRow(row: Exclude<RequestRow, { kind: 'run' }>, look: RowLook): TemplateResult {
  const { scope } = row;
  const tone = toneOf(scope);
  const single = row.kind === 'scope';
  const { method, rest } = splitName(scope.kind, scope.name);
  const expandable = row.kind === 'route' && row.expandable;
  return html`<div
    id=${look.id}
    class="row request tone-${tone} ${look.active ? 'active' : ''} ${look.selected ? 'selected' : ''} ${row.age === 'earlier' ? 'earlier' : ''}"
    role="treeitem"
    aria-level=${single ? 2 : 1}
    aria-posinset=${look.index + 1}
    aria-setsize=${look.total}
    aria-expanded=${row.kind === 'route' && expandable ? row.expanded : nothing}
    aria-selected=${look.selected}
    data-scope-name=${scope.name}
    data-scope-id=${scope.id}
    data-run-id=${scope.runId}
    data-query-count=${scope.queryCount}
    data-duration-ms=${scope.durationMs}
    data-previous-count=${scope.previous?.queryCount ?? nothing}
    @click=${look.onClick}
  >
    ${spoken(describe(row))}<span class="shown" aria-hidden="true">
      ${
        expandable
          ? html`<span class="twistie codicon codicon-chevron-${row.expanded ? 'down' : 'right'}" @click=${look.onToggle}></span>`
          : html`<span class="twistie"></span>`
      }
      ${statusMark(scope)}
      ${
        single
          ? html`<span class="method number">${formatTime(scope.startedAtMs)}</span>
              <span class="name" title=${scope.path ?? scope.name}>${scope.path ?? rest}</span>`
          : html`${method === '' ? nothing : html`<span class="method">${method}</span>`}${nameInTwo(rest, scope.name)}`
      }
      ${expandable ? timesCell(row) : nothing} ${countCell(scope, tone)} ${sparkline(scope.history, scope.queryCount, `tone-${tone}`)}
      <span class="time number">${formatDuration(scope.dbTimeMs)}</span></span
    >
  </div>`;
}

/** Routes of one app begin alike: where there is little room, their beginnings give way, never what tells them apart. */
function nameInTwo(name: string, title: string): TemplateResult {
  const end = name.startsWith('/') ? (/\/[^/]*(?:\/:[^/]*)?$/.exec(name)?.index ?? 0) : name.length;
  return html`<span class="name" title=${title}
    ><span class="name-start">${name.slice(0, end)}</span><span class="name-end">${name.slice(end)}</span></span
  >`;
}

/** `×13`, or `2 of 13` where a filter leaves so many. */
function timesCell({ route, matching }: Extract<RequestRow, { kind: 'route' }>): TemplateResult {
  const all = route.scopes.length;
  const text = matching < all ? `${formatCount(matching)} of ${formatCount(all)}` : `×${formatCount(all)}`;
  return html`<span class="times number" title=${countOf(all, 'request')}>${text}</span>`;
}

/** `101`, or `14 → 2` where an earlier run counted otherwise. */
function countCell(scope: ScopeSummary, tone: Tone): TemplateResult {
  const comparison = compareWithPrevious(scope);
  const changed = comparison !== null && comparison.verdict !== 'same';
  return html`<span class="count number tone-${tone}" title=${comparison?.sentence ?? countQueries(scope.queryCount)}>
    ${changed ? html`<span class="before">${formatCount(comparison.before)} →</span> ` : nothing}<b
      >${formatCount(scope.queryCount)}${isRunning(scope) ? '+' : ''}</b
    >
  </span>`;
}

function statusMark(scope: ScopeSummary): TemplateResult {
  if (isRunning(scope)) return icon('loading', 'mark codicon-modifier-spin');
  if (scope.status !== null && scope.status >= 500) return icon('error', 'mark tone-warning');
  if (scope.warnings > 0) return icon('circle-filled', 'mark tone-warning');
  const verdict = compareWithPrevious(scope)?.verdict;
  if (verdict === 'worse') return icon('arrow-up', 'mark tone-warning');
  if (verdict === 'better') return icon('pass-filled', 'mark tone-better');
  if (scope.infos > 0) return icon('info', 'mark tone-info');
  if (verdict === 'different') return icon('question', 'mark tone-info');
  return html`<span class="mark"></span>`;
}

/** The row for a screen reader: the same facts in the same order. */
function describe(row: Exclude<RequestRow, { kind: 'run' }>): string {
  const { scope } = row;
  const comparison = compareWithPrevious(scope);
  return [
    row.kind === 'scope' ? (scope.path ?? scope.name) : scope.name,
    countQueries(scope.queryCount),
    comparison && comparison.verdict !== 'same' ? comparison.sentence : '',
    isRunning(scope) ? 'still running' : '',
    scope.warnings > 0 ? countOf(scope.warnings, 'warning') : '',
    scope.infos > 0 ? countOf(scope.infos, 'hint') : '',
    scope.status !== null && scope.status >= 400 ? `status ${scope.status}` : '',
    `${formatDuration(scope.dbTimeMs)} in the database`,
    row.kind === 'route' && row.expandable ? countOf(row.route.scopes.length, 'request') : '',
    row.kind === 'route' && row.matching < row.route.scopes.length ? `${formatCount(row.matching)} of them match` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** The run's state at the head of the list: a mark and a word. */
export function runState(run: RunInfo | null): TemplateResult | typeof nothing {
  if (run === null) return nothing;
  const [mark, word] = run.recording === undefined ? runWords[run.state] : ['history', 'recording'];
  return html`<span class="run-state ${run.state}" title=${run.recording ?? run.name} data-run-state=${run.state}
    >${icon(mark)}${word}${spoken(`: ${run.name}`)}</span
  >`;
}

const runLabels: Readonly<Record<RunAge, string>> = { latest: 'This run', running: 'Also running', earlier: 'Earlier run' };

const runWords: Readonly<Record<RunInfo['state'], readonly [string, string]>> = {
  waiting: ['watch', 'waiting'],
  connected: ['circle-filled', 'live'],
  ended: ['debug-stop', 'ended'],
};
