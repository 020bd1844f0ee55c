/** Rows of lists, and those of the requests. */
import { css } from 'lit';

export const requests = css`
  .list {
    flex: 1;
    overflow: auto;
    min-height: 0;
    border-top: 1px solid var(--rl-border);
  }
  .row {
    position: relative;
    display: flex;
    align-items: center;
    height: 22px;
    width: 100%;
    box-sizing: border-box;
    white-space: nowrap;
    cursor: pointer;
    --row-ink: var(--rl-ink);
    color: var(--row-ink);
  }
  .row:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    --rl-dim: var(--row-ink);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  [tabindex]:focus .row.selected {
    background: var(--vscode-list-activeSelectionBackground);
    --row-ink: var(--vscode-list-activeSelectionForeground, var(--rl-ink));
    --rl-dim: var(--row-ink);
  }
  [tabindex]:focus .row.active {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
  rl-profiler .list:focus-visible,
  rl-profiler .query-grid:focus-visible {
    outline: 0;
  }
  .twistie {
    flex: none;
    width: 16px;
    text-align: center;
    color: var(--rl-dim);
  }
  .mark {
    flex: none;
    width: 16px;
    text-align: center;
  }
  .mark.codicon-circle-filled[class*='codicon-'] {
    font-size: 11px;
  }

  .request {
    padding-inline: 2px 12px;
    gap: 6px;
  }
  .request .twistie + .mark {
    margin-inline-start: -6px;
  }
  .request.earlier {
    opacity: 0.85;
  }
  .request .method {
    flex: none;
    width: 42px;
    font-size: 11px;
    color: var(--rl-dim);
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .request[aria-level='2'] .method {
    width: 54px;
    padding-inline-start: 8px;
  }
  .request .name {
    flex: 1;
    min-width: 40px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .request .name:has(.name-start) {
    display: flex;
    white-space: pre;
  }
  .name-start,
  .name-end {
    flex: 0 1 auto;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .name-start {
    flex-shrink: 1000;
  }
  .request .times {
    color: var(--rl-dim);
    font-size: 11px;
  }
  .request .count {
    flex: none;
    min-width: 40px;
    text-align: end;
    color: var(--tone, inherit);
  }
  .request .count .before {
    font-weight: 400;
    color: var(--rl-dim);
  }
  .request .count b {
    font-weight: 600;
  }
  .request .sparkline {
    flex: none;
  }
  .without-history .sparkline {
    display: none;
  }
  .request .time {
    flex: none;
    width: 54px;
    text-align: end;
    font-size: 11px;
    color: var(--rl-dim);
  }
  .new-requests {
    appearance: none;
    flex: none;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 9px;
    padding: 0 8px 0 4px;
    font: 11px/16px var(--vscode-font-family);
    font-variant-numeric: tabular-nums;
    color: var(--vscode-badge-foreground);
    background: var(--vscode-badge-background);
    cursor: pointer;
  }
  .new-requests .codicon[class*='codicon-'] {
    margin-right: 3px;
    font-size: 12px;
  }
  /* As wide as “mutation”. */
  @container list (width >= 345px) {
    .request[aria-level='1'] .method {
      width: 50px;
    }
  }
  @container list (width < 370px) {
    rl-profiler rl-request-list h2 {
      display: none;
    }
  }
  @container list (width < 345px) {
    .request .sparkline {
      display: none;
    }
  }
  /* The name is what one looks for: what can be read on the right goes first. */
  @container list (width < 290px) {
    .request :is(.time, .times) {
      display: none;
    }
    .request .method {
      width: 34px;
    }
  }
  .sparkline path {
    fill: none;
    stroke: var(--rl-dim);
    stroke-width: 1.25;
    opacity: 0.8;
  }
  .sparkline circle {
    fill: var(--tone, var(--rl-dim));
  }
  .sparkline.tone-warning path,
  .sparkline.tone-better path {
    stroke: var(--tone);
  }
  .run-row {
    gap: 8px;
    padding-inline: 2px 12px;
    font-size: 11px;
    border-top: 1px solid var(--rl-line);
  }
  .run-label {
    font-weight: 600;
    text-transform: none;
  }
  .run-name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--rl-dim);
  }
`;
