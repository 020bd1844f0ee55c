/** The detail pane. */
import { css } from 'lit';

export const details = css`
  .query-detail {
    flex: 0 0 var(--detail-size);
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    border-inline-start: 1px solid var(--rl-border);
    min-height: 0;
  }
  .query-detail-body {
    flex: 1;
    overflow: auto;
    padding: 0 12px 8px;
  }
  rl-profiler .query-detail pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    line-height: 18px;
    padding: 6px 10px;
    background: var(--vscode-textCodeBlock-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 3px;
    user-select: text;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 0 12px;
    margin-top: 6px !important;
    line-height: 20px;
  }
  .facts dt {
    color: var(--rl-dim);
    font-size: 11px;
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .facts .chip {
    margin-inline-start: 6px;
  }
  rl-profiler .parameters {
    padding: 4px 0 0 28px;
    line-height: 18px;
  }
  .parameters li::marker {
    color: var(--rl-dim);
    font-size: 11px;
  }
  .error-block {
    white-space: normal;
    padding: 4px 0 8px !important;
    line-height: 18px;
  }
  .plan-ask {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    margin-top: 10px;
  }
  rl-profiler .plan h4 {
    margin: 12px 0 2px;
    font-size: 13px;
    font-weight: 600;
  }
  rl-profiler .plan h4 .secondary {
    font-weight: 400;
  }
  rl-profiler .plan ol {
    list-style: none;
    padding: 0;
    line-height: 20px;
  }
  .plan li {
    padding-inline-start: calc(var(--depth) * 16px);
  }
  .plan-note {
    display: block;
    font-size: 11px;
  }
  .plan-note .codicon {
    margin-inline-end: 4px;
  }
  .request-split.stacked {
    flex-direction: column;
  }
  .stacked > .query-detail {
    border-inline-start: 0;
    border-top: 1px solid var(--rl-border);
  }
`;
