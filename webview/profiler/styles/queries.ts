/** The query table, its waterfall and SQL. */
import { css } from 'lit';

export const queries = css`
  rl-query-table {
    display: block;
    margin-top: 8px;
  }
  .grid-head {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--rl-paper);
    border-bottom: 1px solid var(--rl-border);
  }
  /* Numbers are never cut: their columns are as wide as the longest of them (the table says of how many characters). */
  .query-grid {
    --rows-column: max(64px, var(--rows-chars, 0) * 1ch + 14px);
    --ms-column: max(58px, var(--ms-chars, 0) * 1ch);
  }
  /* By call site, the line is what a row begins with. */
  .query-grid[data-rows='sites'] {
    --site-column: ;
  }
  .query-row {
    display: grid;
    grid-template-columns: var(--rows-column) minmax(0, 1fr) minmax(70px, 18%) var(--ms-column) var(--site-column, minmax(116px, 15%));
    gap: 10px;
    padding-inline: 0 12px;
  }
  .query-row.head {
    cursor: default;
    color: var(--rl-dim);
    background: none;
  }
  /* Of the cells, not of the row: the columns' widths count characters of the row's own size. */
  .query-row.head > .cell {
    font-size: 11px;
  }
  .query-row .cell {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .query-row .rows,
  .query-row .ms {
    text-align: end;
  }
  .query-row .site .link {
    display: flex;
    max-width: 100%;
  }
  .query-row .site .file {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .query-row .statement {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .query-row .statement > .sql,
  .query-row .statement > code {
    overflow: hidden;
    text-overflow: ellipsis;
    flex: 0 1 auto;
  }
  .query-row .statement > .secondary {
    flex: 0 1000 auto;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .query-row .twistie {
    margin-inline-end: -4px;
  }
  .query-row[data-level='2'] .statement {
    padding-inline-start: 16px;
  }
  .query-row[data-level='3'] .statement {
    padding-inline-start: 32px;
  }
  .query-row[data-level='4'] .statement {
    padding-inline-start: 48px;
  }
  .times-many {
    color: var(--tone);
    font-weight: 600;
  }
  .sort {
    appearance: none;
    border: 0;
    background: none;
    padding: 0;
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .sort:hover,
  .sort.sorted {
    color: var(--rl-ink);
  }
  .waterfall {
    display: block;
    width: 100%;
    height: 10px;
    background: color-mix(in srgb, var(--rl-dim) 14%, transparent);
    border-radius: 1px;
  }
  .waterfall .bars {
    fill: var(--rl-blue);
  }
  .waterfall:is(.tone-warning, .tone-info) .bars {
    fill: var(--tone);
  }
  .waterfall .calls {
    fill: color-mix(in srgb, var(--rl-blue) 30%, transparent);
  }
  .waterfall:is(.tone-warning, .tone-info) .calls {
    fill: color-mix(in srgb, var(--tone) 30%, transparent);
  }
  .waterfall .waits {
    fill: color-mix(in srgb, var(--rl-dim) 45%, transparent);
  }
  .waterfall .ticks {
    stroke: color-mix(in srgb, var(--rl-dim) 45%, transparent);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }
  .head .bars {
    display: flex;
    justify-content: space-between;
    gap: 6px;
  }
  .head .bars .sort {
    overflow: hidden;
    text-overflow: ellipsis;
    min-width: 0;
  }
  .head .scale {
    flex: none;
    font-weight: normal;
  }
  /* Where the order of time is the matter, time gets the room. */
  @container body (width >= 760px) {
    [data-rows='timeline'] .query-row {
      grid-template-columns: var(--rows-column) minmax(0, 1fr) minmax(90px, 34%) var(--ms-column) minmax(116px, 15%);
    }
  }
  .error-text {
    color: var(--rl-red);
    font-size: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @container body (width < 760px) {
    .query-grid {
      --rows-column: max(44px, var(--rows-chars, 0) * 1ch + 4px);
      --ms-column: max(50px, var(--ms-chars, 0) * 1ch);
    }
    .query-row {
      grid-template-columns: var(--rows-column) minmax(0, 1fr) minmax(94px, 16%) var(--ms-column) var(--site-column, minmax(96px, 15%));
      gap: 8px;
    }
  }
  @container body (width < 560px) {
    .query-row {
      grid-template-columns: var(--rows-column) minmax(0, 1fr) 70px var(--ms-column);
      gap: 8px;
    }
    :is(.query-row .site, .head .scale) {
      display: none;
    }
  }

  .sql-keyword {
    /* A little ink, so that it reads on hovered and selected rows too. */
    color: color-mix(in srgb, var(--vscode-debugTokenExpression-boolean, var(--rl-blue)) 78%, var(--rl-ink));
  }
  .sql-string {
    color: var(--vscode-debugTokenExpression-string, inherit);
  }
  .sql-number {
    color: var(--vscode-debugTokenExpression-number, inherit);
  }
  .sql-parameter {
    color: var(--vscode-debugTokenExpression-name, inherit);
  }
  .sql-comment {
    color: var(--rl-dim);
  }
  [tabindex]:focus .row.selected :is([class^='sql-'], .link, .error-text, .times-many, .count, .count b) {
    color: inherit;
  }
`;
