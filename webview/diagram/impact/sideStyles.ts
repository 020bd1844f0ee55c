/** The side panel in VS Code's own sizes: 13 px text, 11 px secondary, 22 px rows. */
export const sideStyles = `
.side { position: absolute; left: 12px; top: 44px; width: min(360px, calc(100% - 24px)); max-height: calc(100% - 80px); box-sizing: border-box; overflow: auto; z-index: 3; padding: 10px 12px 12px;
  border-radius: 6px; font-size: 13px; line-height: 1.45; user-select: text;
  background: var(--vscode-editorWidget-background); color: var(--vscode-editorWidget-foreground, inherit);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.side .title { display: flex; justify-content: space-between; gap: 8px; align-items: start; margin-bottom: 6px; }
.side h2 { margin: 0; font-size: 13px; font-weight: 600; line-height: 22px; overflow-wrap: anywhere; }
.side h3 { margin: 12px 0 2px; font-size: 11px; font-weight: 600; color: var(--vscode-descriptionForeground); display: flex; justify-content: space-between; }
.side .title button, .side button.copy { flex: none; width: 22px; height: 22px; padding: 0; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; cursor: pointer; display: grid; place-items: center; }
.side .title button:hover, .side button.copy:hover { background: var(--vscode-toolbar-hoverBackground); }
.side p { margin: 6px 0; }
.side .secondary { color: var(--vscode-descriptionForeground); font-size: 11px; }
.side .number { font-weight: 600; font-variant-numeric: tabular-nums; }
.side .warning { display: flex; gap: 6px; }
.side .warning .codicon { color: var(--vscode-problemsWarningIcon-foreground); flex: none; line-height: inherit; }
.side .error .codicon { color: var(--vscode-problemsErrorIcon-foreground); }
.side .field { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin: 4px 0; }
.side .field > span { flex: none; }
.side select, .side input[type=text] { flex: 1; min-width: 0; max-width: 230px; height: 26px; box-sizing: border-box; padding: 0 6px; font: inherit; border-radius: 3px;
  background: var(--vscode-dropdown-background); color: var(--vscode-dropdown-foreground); border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent)); }
.side input[type=text] { background: var(--vscode-input-background); color: var(--vscode-input-foreground); border-color: var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); }
.side select:focus-visible, .side input:focus-visible, .side .row:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.side .check { display: flex; gap: 6px; align-items: start; padding: 2px 0; }
.side .check input { margin: 3px 0 0; accent-color: var(--vscode-focusBorder); flex: none; }
.side .check > span { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.side ul { list-style: none; margin: 0; padding: 0; }
.side ul ul { padding-left: 20px; }
.side .row { display: grid; grid-template-columns: 18px 1fr auto; gap: 0 4px; width: 100%; padding: 3px 4px; border: 1px solid transparent; border-radius: 3px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.side .row:hover { background: var(--vscode-list-hoverBackground); outline: 1px dashed var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
.side .row .sign { font-weight: 700; text-align: center; }
.side .row .more { grid-column: 2 / -1; overflow-wrap: anywhere; }
.side .code { display: flex; gap: 4px; align-items: start; margin: 8px 0 0; padding: 4px 4px 4px 8px; border-radius: 4px; background: var(--vscode-textCodeBlock-background, var(--vscode-editor-background)); border: 1px solid var(--vscode-contrastBorder, transparent); }
.side .code code { flex: 1; min-width: 0; padding: 2px 0; background: none; font-family: var(--vscode-editor-font-family, monospace); font-size: 12px; white-space: pre-wrap; overflow-wrap: anywhere; color: inherit; }
.side .actions { display: flex; gap: 8px; margin-top: 10px; }
.side .actions button { padding: 4px 12px; border-radius: 3px; border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent)); background: var(--vscode-button-background); color: var(--vscode-button-foreground); font: inherit; cursor: pointer; }
.side .actions button:hover { background: var(--vscode-button-hoverBackground); }
.side .actions button.secondary-button { background: var(--vscode-button-secondaryBackground, transparent); color: var(--vscode-button-secondaryForeground, inherit); }
.side .actions button:disabled { opacity: .5; cursor: default; }
.side .preview { margin: 4px 0 0; border-radius: 4px; overflow: auto; background: var(--vscode-editor-background); border: 1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent)); font-family: var(--vscode-editor-font-family, monospace); font-size: 11.5px; line-height: 17px; }
.side .preview div { white-space: pre; padding: 0 8px 0 4px; width: max-content; min-width: 100%; box-sizing: border-box; }
.side .preview .plus { background: var(--vscode-diffEditor-insertedLineBackground, transparent); }
.side .preview .minus { background: var(--vscode-diffEditor-removedLineBackground, transparent); }
.relate-handle { position: absolute; left: 0; top: 0; z-index: 1; width: 18px; height: 18px; padding: 0; border-radius: 9px; display: grid; place-items: center; cursor: crosshair; touch-action: none;
  background: var(--vscode-button-background); color: var(--vscode-button-foreground); border: 1px solid var(--vscode-contrastBorder, transparent); }
.relate-handle .codicon { font-size: 12px; }
.relate-handle:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.relate-line { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; z-index: 1; }
.relate-line path { stroke: var(--vscode-focusBorder); stroke-width: 2; stroke-dasharray: 6 4; fill: none; }
.side .tone-added, .legend .tone-added { color: var(--vscode-gitDecoration-addedResourceForeground, var(--vscode-charts-green)); }
.side .tone-removed, .legend .tone-removed { color: var(--vscode-gitDecoration-deletedResourceForeground, var(--vscode-charts-red)); }
.side .tone-changed, .legend .tone-changed { color: var(--vscode-gitDecoration-modifiedResourceForeground, var(--vscode-charts-yellow)); }
.side .tone-refused, .legend .tone-refused { color: var(--vscode-symbolIcon-eventForeground, var(--vscode-editorWarning-foreground)); }
.side .tone-weak, .legend .tone-weak { color: var(--vscode-charts-purple, inherit); }
.side .tone-loaded, .legend .tone-loaded { color: var(--vscode-charts-blue, var(--vscode-textLink-foreground)); }
`;
