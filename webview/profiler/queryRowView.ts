/** One row of the query table: rows, statement, its place in time, milliseconds, line of source. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelActions } from './actions';
import { highlightSql, icon, siteLink, spoken, waterfall } from './pieces';
import { nameOperation, type GroupRow, type OperationRow, type QueryRow, type SingleQueryRow, type SiteRow } from './queryRows';
import { compactSql } from './sql/compactSql';
import { tokenizeSql } from './sql/tokenizeSql';
import { countOf, countQueries, formatCount, formatDuration, formatMsCell, formatRows } from './words';

export interface QueryRowLook {
  readonly id: string;
  readonly index: number;
  readonly active: boolean;
  /** Shown in the detail pane. */
  readonly open: boolean;
  readonly totalMs: number;
  /** Among rows of call sites, which say their line themselves. */
  readonly bySite: boolean;
  readonly folders: readonly string[];
  readonly actions: PanelActions;
  onClick(): void;
  onToggle(event: Event): void;
}

export function queryRow(row: QueryRow, look: QueryRowLook): TemplateResult {
  const tone = rowTone(row);
  return html`<div
    id=${look.id}
    class="row query-row tone-${tone} ${look.active ? 'active' : ''} ${look.open ? 'selected' : ''}"
    role="row"
    aria-rowindex=${look.index + 2}
    aria-level=${row.level}
    aria-expanded=${row.expandable ? row.expanded : nothing}
    aria-selected=${look.open}
    data-group-count=${row.kind === 'group' ? row.group.count : nothing}
    data-operation-count=${row.kind === 'operation' ? row.operations.length : nothing}
    data-site-queries=${row.kind === 'site' ? row.queryCount : nothing}
    data-query-id=${row.kind === 'query' ? row.query.id : nothing}
    data-level=${row.level}
    @click=${look.onClick}
  >
    <span class="cell rows number" role="gridcell">${rowCount(row)}</span>
    <span class="cell statement" role="gridcell" title=${title(row)}>
      ${
        row.expandable
          ? html`<span class="twistie codicon codicon-chevron-${row.expanded ? 'down' : 'right'}" aria-hidden="true" @click=${look.onToggle}></span>`
          : html`<span class="twistie"></span>`
      }${row.errors > 0 ? html`${icon('error', 'mark tone-warning')}${spoken('failed: ')}` : nothing}${statement(row, look)}
    </span>
    <span class="cell bars" role="gridcell" title=${timeOf(row)}
      >${waterfall(row.queries, look.totalMs, `tone-${tone}`, row.kind === 'operation' ? row.operations : [])}${spoken(startOf(row))}</span
    >
    <span class="cell ms number" role="gridcell">${formatMsCell(row.durationMs)}</span>
    ${
      look.bySite
        ? nothing
        : html`<span class="cell site" role="gridcell">${siteLink(row.site, look.actions, look.folders, { short: true, tabStop: false })}</span>`
    }
  </div>`;
}

function rowTone(row: QueryRow): string {
  if (row.errors > 0 || row.finding?.severity === 'warning') return 'warning';
  return row.finding === null ? 'quiet' : 'info';
}

export function rowCount(row: QueryRow): string {
  const kind = row.kind === 'group' ? row.group.kind : row.kind === 'query' ? row.query.kind : 'select';
  return formatRows(kind, row.rows);
}

function statement(row: QueryRow, look: QueryRowLook): TemplateResult {
  switch (row.kind) {
    case 'group':
      return groupStatement(row);
    case 'operation':
      return operationStatement(row);
    case 'site':
      return siteStatement(row, look);
    case 'query':
      return queryStatement(row);
  }
}

function groupStatement({ group, queries }: GroupRow): TemplateResult {
  const sql = group.count === 1 ? (queries[0]?.sql ?? group.shape) : group.shape;
  return html`<b class="times-many number">${formatCount(group.count)} ×</b><span class="sql">${highlightSql(compactSql(sql))}</span>`;
}

function queryStatement({ query, folded }: SingleQueryRow): TemplateResult {
  if (query.error !== null) {
    return html`<span class="sql">${highlightSql(compactSql(query.sql))}</span><span class="error-text">${query.error}</span>`;
  }
  if (folded && query.parameters && query.parameters.length > 0) {
    return html`<span class="secondary">with</span
      ><span class="sql">${highlightSql(tokenizeSql(query.parameters.map((value) => JSON.stringify(value)).join(', ')))}</span>`;
  }
  return html`<span class="sql">${highlightSql(compactSql(query.sql))}</span>`;
}

function operationStatement({ operations, queryCount }: OperationRow): TemplateResult {
  const [first] = operations;
  if (!first) return html``;
  const entities = operations.reduce((total, operation) => total + operation.entities, 0);
  return html`${operations.length > 1 ? html`<b class="times-many number">${formatCount(operations.length)} ×</b>` : nothing}<code>${nameOperation(first)}</code>${
      first.api === 'lazy' ? html`<span class="chip">lazy</span>` : nothing
    }<span class="secondary number">${countQueries(queryCount)}${entities > 0 ? ` · ${countOf(entities, 'entity', 'entities')}` : ''}</span>`;
}

function siteStatement({ site, queryCount, statements }: SiteRow, { actions, folders }: QueryRowLook): TemplateResult {
  const counts = `${countQueries(queryCount)}${statements > 1 ? ` · ${countOf(statements, 'statement')}` : ''}`;
  return html`<code>${site === null ? 'outside of your code' : siteLink(site, actions, folders, { tabStop: false })}</code>${
      site?.function ? html`<span class="secondary">in ${site.function}</span>` : nothing
    }<span class="secondary number">${counts}</span>`;
}

function title(row: QueryRow): string {
  if (row.kind === 'group') return row.group.shape;
  if (row.kind === 'site') return 'Everything that this line asked the database';
  return row.kind === 'query' ? row.query.sql : row.operations.length > 1 ? 'Equal calls from the same line' : '';
}

/** When the row's queries ran, for a look at a single bar. */
function timeOf({ queries, durationMs }: QueryRow): string {
  const first = queries.reduce((start, { offsetMs }) => Math.min(start, offsetMs), Infinity);
  const last = queries.reduce((end, query) => Math.max(end, query.offsetMs + query.durationMs), 0);
  if (queries.length === 0) return '';
  const waitedMs = queries.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0);
  const waited = waitedMs > 0 ? `, and ${formatDuration(waitedMs)} of waiting for a connection` : '';
  return `${formatDuration(durationMs)}, between ${formatDuration(first)} and ${formatDuration(last)} after the request began${waited}`;
}

function startOf({ queries }: QueryRow): string {
  const first = queries[0];
  return first === undefined ? '' : `starts at ${formatMsCell(first.offsetMs)} ms`;
}
