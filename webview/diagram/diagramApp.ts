/** Puts the diagram's program together: what is shown, what changes it, and the page around it. */
import type { DiagramMode } from '../../src/protocol/diagramPanel';
import { watchTheme } from '../shared/theme';
import { Arranging } from './arranging';
import { centreOn } from './camera';
import { Commands } from './commands';
import { Diagram, type DiagramHost } from './diagram';
import { EditHistory } from './editHistory';
import { createFeatures } from './features';
import { listenToKeys } from './keyboard';
import { createLayoutKeeper } from './layoutKeeper';
import { listenToMessages } from './messages';
import { createPageParts } from './pageParts';
import { listenToPointer } from './pointing';
import type { DiagramFeature, DiagramProgram } from './program';
import { Searching } from './searching';

/** Starts the program in its root element; posts `ready` when it can be sent a model. */
export function startDiagram(root: HTMLElement, host: DiagramHost, mode: DiagramMode, workerUri: string): void {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return host.post({ type: 'failed', message: 'The diagram needs a canvas, and this window has none.' });
  const diagram = new Diagram(root, host, mode, context);
  const program = createProgram(diagram, workerUri);
  listenToPointer(program);
  listenToKeys(program);
  listenToMessages(program);
  window.addEventListener('pagehide', () => diagram.save());
  watchTheme(() => {
    if (diagram.stage.retheme()) void program.arranging.layOut(null);
  });
  new ResizeObserver(() => program.arranging.onResize()).observe(root);
  diagram.describe();
  host.post({ type: 'ready' });
}

function createProgram(diagram: Diagram, workerUri: string): DiagramProgram {
  const { root, host, mode, stage } = diagram;
  const arranging = new Arranging(diagram, createLayoutKeeper(workerUri, mode));
  const searching = new Searching(diagram, arranging);
  const history = new EditHistory(diagram, (step) => void arranging.showAgain(step));
  arranging.beforeChange = ({ filter }) => history.keep(filter && filter.text !== diagram.view.filter.text ? 'the filter is typed' : null);
  const features: DiagramFeature[] = [];
  const commands = new Commands(diagram, arranging, searching, history, features);
  const program: DiagramProgram = { diagram, arranging, searching, history, commands, features, onViewChange: [] };
  diagram.onViewChange = () => program.onViewChange.forEach((listener) => listener());
  diagram.onDraw = () => features.forEach((feature) => feature.drawn?.());
  diagram.onShowEverything = () => void arranging.showEverything();
  const parts = createPageParts(root, stage.canvas, mode, {
    runCommand: (command) => commands.run(command),
    resetZoom: () => stage.resetZoom(),
    openPanel: () => host.post({ type: 'openPanel', entity: diagram.focus }),
    centreOn: (point) => stage.moveTo(centreOn(point, stage.view, stage.camera.scale)),
    focusTable: (table) => diagram.selectTable(table, null, 'nudge'),
    focusEdge: (edge) => diagram.selectEdge(edge),
    previewMatch: (match) => searching.preview(match),
    chooseMatch: (match) => searching.choose(match),
    cancelSearch: () => searching.cancel(),
    pointAtPath: (path) => searching.pointAtPath(path),
    commands: () => commands.list(),
    exportItems: () => features.flatMap((feature) => feature.exportItems?.() ?? []),
    furtherItems: () => features.flatMap((feature) => feature.toolbarItems?.() ?? []),
    focusBack: () => diagram.focusBack(),
  });
  diagram.attach(parts);
  features.push(...createFeatures(program));
  parts.toolbar.offerFurther();
  for (const feature of features) if (feature.root) root.append(feature.root);
  diagram.onViewChange();
  return program;
}
