/** The two sides, the sash between them, and their bars. */
import { css } from 'lit';

export const panes = css`
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
  .stacked > .right {
    border-inline-start: 0;
    border-top: 1px solid var(--rl-border);
  }
  .sash {
    position: relative;
    z-index: 3;
    width: 5px;
    height: 100%;
    margin: 0 -3px 0 -2px;
    cursor: ew-resize;
    touch-action: none;
  }
  .stacked > rl-splitter .sash {
    width: 100%;
    height: 5px;
    margin: -2px 0 -3px;
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
  /* Details are mostly there before anybody could read that they are being read. A wait is no motion: it is kept where motion is reduced. */
  rl-profiler .none.loading {
    animation: shown-late 0s 200ms backwards !important;
  }
  @keyframes shown-late {
    from {
      visibility: hidden;
    }
  }
`;
