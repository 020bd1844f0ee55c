/** What every part shares. Colours are VS Code's own; the few names on top say what each is used for. */
import { css } from 'lit';

export const base = css`
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
  /* These themes' colour of code is for a background of its own, which is as dark as their paper is light. */
  body.vscode-high-contrast {
    --rl-code: var(--rl-ink);
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
    /* Nothing may scroll it, as focus and scrollIntoView could with "hidden". */
    overflow: clip;
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

  /* This theme sets no colours for secondary buttons; vscode-elements would fill in the grey of the dark one. */
  body.vscode-high-contrast:not(.vscode-high-contrast-light) {
    --vscode-button-secondaryBackground: var(--vscode-button-background);
    --vscode-button-secondaryForeground: var(--vscode-button-foreground);
    --vscode-button-secondaryHoverBackground: var(--vscode-button-background);
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
`;
