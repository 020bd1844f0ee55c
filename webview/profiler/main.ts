/** Entry of the profiler webview. */
import type { FromProfiler, ToProfiler } from '../../src/protocol/profilerPanel';
import { connectHost } from '../shared/host';
import { ProfilerPanel } from './panel';
import type { PanelState } from './panelState';
import { styles } from './styles';

nameCodiconSheet();
if (styles.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, styles.styleSheet];
const panel = new ProfilerPanel();
panel.host = connectHost<ToProfiler, FromProfiler, PanelState>();
document.body.append(panel);

/** vscode-elements loads the icon font into its shadow roots from the link of this id. */
function nameCodiconSheet(): void {
  const sheet = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][href*="codicon.css"]');
  if (sheet && sheet.id === '') sheet.id = 'vscode-codicon-stylesheet';
}
