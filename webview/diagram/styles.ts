/** The diagram's controls in the editor's own colours and sizes. */
export const styles = `
html, body, #app { height: 100%; }
[hidden] { display: none !important; }
body { padding: 0 !important; overflow: hidden; }
#app { position: relative; overflow: hidden; user-select: none; outline: none; }
.canvas { position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none; }
.canvas.grab { cursor: grab; }
.canvas.grabbing { cursor: grabbing; }
.canvas.pointer { cursor: pointer; }
.canvas.move { cursor: move; }
.mirror { position: absolute; inset: 0; overflow: hidden; pointer-events: none; opacity: 0; }
.mirror-plane { position: absolute; left: 0; top: 0; transform-origin: 0 0; }
.mirror-plane [role=treeitem] { position: absolute; outline: none; }
.toolbar { position: absolute; top: 8px; right: 12px; display: flex; gap: 1px; align-items: center; padding: 2px;
  background: var(--vscode-editorWidget-background); color: var(--vscode-icon-foreground);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent)); border-radius: 5px; }
.toolbar button, .palette button.close { width: 24px; height: 24px; padding: 0; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit;
  cursor: pointer; display: grid; place-items: center; font: inherit; }
.toolbar button:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); outline-offset: -1px; }
.toolbar button:active { background: var(--vscode-toolbar-activeBackground); }
.toolbar button.wide { width: 48px; contain: strict; font-size: 11px; font-variant-numeric: tabular-nums; }
.toolbar .zoom { display: flex; gap: 1px; align-items: center; }
.toolbar .divider { width: 1px; height: 16px; margin: 0 3px; background: var(--vscode-editorWidget-border, currentColor); opacity: .6; }
/* Native check boxes and the arrows of lists: without it they stay white in a dark editor. Of the controls alone, since a frame of another scheme than its window's has no transparent ground. */
.vscode-dark :is(input, select), .vscode-high-contrast:not(.vscode-high-contrast-light) :is(input, select) { color-scheme: dark; }
button:focus-visible, input:focus-visible, [role=option]:focus-visible, .minimap:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.menu { position: absolute; top: 40px; right: 12px; min-width: 180px; padding: 4px; border-radius: 5px; z-index: 5;
  background: var(--vscode-menu-background, var(--vscode-editorWidget-background)); color: var(--vscode-menu-foreground, var(--vscode-foreground));
  border: 1px solid var(--vscode-menu-border, var(--vscode-editorWidget-border)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.toolbar .menu { top: 32px; right: 0; }
.menu { max-width: calc(100vw - 8px); max-height: calc(100vh - 60px); box-sizing: border-box; overflow: auto; }
.menu button { display: flex; width: 100%; gap: 8px; align-items: center; height: 24px; padding: 0 8px; border: 1px solid transparent; border-radius: 3px; background: none; color: inherit;
  font: inherit; text-align: left; white-space: nowrap; cursor: pointer; }
.menu button .hint { margin-left: auto; padding-left: 24px; color: var(--vscode-descriptionForeground); }
.menu button:hover, .menu button:focus-visible { background: var(--vscode-menu-selectionBackground, var(--vscode-list-activeSelectionBackground));
  color: var(--vscode-menu-selectionForeground, var(--vscode-list-activeSelectionForeground, inherit)); border-color: var(--vscode-contrastActiveBorder, transparent); outline: none; }
.menu button[aria-disabled] { opacity: .6; cursor: default; }
.menu .swatches { display: flex; gap: 4px; align-items: center; padding: 3px 8px; }
.menu .swatches span { margin-right: auto; padding-right: 12px; padding-left: 24px; }
.menu .swatches button { width: 18px; height: 18px; padding: 0; border-radius: 50%; background: var(--swatch); border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); }
.menu .swatches button[aria-checked=true] { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
.menu .swatches button:focus-visible, .menu .swatches button:hover { background: var(--swatch); outline: 2px solid var(--vscode-menu-selectionForeground, var(--vscode-foreground)); outline-offset: 1px; }
.menu hr { border: 0; border-top: 1px solid var(--vscode-menu-separatorBackground, var(--vscode-editorWidget-border)); margin: 4px 0; }
.notes { position: absolute; inset: 0; overflow: hidden; pointer-events: none; z-index: 1; }
.notes-plane { position: absolute; left: 0; top: 0; transform-origin: 0 0; }
.notes-plane svg { position: absolute; overflow: visible; width: 1px; height: 1px; stroke: var(--vscode-descriptionForeground); stroke-width: 1; stroke-dasharray: 3 3; }
.note { position: absolute; box-sizing: border-box; padding: 8px 10px; pointer-events: auto; cursor: move; overflow: hidden; font-size: 12px; line-height: 1.4; border-radius: 3px;
  color: var(--vscode-editor-foreground); background: color-mix(in srgb, var(--accent) 16%, var(--vscode-editor-background));
  border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--accent) 45%, transparent)); border-left: 4px solid var(--accent); }
.vscode-high-contrast .note { background: var(--vscode-editor-background); }
.note:focus, .note:focus-within { outline: 2px solid var(--vscode-focusBorder); outline-offset: 1px; }
.note .text { white-space: pre-wrap; overflow-wrap: anywhere; overflow: hidden; height: 100%; }
.note textarea { width: 100%; height: 100%; padding: 0; border: 0; resize: none; outline: none; background: none; color: inherit; font: inherit; line-height: inherit; overflow: hidden; }
.note textarea::placeholder { color: var(--vscode-input-placeholderForeground, var(--vscode-descriptionForeground)); opacity: 1; }
.note .grip { position: absolute; right: 0; bottom: 0; width: 14px; height: 14px; cursor: nwse-resize; }
.note:hover .grip { background: linear-gradient(135deg, transparent 50%, var(--accent) 50%); }
.minimap { position: absolute; right: 12px; bottom: 12px; border-radius: 4px; overflow: hidden; cursor: pointer;
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); background: var(--vscode-editorWidget-background); }
.minimap canvas { display: block; }
.summary { position: absolute; left: 12px; bottom: 10px; font-size: 11px; color: var(--vscode-descriptionForeground); pointer-events: none; font-variant-numeric: tabular-nums;
  background: var(--vscode-editor-background); border-radius: 3px; padding: 1px 4px; }
.sidebar .summary { background: var(--vscode-sideBar-background, var(--vscode-editor-background)); }
.tooltip { position: absolute; max-width: 380px; padding: 6px 9px; border-radius: 4px; pointer-events: none; z-index: 4; line-height: 1.45; font-size: 12px;
  background: var(--vscode-editorHoverWidget-background); color: var(--vscode-editorHoverWidget-foreground);
  border: 1px solid var(--vscode-editorHoverWidget-border); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.tooltip .title { font-weight: 600; }
.tooltip .secondary { color: var(--vscode-descriptionForeground); }
.tooltip .problem { display: flex; gap: 6px; margin-top: 4px; }
.tooltip .error .codicon { color: var(--vscode-problemsErrorIcon-foreground); }
.tooltip .warning .codicon { color: var(--vscode-problemsWarningIcon-foreground); }
.tooltip .info .codicon { color: var(--vscode-problemsInfoIcon-foreground); }
.palette { position: absolute; top: 8px; left: 50%; transform: translateX(-50%); width: min(520px, calc(100% - 24px)); z-index: 6; border-radius: 6px; overflow: hidden;
  background: var(--vscode-quickInput-background); color: var(--vscode-quickInput-foreground);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-editorWidget-border))); box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent); }
.palette .field { padding: 6px; }
.palette input { box-sizing: border-box; width: 100%; height: 26px; padding: 0 8px; font: inherit; border-radius: 3px;
  background: var(--vscode-input-background); color: var(--vscode-input-foreground); border: 1px solid var(--vscode-input-border, transparent); }
.palette input::placeholder { color: var(--vscode-input-placeholderForeground); }
.palette [role=listbox] { max-height: 320px; overflow: auto; padding: 0 4px 4px; }
.palette [role=option] { display: flex; align-items: center; gap: 6px; height: 22px; padding: 0 8px; border-radius: 3px; cursor: pointer; white-space: nowrap; border: 1px solid transparent; }
.palette [role=option] .detail { margin-left: auto; padding-left: 16px; color: var(--vscode-descriptionForeground); overflow: hidden; text-overflow: ellipsis; font-size: 12px; }
.palette [role=option] mark { background: none; color: var(--vscode-list-highlightForeground); font-weight: 600; }
.palette [role=option]:hover { background: var(--vscode-list-hoverBackground); }
.palette [role=option][aria-selected=true] { background: var(--vscode-list-activeSelectionBackground); color: var(--vscode-list-activeSelectionForeground, inherit);
  border-color: var(--vscode-contrastActiveBorder, transparent); }
.palette [role=option][aria-selected=true] .detail { color: inherit; opacity: .85; }
.palette [role=option][aria-selected=true] mark { color: inherit; text-decoration: underline; }
.palette .none { padding: 4px 12px 10px; color: var(--vscode-descriptionForeground); }
.page { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 12px; text-align: center; padding: 20px; line-height: 1.5; z-index: 3;
  background: var(--vscode-editor-background); }
.sidebar .page { background: var(--vscode-sideBar-background, var(--vscode-editor-background)); place-content: start stretch; justify-items: stretch; text-align: left; }
.page .codicon.large { font-size: 40px; color: var(--vscode-descriptionForeground); }
.page .codicon-error.large { color: var(--vscode-problemsErrorIcon-foreground, var(--vscode-errorForeground)); }
.sidebar .page .codicon.large { display: none; }
/* Without a picture there is nothing to choose a view or a part of. */
#app:has(> .page:not([data-page=no-match])) .bar { display: none; }
.page h2 { margin: 0; font-size: 15px; font-weight: 600; }
.sidebar .page h2 { font-size: 13px; font-weight: 400; }
.page p { margin: 0; max-width: 460px; color: var(--vscode-descriptionForeground); }
.page button { padding: 5px 14px; border-radius: 3px; border: 1px solid var(--vscode-button-border, transparent); background: var(--vscode-button-background); color: var(--vscode-button-foreground);
  font: inherit; cursor: pointer; }
.page button:hover { background: var(--vscode-button-hoverBackground); }
.page .progress { width: 200px; height: 2px; background: var(--vscode-editorWidget-border); overflow: hidden; }
.page .progress::after { content: ''; display: block; width: 40%; height: 100%; background: var(--vscode-progressBar-background); animation: slide 1.2s infinite ease-in-out; }
@keyframes slide { from { transform: translateX(-100%); } to { transform: translateX(250%); } }
@media (prefers-reduced-motion: reduce) { .page .progress::after { animation: none; width: 100%; } }
.vscode-reduce-motion .page .progress::after { animation: none; width: 100%; }
.banner { position: absolute; left: 12px; top: 46px; max-width: calc(100% - 320px); display: flex; gap: 6px; align-items: center; padding: 4px 8px; border-radius: 4px; font-size: 12px; z-index: 2;
  background: var(--vscode-editorWidget-background); border: 1px solid var(--vscode-editorWidget-border); }
.banner .codicon { color: var(--vscode-problemsWarningIcon-foreground); }
.sidebar .banner { max-width: calc(100% - 24px); top: auto; bottom: 34px; }
.sidebar .toolbar { top: 4px; right: 4px; }

.bar { position: absolute; left: 12px; top: 8px; right: 300px; display: flex; flex-wrap: wrap; gap: 4px; align-items: center; z-index: 4; font-size: 12px; pointer-events: none; }
.bar > * { pointer-events: auto; }
.bar .views, .bar > button, .chip { background: var(--vscode-editorWidget-background); color: var(--vscode-editorWidget-foreground, inherit);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border, transparent)); border-radius: 5px; }
.bar .views { position: relative; display: flex; gap: 1px; align-items: center; padding: 2px; }
.bar button { height: 24px; padding: 0; min-width: 24px; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; cursor: pointer; font: inherit; }
.bar > button.icon { display: grid; place-items: center; width: 30px; height: 30px; }
.bar button.view { display: flex; gap: 5px; align-items: center; padding: 0 4px 0 6px; }
.bar button.view .name { max-width: 220px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar button.view .modified { margin-left: -5px; color: var(--vscode-descriptionForeground); font-style: italic; }
.bar button:hover { background: var(--vscode-toolbar-hoverBackground); outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent); outline-offset: -1px; }
.bar .menu { top: 34px; left: -1px; right: auto; }
.chips { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
.chip { display: flex; gap: 4px; align-items: center; padding: 2px 2px 2px 8px; border-color: var(--vscode-contrastBorder, var(--vscode-focusBorder)); }
.chip b { font-weight: 600; max-width: 260px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip .count, .filter .count { color: var(--vscode-descriptionForeground); font-variant-numeric: tabular-nums; }
.dialog, .filter { position: absolute; left: 12px; top: 46px; z-index: 6; padding: 10px 12px; border-radius: 6px; font-size: 12px; width: min(300px, calc(100% - 48px));
  background: var(--vscode-editorWidget-background); color: var(--vscode-editorWidget-foreground, inherit);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.dialog { display: grid; gap: 8px; }
.dialog p { margin: 0; line-height: 1.45; color: var(--vscode-descriptionForeground); }
.dialog input, .dialog select, .filter input[type=text] { box-sizing: border-box; width: 100%; height: 26px; padding: 0 8px; font: inherit; border-radius: 3px;
  background: var(--vscode-input-background); color: var(--vscode-input-foreground); border: 1px solid var(--vscode-input-border, transparent); }
.dialog input:focus, .dialog select:focus, .filter input[type=text]:focus, .palette input:focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.dialog .buttons { display: flex; gap: 6px; justify-content: flex-end; flex-direction: row-reverse; }
.dialog button { padding: 4px 12px; border-radius: 3px; border: 1px solid var(--vscode-button-border, transparent); font: inherit; cursor: pointer;
  background: var(--vscode-button-secondaryBackground, transparent); color: var(--vscode-button-secondaryForeground, inherit); }
.dialog button.primary { background: var(--vscode-button-background); color: var(--vscode-button-foreground); }
.dialog button:disabled { opacity: .5; cursor: default; }
.filter { max-height: calc(100% - 110px); display: flex; flex-direction: column; gap: 6px; box-sizing: border-box; }
.filter .title { display: flex; justify-content: space-between; align-items: center; }
.filter .title button { width: 22px; height: 22px; padding: 0; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; cursor: pointer; display: grid; place-items: center; }
.filter .sections { overflow: auto; display: grid; gap: 8px; }
.filter fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.filter legend { padding: 2px 0; color: var(--vscode-descriptionForeground); font-size: 11px; }
.filter label { display: flex; gap: 6px; align-items: center; height: 22px; padding: 0 4px; border-radius: 3px; cursor: pointer; }
.filter label:hover { background: var(--vscode-list-hoverBackground); }
.filter label .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.filter label .count { margin-left: auto; padding-left: 8px; }
.filter label input { accent-color: var(--vscode-focusBorder); margin: 0; flex: none; }
.chip button, .paths .title button, .legend .title button { width: 22px; height: 22px; padding: 0; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; cursor: pointer; display: grid; place-items: center; }
.chip button:hover, .paths .title button:hover, .legend .title button:hover { background: var(--vscode-toolbar-hoverBackground); }
.chip button:disabled { opacity: .4; cursor: default; }
.paths, .legend { position: absolute; z-index: 3; padding: 8px; border-radius: 6px; font-size: 12px; overflow: auto;
  background: var(--vscode-editorWidget-background); color: var(--vscode-editorWidget-foreground, inherit);
  border: 1px solid var(--vscode-contrastBorder, var(--vscode-editorWidget-border)); box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent); }
.paths { left: 12px; top: 46px; width: min(360px, calc(100% - 24px)); max-height: calc(100% - 84px); box-sizing: border-box; }
.legend { right: 12px; top: 44px; max-height: calc(100% - 90px); }
.paths .title, .legend .title { display: flex; justify-content: space-between; align-items: center; padding-left: 6px; margin-bottom: 4px; }
.paths p { margin: 4px 6px; color: var(--vscode-descriptionForeground); }
.paths .path { display: block; width: 100%; padding: 5px 6px; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; line-height: 1.5; }
.paths .path[aria-disabled] { cursor: default; }
.paths .way { display: flex; align-items: start; }
.paths .way .copy { flex: none; width: 22px; height: 22px; margin-top: 4px; padding: 0; border: 1px solid transparent; border-radius: 4px; background: none; color: inherit; cursor: pointer; display: grid; place-items: center; }
.paths .way .copy:hover { background: var(--vscode-toolbar-hoverBackground); }
.paths .path > * { display: block; overflow-wrap: anywhere; }
.paths .path code { font-family: var(--vscode-editor-font-family, monospace); font-size: 11px; padding: 0; background: none; color: var(--vscode-descriptionForeground); }
.paths .secondary { color: var(--vscode-descriptionForeground); font-size: 11px; }
.paths .path:hover { background: var(--vscode-list-hoverBackground); }
.paths .path:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.legend dl { display: grid; grid-template-columns: 48px 1fr; gap: 4px 14px; margin: 4px 6px 8px; align-items: center; }
.legend .keys { grid-template-columns: auto 1fr; }
.legend dt, .legend dd { margin: 0; }
.legend h3 { margin: 10px 6px 2px; font-size: 11px; font-weight: 600; color: var(--vscode-descriptionForeground); }
.legend .sign { width: 48px; text-align: center; font-weight: 600; }
.legend .keys dt { color: var(--vscode-descriptionForeground); }
.legend svg { display: block; fill: none; stroke: currentColor; stroke-width: 1.3; }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
/* Beside an editor at 200 % zoom: the view's bar goes below the toolbar, and what opens below both. */
@media (max-width: 480px) {
  .bar { top: 46px; right: 12px; }
  .bar .views, .bar button.view { max-width: 100%; min-width: 0; }
  .side, .paths, .legend, .filter, .dialog, .banner { top: 84px; z-index: 5; max-width: calc(100% - 24px); max-height: calc(100% - 94px); }
}
@media (max-width: 290px) {
  .toolbar .zoom { display: none; }
}
`;
