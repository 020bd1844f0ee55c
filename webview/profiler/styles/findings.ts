/** A finding and its three steps. */
import { css } from 'lit';

export const findings = css`
  .finding {
    margin: 8px 12px 0;
    border: 1px solid var(--rl-line);
    border-inline-start: 3px solid var(--tone);
    border-radius: 3px;
    background: var(--vscode-editorWidget-background);
  }
  .finding-head {
    appearance: none;
    display: flex;
    align-items: center;
    gap: 6px;
    width: 100%;
    min-height: 26px;
    padding: 2px 12px 2px 4px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .finding-head .mark {
    color: var(--tone);
  }
  .finding-head .twistie + .mark {
    margin-inline-start: -6px;
  }
  .finding-title {
    flex: 1;
    font-weight: 600;
    line-height: 18px;
  }
  .finding-cost {
    white-space: nowrap;
  }
  /* A fact moves to the next line as a whole; only one that is longer than that breaks. */
  .unbroken {
    display: inline-block;
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  @container body (width < 420px) {
    .finding-head {
      flex-wrap: wrap;
    }
    .finding-title {
      /* Beside the two marks; what it costs goes beneath. */
      flex-basis: calc(100% - 60px);
    }
    .finding-cost {
      padding-inline-start: 38px;
    }
  }
  rl-profiler .story {
    display: flex;
    gap: 44px;
    list-style: none;
    padding: 2px 12px 0 26px;
  }
  .step {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    flex: 0 1 280px;
    padding: 4px 10px 5px;
    line-height: 18px;
    border: 1px solid var(--rl-line);
    border-radius: 3px;
    background: var(--rl-paper);
    overflow-wrap: break-word;
  }
  .step[data-arrow]::before {
    content: attr(data-arrow) '\\A→';
    white-space: pre;
    position: absolute;
    inset-inline-end: calc(100% + 1px);
    top: calc(50% - 18px);
    width: 44px;
    text-align: center;
    font-size: 11px;
    line-height: 18px;
    color: var(--rl-dim);
  }
  .step-title {
    font-size: 11px;
    color: var(--rl-dim);
  }
  .step-title b {
    font-weight: 600;
    color: var(--rl-ink);
  }
  .step-title .codicon[class*='codicon-'] {
    font-size: 12px;
    margin-inline-start: 4px;
    vertical-align: -1px;
  }
  .step.cost .step-fact {
    color: var(--tone);
    font-weight: 600;
  }
  .step-fact {
    font-variant-numeric: tabular-nums;
  }
  .step.predicted {
    flex-basis: 380px;
    border: 1px dashed var(--rl-blue);
  }
  .step.unknown {
    border-style: dashed;
  }
  .step-text {
    font-size: 12px;
    line-height: 16px;
    color: var(--rl-dim);
    overflow-wrap: normal;
  }
  .step-place {
    font-size: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .step-place .secondary {
    white-space: nowrap;
  }
  /* One line: where there is little room, the folders give way as a whole. They fall beneath the file, out of sight. */
  .step-place .place {
    display: inline-flex;
    flex-wrap: wrap-reverse;
    align-content: flex-end;
    max-width: 100%;
    height: 1.5em;
    line-height: 1.5em;
    overflow: hidden;
    white-space: nowrap;
    vertical-align: bottom;
  }
  .step-place wbr {
    display: none;
  }
  .step-place .file-line {
    display: flex;
    min-width: 0;
  }
  .step-place .file {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
  }
  .finding .actions {
    padding: 8px 12px 8px 26px;
  }
  /* What can be done is in sight where the story takes more than there is. */
  @media (min-height: 200px) {
    .finding .actions {
      position: sticky;
      bottom: 0;
      z-index: 1;
      background: var(--vscode-editorWidget-background);
    }
  }
  .small-actions {
    display: flex;
    align-items: center;
  }
  .why-not {
    font-size: 12px;
    color: var(--rl-dim);
  }
  .why-not .codicon {
    vertical-align: -2px;
  }
  @container body (width < 760px) {
    rl-profiler .story {
      gap: 30px;
    }
    .step[data-arrow]::before {
      width: 30px;
    }
    .step-place .secondary {
      display: none;
    }
  }
  @container body (width < 540px) {
    rl-profiler .story {
      flex-direction: column;
      gap: 20px;
    }
    .step,
    .step.predicted {
      flex-basis: auto;
    }
    .step[data-arrow]::before {
      content: '↓ ' attr(data-arrow);
      inset-inline: 10px auto;
      top: -20px;
      width: auto;
      text-align: start;
    }
  }
  .note {
    display: flex;
    gap: 6px;
    padding: 4px 12px !important;
    font-size: 12px;
    line-height: 18px;
    color: var(--rl-dim);
  }
  .notes {
    border-bottom: 1px solid var(--rl-line);
  }
`;
