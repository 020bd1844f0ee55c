/** The panel's style sheet. Colours are VS Code's own; the few names on top say what each is used for. */
import { css } from 'lit';

export const styles = css`
  :root {
    --rl-ink: var(--vscode-foreground);
    --rl-dim: var(--vscode-descriptionForeground);
    --rl-line: var(--vscode-panel-border, var(--vscode-widget-border, transparent));
    --rl-paper: var(--vscode-panel-background, var(--vscode-editor-background));
    --rl-red: var(--vscode-list-errorForeground, var(--vscode-errorForeground));
    --rl-yellow: var(--vscode-list-warningForeground, var(--vscode-editorWarning-foreground));
    --rl-green: var(--vscode-gitDecoration-addedResourceForeground, var(--vscode-charts-green));
    --rl-blue: var(--vscode-charts-blue);
    --rl-code: var(--vscode-textPreformat-foreground, var(--rl-ink));
    --rl-mono: var(--vscode-editor-font-family, monospace);
    --rl-border: var(--vscode-contrastBorder, var(--rl-line));
  }
  body[data-mode='editor'] {
    --rl-paper: var(--vscode-editor-background);
  }
  html,
  body {
    height: 100%;
  }
  body {
    padding: 0;
    margin: 0;
    overflow: hidden;
    background: var(--rl-paper);
    color: var(--rl-ink);
    font: 13px/22px var(--vscode-font-family);
  }

  rl-profiler {
    display: block;
    position: relative;
    height: 100%;
    overflow: hidden;
  }
  rl-profiler h2,
  rl-profiler h3,
  rl-profiler p,
  rl-profiler ol,
  rl-profiler dl,
  rl-profiler dd,
  rl-profiler pre {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  rl-profiler :is(code, .sql, .code, .place) {
    font-family: var(--rl-mono);
    font-size: 12px;
  }
  rl-profiler code {
    color: var(--rl-code);
    background: none;
    padding: 0;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .secondary {
    color: var(--rl-dim);
    font-size: 11px;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .shown {
    display: contents;
  }
  .grow {
    flex: 1;
  }
  .codicon[class*='codicon-'] {
    vertical-align: -2px;
    font-size: 14px;
    line-height: inherit;
    text-align: center;
  }
  .tone-warning {
    --tone: var(--rl-red);
  }
  .tone-info {
    --tone: var(--rl-yellow);
  }
  .tone-better {
    --tone: var(--rl-green);
  }
  .tone-quiet {
    --tone: var(--rl-ink);
  }
  .codicon[class*='tone-'],
  .chip[class*='tone-'],
  b[class*='tone-'] {
    color: var(--tone);
  }

  .link {
    appearance: none;
    border: 0;
    background: none;
    padding: 0;
    font: inherit;
    text-align: start;
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
    border-radius: 2px;
  }
  .link:hover {
    text-decoration: underline;
    color: var(--vscode-textLink-activeForeground, var(--vscode-textLink-foreground));
  }
  rl-profiler :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  rl-profiler .link:focus-visible {
    outline-offset: 1px;
  }
  .chip {
    border: 1px solid var(--rl-line);
    border-radius: 3px;
    padding: 0 4px;
    font-size: 11px;
    line-height: 14px;
    color: var(--rl-dim);
  }
  kbd {
    font: 11px/16px var(--vscode-font-family);
    padding: 1px 5px;
    border-radius: 3px;
    border: 1px solid var(--vscode-keybindingLabel-border, var(--rl-border));
    background: var(--vscode-keybindingLabel-background, transparent);
    color: var(--vscode-keybindingLabel-foreground, inherit);
  }

  /* Panes */
  .panes {
    display: grid;
    grid-template: minmax(0, 1fr) / var(--list-size) 0 minmax(0, 1fr);
    height: 100%;
  }
  .panes.stacked {
    grid-template: var(--list-size) 0 minmax(0, 1fr) / minmax(0, 1fr);
  }
  rl-request-list,
  rl-request-view,
  .right {
    display: flex;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
  }
  rl-request-view {
    flex: 1;
    container: request / inline-size;
  }
  rl-request-list {
    container: list / inline-size;
  }
  .right {
    border-inline-start: 1px solid var(--rl-border);
  }
  .stacked .right {
    border-inline-start: 0;
    border-top: 1px solid var(--rl-border);
  }
  .sash {
    position: relative;
    z-index: 3;
    width: 5px;
    height: 100%;
    margin-inline-start: -2px;
    cursor: ew-resize;
    touch-action: none;
  }
  .stacked .sash {
    width: 100%;
    height: 5px;
    margin: -2px 0 0;
    cursor: ns-resize;
  }
  .sash:hover {
    background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    transition: background-color 0.1s 0.3s;
  }
  rl-profiler .sash:focus-visible {
    outline: 0;
    background: var(--vscode-focusBorder);
  }

  /* Bars */
  .bar {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 30px;
    padding: 0 12px;
    box-sizing: border-box;
    white-space: nowrap;
    flex: none;
  }
  rl-profiler .bar h2,
  rl-profiler .bar h3 {
    font-weight: 600;
  }
  .totals {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .run-state {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 11px;
    color: var(--rl-dim);
  }
  .run-state .codicon[class*='codicon-'] {
    font-size: 10px;
  }
  .run-state.connected .codicon {
    color: var(--rl-green);
  }
  .tools {
    display: flex;
    gap: 4px;
    align-items: center;
    padding: 0 8px 4px 12px;
    flex: none;
  }
  vscode-textfield {
    --vscode-settings-textInputBackground: var(--vscode-input-background);
    --vscode-settings-textInputForeground: var(--vscode-input-foreground);
    --vscode-settings-textInputBorder: var(--vscode-input-border, transparent);
    min-width: 0;
  }
  .filter {
    flex: 1;
    width: auto;
  }
  .order {
    font: 11px/16px var(--vscode-font-family);
    height: 24px;
    color: var(--vscode-dropdown-foreground, var(--rl-ink));
    background: var(--vscode-dropdown-background, var(--rl-paper));
    border: 1px solid var(--vscode-dropdown-border, var(--rl-border));
    border-radius: 4px;
    padding: 0 2px;
  }
  .none {
    padding: 8px 12px !important;
    color: var(--rl-dim);
  }

  /* Rows */
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
  .request .time {
    flex: none;
    width: 54px;
    text-align: end;
    font-size: 11px;
    color: var(--rl-dim);
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

  /* Request */
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
  .response {
    color: var(--rl-dim);
  }
  .verdict-better .response .codicon {
    color: var(--rl-green);
    margin-inline-start: 4px;
  }
  .verdict-different .response {
    color: var(--rl-yellow);
  }

  /* Findings */
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
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
  }
  .finding .actions {
    padding: 8px 12px 8px 26px;
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

  /* Query table */
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
  .query-row {
    display: grid;
    grid-template-columns: 64px minmax(0, 1fr) minmax(70px, 18%) 58px minmax(108px, 14%);
    gap: 10px;
    padding-inline: 0 12px;
  }
  .query-row.head {
    cursor: default;
    font-size: 11px;
    color: var(--rl-dim);
    background: none;
  }
  .query-row .cell {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .query-row .rows,
  .query-row .ms {
    text-align: end;
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
  .waterfall path {
    fill: var(--rl-blue);
  }
  .waterfall.tone-warning path {
    fill: var(--tone);
  }
  .waterfall.tone-info path {
    fill: var(--tone);
  }
  .error-text {
    color: var(--rl-red);
    font-size: 12px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @container body (width < 560px) {
    .query-row {
      grid-template-columns: 48px minmax(0, 1fr) 70px 50px;
      gap: 8px;
    }
    .query-row .site {
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

  /* Detail pane */
  .query-detail {
    flex: 0 0 38%;
    min-width: 280px;
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
  @container request (width < 700px) {
    .request-split {
      flex-direction: column;
    }
    .query-detail {
      flex: 0 1 auto;
      max-height: 50%;
      border-inline-start: 0;
      border-top: 1px solid var(--rl-border);
    }
  }

  /* States */
  .state {
    max-width: 560px;
    margin: auto;
    padding: 12px 20px;
    display: flex;
    flex-direction: column;
    gap: 8px;
    line-height: 20px;
  }
  rl-profiler > .state {
    height: 100%;
    box-sizing: border-box;
    justify-content: center;
  }
  rl-profiler .state h2,
  rl-profiler .state h3 {
    font-size: 15px;
    font-weight: 600;
  }
  .state .actions {
    margin-top: 4px;
  }
  .state .note {
    padding: 0 !important;
  }

  @media (prefers-reduced-motion: reduce) {
    rl-profiler * {
      animation: none !important;
      transition: none !important;
    }
  }
  .vscode-reduce-motion rl-profiler * {
    animation: none !important;
    transition: none !important;
  }
`;
