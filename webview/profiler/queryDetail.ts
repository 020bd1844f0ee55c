/** The detail pane of a query, of a fold of equal ones, or of an operation. */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Operation, Query, ScopeDetail } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { breakable, highlightSql, icon, siteLink } from './pieces';
import { planView } from './planView';
import { nameOperation, type QueryRow } from './queryRows';
import { fillParameters } from './sql/fillParameters';
import { formatSql } from './sql/formatSql';
import { tokenizeSql } from './sql/tokenizeSql';
import { countOf, countQueries, formatCount, formatDuration, formatRows } from './words';

export interface QueryDetailOptions {
  readonly detail: ScopeDetail;
  readonly folders: readonly string[];
  readonly actions: PanelActions;
  onClose(): void;
}

export function queryDetail(row: QueryRow, options: QueryDetailOptions): TemplateResult {
  const query = row.queries[0];
  return html`<aside class="query-detail" aria-label="Selected query" data-detail=${row.key}>
    <header class="bar">
      <h3>${heading(row, options.detail)}</h3>
      <span class="grow"></span>
      ${query ? copyButtons(row, query, options.actions) : nothing}
      <vscode-toolbar-button icon="close" label="Close details" title="Close (Escape)" @click=${options.onClose}></vscode-toolbar-button>
    </header>
    <div class="query-detail-body" tabindex="0" role="region" aria-label="Details">
      ${row.kind === 'operation' ? operationFacts(row.operations, options) : nothing} ${query ? queryParts(row, query, options) : nothing}
    </div>
  </aside>`;
}

function heading(row: QueryRow, detail: ScopeDetail): string {
  if (row.kind === 'operation') return row.operations.length > 1 ? `${formatCount(row.operations.length)} equal calls` : 'Call';
  if (row.kind === 'site') return `${countQueries(row.queryCount)} of one line`;
  if (row.kind === 'group') return `${countOf(row.group.count, 'equal query', 'equal queries')}`;
  const position = detail.queries.findIndex(({ id }) => id === row.query.id) + 1;
  return `Query ${formatCount(position)} of ${formatCount(detail.scope.queryCount)}`;
}

function copyButtons(row: QueryRow, query: Query, actions: PanelActions): TemplateResult {
  const filled = query.parameters !== undefined && query.parameters.length > 0;
  const fold = row.kind === 'group' ? ' of the first' : '';
  return html`<vscode-toolbar-button
      icon="copy"
      data-action="copy-sql"
      label=${filled ? `Copy SQL${fold} with its parameters filled in` : 'Copy SQL'}
      title=${filled ? `Copy SQL${fold} with its parameters filled in (Ctrl+C on the row)` : 'Copy SQL (Ctrl+C on the row)'}
      @click=${() => actions.copy(fillParameters(query.sql, query.parameters ?? []), 'SQL')}
    ></vscode-toolbar-button>
    ${
      filled
        ? html`<vscode-toolbar-button
            icon="symbol-parameter"
            data-action="copy-sql-raw"
            label="Copy SQL as it was sent"
            title="Copy SQL as it was sent, with placeholders"
            @click=${() => actions.copy(query.sql, 'SQL')}
          ></vscode-toolbar-button>`
        : nothing
    }`;
}

function queryParts(row: QueryRow, query: Query, options: QueryDetailOptions): TemplateResult {
  const single = row.kind === 'query';
  const sql = row.kind === 'group' && row.group.count > 1 ? row.group.shape : query.sql;
  return html`${query.error !== null ? html`<p class="error-text error-block">${icon('error')} ${query.error}</p>` : nothing}
    <pre class="sql" tabindex="-1">${highlightSql(formatSql(sql))}</pre>
    <dl class="facts">
      ${single ? singleFacts(query) : foldFacts(row.queries)} ${row.kind === 'operation' ? nothing : operationFact(query, options)}
      <dt>from</dt>
      <dd>
        ${row.site ? html`${siteLink(row.site, options.actions, options.folders)}${inFunction(row.site.function)}` : 'a place outside of your code'}
      </dd>
    </dl>
    ${single ? parameterList(query) : nothing} ${row.kind === 'operation' || row.kind === 'site' ? nothing : planView(query, options.actions)}`;
}

function inFunction(name: string | null): TemplateResult | typeof nothing {
  return name === null ? nothing : html`<span class="secondary"> in ${name}</span>`;
}

