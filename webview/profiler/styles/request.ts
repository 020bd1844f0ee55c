/** The request that is open: its head and its comparison with the run before. */
import { css } from 'lit';

export const request = css`
  .request-head {
    border-bottom: 1px solid var(--rl-border);
    flex-wrap: wrap;
    row-gap: 0;
  }
  rl-profiler .request-head h2 {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .request-head .path {
    overflow: hidden;
    text-overflow: ellipsis;
    max-width: 240px;
  }
  .measures {
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  @container request (width < 860px) {
    .measures .roomy {
      display: none;
    }
    rl-profiler .query-filter {
      width: 116px;
    }
  }
  .head-tools {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    /* Air to the line beneath where there is no room beside the name. */
    margin-block-end: 2px;
  }
  .query-filter {
    width: 150px;
  }
  .views {
    display: inline-flex;
    border: 1px solid var(--rl-border);
    border-radius: 4px;
    overflow: hidden;
  }
  .view {
    appearance: none;
    border: 0;
    background: none;
    color: var(--rl-dim);
    font: 11px/20px var(--vscode-font-family);
    padding: 0 8px;
    cursor: pointer;
  }
  .view:hover {
    background: var(--vscode-toolbar-hoverBackground);
    color: var(--rl-ink);
  }
  .view[aria-checked='true'] {
    background: var(--vscode-inputOption-activeBackground, var(--vscode-list-inactiveSelectionBackground));
    color: var(--vscode-inputOption-activeForeground, var(--rl-ink));
    box-shadow: inset 0 0 0 1px var(--vscode-contrastActiveBorder, transparent);
  }
  @container request (width < 400px) {
    .head-tools {
      flex-wrap: wrap;
      width: 100%;
      row-gap: 2px;
    }
    rl-profiler .query-filter {
      flex: 1;
    }
    .views {
      width: 100%;
      margin-block-end: 4px;
    }
    .view {
      flex: auto;
      padding: 0 2px;
    }
  }
  .request-split {
    flex: 1;
    display: flex;
    min-height: 0;
    min-width: 0;
  }
  .request-body {
    flex: 1;
    min-width: 0;
    overflow: auto;
    container: body / inline-size;
  }

  .strip {
    display: flex;
    flex-wrap: wrap;
    gap: 0 20px;
    align-items: center;
    margin: 8px 12px 0;
    padding: 2px 12px;
    border: 1px solid var(--rl-line);
    border-inline-start: 3px solid var(--tone);
    border-radius: 3px;
    --tone: var(--rl-dim);
    font-size: 12px;
  }
  .strip.verdict-better {
    --tone: var(--rl-green);
  }
  .strip.verdict-worse {
    --tone: var(--rl-red);
  }
  .strip.verdict-different {
    --tone: var(--rl-yellow);
  }
  .strip-word,
  .strip-word b {
    color: var(--tone);
    font-weight: 600;
  }
  .strip-word .codicon {
    margin-inline-end: 6px;
  }
  .change .before {
    color: var(--rl-dim);
  }
  .change b {
    font-weight: 600;
  }
  .change.first .after {
    color: var(--tone);
    font-size: 14px;
  }
  .verdict-fewer .change.first .after,
  .verdict-same .change.first .after {
    color: inherit;
  }
  .times,
  .response {
    color: var(--rl-dim);
  }
  .response .codicon {
    margin-inline-start: 4px;
  }
  .verdict-better .response .codicon {
    color: var(--rl-green);
  }
  .verdict-different .response {
    color: var(--rl-yellow);
  }
  .route-history,
  .suppressed {
    padding: 4px 12px;
    color: var(--rl-dim);
    font-size: 12px;
  }
  .route-history summary,
  .suppressed summary {
    cursor: pointer;
    width: fit-content;
  }
  .route-history table {
    margin-top: 4px;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .route-history th {
    font-weight: normal;
    text-align: right;
  }
  .route-history th,
  .route-history td {
    padding: 1px 16px 1px 0;
    text-align: right;
  }
  .route-history th:first-child,
  .route-history td:first-child {
    text-align: left;
  }
  .route-history [aria-current] {
    color: var(--rl-ink);
    font-weight: 600;
  }
  .suppressed ul {
    margin: 4px 0 0;
    padding-left: 16px;
  }
  .disproved {
    color: var(--vscode-editorWarning-foreground);
  }
`;
