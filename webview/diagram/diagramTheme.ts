/** The diagram's colours from the editor's theme: each of the four kinds is designed, none derived from another. */
import { moduleColoursFor, type DiagramColours } from '../../src/core/diagram/colours';
import { readColours, readThemeKind } from '../shared/theme';

export function readDiagramColours(mode: 'panel' | 'sidebar'): DiagramColours {
  const colour = readColours();
  const kind = readThemeKind();
  const dark = kind === 'dark' || kind === 'hc-dark';
  const highContrast = kind === 'hc-dark' || kind === 'hc-light';
  const ink = colour('foreground', dark ? '#cccccc' : '#3b3b3b');
  const paper = dark ? '#1f1f1f' : '#ffffff';
  const background = colour(mode === 'sidebar' ? ['sideBar-background', 'editor-background'] : 'editor-background', paper);
  const contrastBorder = colour('contrastBorder', ink);
  const warning = colour(['problemsWarningIcon-foreground', 'editorWarning-foreground'], '#cca700');
  return {
    background,
    surface: highContrast ? background : dark ? colour('editorWidget-background', '#252526') : colour('editor-background', '#ffffff'),
    border: highContrast ? contrastBorder : dark ? '#454549' : '#c9c9ce',
    text: colour(['editor-foreground', 'foreground'], ink),
    secondary: colour('descriptionForeground', dark ? '#9d9d9d' : '#616161'),
    dim: highContrast ? ink : colour('descriptionForeground', dark ? '#8b8b8b' : '#717171'),
    primaryKey: highContrast ? colour('charts-yellow', ink) : dark ? '#e2b86b' : '#8a5a00',
    foreignKey: highContrast ? colour('charts-blue', ink) : dark ? '#6cb6ff' : '#0063b1',
    unique: highContrast ? colour('charts-green', ink) : dark ? '#7fce8d' : '#2c7a35',
    edge: highContrast ? ink : dark ? '#85858b' : '#85858c',
    edgeActive: highContrast ? colour('focusBorder', ink) : colour(['textLink-foreground', 'focusBorder'], '#4daafc'),
    selection: colour('focusBorder', '#0078d4'),
    hover: highContrast ? colour('focusBorder', ink) : dark ? '#77777d' : '#8d8d95',
    heat: colour(['charts-red', 'errorForeground'], '#f14c4c'),
    heatSurface: highContrast ? background : dark ? '#4a1f20' : '#fde7e6',
    heatText: highContrast ? ink : dark ? '#ffd7d5' : '#8c1410',
    error: colour(['problemsErrorIcon-foreground', 'editorError-foreground'], '#f14c4c'),
    warning,
    info: colour(['problemsInfoIcon-foreground', 'editorInfo-foreground'], '#3794ff'),
    match: colour('list-highlightForeground', warning),
    modules: moduleColoursFor(kind, ink, contrastBorder),
    highContrast,
  };
}