function parameterList({ parameters, sql }: Query): TemplateResult | typeof nothing {
  if (parameters === undefined) {
    return tokenizeSql(sql).some(({ kind }) => kind === 'parameter') ? html`<p class="secondary">Parameters are not recorded.</p>` : nothing;
  }
  if (parameters.length === 0) return nothing;
  return html`<ol class="parameters" aria-label="Parameters">
    ${parameters.map((value) => html`<li><code class="sql">${highlightSql(tokenizeSql(JSON.stringify(value) ?? 'null'))}</code></li>`)}
  </ol>`;
}

function singleFacts(query: Query): TemplateResult {
  return html`<dt>took</dt>
    <dd><span class="number">${formatDuration(query.durationMs)}</span><span class="secondary"> from ${formatDuration(query.offsetMs)} on</span></dd>
    ${waitFact(query.waitMs)}
    ${
      query.target === undefined
        ? nothing
        : html`<dt>answered by</dt>
            <dd>${query.target}</dd>`
    }
    <dt>rows</dt>
    <dd class="number">${formatRows(query.kind, query.rows)}</dd>`;
}

/** No time of the database's, so it stands by itself. */
function waitFact(waitMs = 0): TemplateResult | typeof nothing {
  if (waitMs === 0) return nothing;
  return html`<dt>waited</dt>
    <dd><span class="number">${formatDuration(waitMs)}</span><span class="secondary"> for a connection, before that</span></dd>`;
}

function foldFacts(queries: readonly Query[]): TemplateResult {
  const times = queries.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const total = times.reduce((sum, time) => sum + time, 0);
  const targets = [...new Set(queries.flatMap(({ target }) => target ?? []))];
  const median = times[Math.floor(times.length / 2)] ?? 0;
  return html`<dt>took</dt>
    <dd class="number">
      ${formatDuration(total)}<span class="secondary"> · median ${formatDuration(median)} · slowest ${formatDuration(times.at(-1) ?? 0)}</span>
    </dd>
    ${waitFact(queries.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0))}
    ${
      targets.length === 0
        ? nothing
        : html`<dt>answered by</dt>
            <dd>${targets.join(', ')}</dd>`
    }
    <dt>rows</dt>
    ${foldedRows(queries)}`;
}

function foldedRows(queries: readonly Query[]): TemplateResult {
  const rows = queries.reduce((sum, query) => sum + query.rows, 0);
  if (rows === 0 && queries.every(({ kind }) => kind !== 'select')) return html`<dd class="number">–</dd>`;
  return html`<dd class="number">${formatCount(rows)}<span class="secondary"> · ${(rows / Math.max(queries.length, 1)).toFixed(1)} each</span></dd>`;
}

function operationFact({ operation }: Query, { detail, actions }: QueryDetailOptions): TemplateResult | typeof nothing {
  const found = detail.operations.find(({ id }) => id === operation);
  return found
    ? html`<dt>run by</dt>
        <dd>${operationName(found, actions)}</dd>`
    : nothing;
}

function operationName(operation: Operation, actions: PanelActions): TemplateResult {
  const { entity, relation } = operation;
  const name = nameOperation(operation);
  if (entity === null) return html`<code>${breakable(name)}</code>`;
  const shown = relation === null ? entity : `${entity}.${relation}`;
  return html`<button class="link code" title="Show ${shown} in the diagram" @click=${() => actions.showInDiagram(entity, relation)}>
      ${breakable(name)}</button
    >${operation.api === 'lazy' ? html`<span class="chip">lazy</span>` : nothing}`;
}

function operationFacts(operations: readonly Operation[], { actions }: QueryDetailOptions): TemplateResult | typeof nothing {
  const [first] = operations;
  if (!first) return nothing;
  const total = (measure: (operation: Operation) => number): number => operations.reduce((sum, operation) => sum + measure(operation), 0);
  return html`<p>${operationName(first, actions)}</p>
    <dl class="facts">
      <dt>took</dt>
      <dd class="number">${formatDuration(total(({ durationMs }) => durationMs))}<span class="secondary"> with TypeORM's own work</span></dd>
      <dt>ran</dt>
      <dd class="number">${countQueries(total(({ queryCount }) => queryCount))}</dd>
      <dt>returned</dt>
      <dd class="number">
        ${countOf(
          total(({ rawRows }) => rawRows),
          'row',
        )}
        →
        ${countOf(
          total(({ entities }) => entities),
          'entity',
          'entities',
        )}
      </dd>
    </dl>`;
}
