/** What the keys do; which key means what stands in `keys.ts`. */
import { showsPart } from '../../src/core/diagram/views/diagramView';
import { toPlane, toScreen } from './camera';
import { moveTables, tablesOfModule } from './moving';
import { keyActionOf, type KeyAction } from './keys';
import { openContextMenu } from './openContextMenu';
import { openSourceOf, openTable } from './openSourceOf';
import type { DiagramProgram } from './program';
import { directions, walk } from './walk';

const moveStep = 16;

/**
 * At the document, so before VS Code, which listens at the window: it keeps Ctrl+Z, Ctrl+F and Ctrl+S from the page, and what it
 * hears it does as well (on Windows Alt+← leaves the editor). What the diagram has done goes no further.
 */
export function listenToKeys(program: DiagramProgram): void {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.defaultPrevented || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
    if (target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
    const action = keyActionOf(event);
    const isDone = action ? act(program, action) : offerToFeatures(program, event);
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function offerToFeatures({ features }: DiagramProgram, event: KeyboardEvent): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  return features.some((feature) => feature.key?.(event) === true);
}

/** False where there was nothing to do, so that the browser may. */
function act(program: DiagramProgram, action: KeyAction): boolean {
  const { diagram, commands } = program;
  switch (action.kind) {
    case 'search':
    case 'fit':
    case 'zoomIn':
    case 'zoomOut':
    case 'undo':
    case 'redo':
      commands.run(action.kind);
      return true;
    case 'resetZoom':
      diagram.stage.resetZoom();
      return true;
    case 'save':
      commands.run('saveView');
      return true;
    case 'help':
      diagram.parts.legend.toggle();
      return true;
    case 'escape':
      return escape(program);
    case 'open':
      return openSelected(program);
    case 'menu':
      openMenu(program);
      return true;
    case 'move':
      return moveSelected(program, action.key, action.wholeModule);
    case 'walk':
      return walkOn(program, action.key, action.alongEdges);
  }
}

function escape({ diagram, arranging, features }: DiagramProgram): boolean {
  if (arranging.cancel()) return true;
  if (features.some((feature) => feature.escape?.() === true)) return true;
  const { selected, selectedEdge } = diagram.stage.interaction;
  if (selected === null && selectedEdge === null && showsPart(diagram.view)) void arranging.showEverything();
  else diagram.clearSelection();
  return true;
}

function openSelected({ diagram }: DiagramProgram): boolean {
  const { selected, selectedProperty, selectedEdge } = diagram.stage.interaction;
  const edge = diagram.findEdge(selectedEdge);
  const box = diagram.findBox(selected);
  if (edge) openSourceOf(diagram, { kind: 'edge', edge });
  else if (box) openTable(diagram, box, selectedProperty);
  return edge !== undefined || box !== undefined;
}

/** Of what is selected, else of the table that is shown with its neighbours, else of the ground. */
function openMenu(program: DiagramProgram): void {
  const { diagram } = program;
  const { stage, view } = diagram;
  const edge = diagram.findEdge(stage.interaction.selectedEdge);
  const box = edge?.from.box ?? diagram.findBox(stage.interaction.selected) ?? diagram.findBox(view.focus?.table ?? null);
  if (!box) return openContextMenu(program, { kind: 'nothing' }, stage.middle);
  const at = toScreen(stage.camera, { x: box.x + 20, y: box.y + 24 });
  openContextMenu(program, edge ? { kind: 'edge', edge } : { kind: 'box', box, row: null }, at);
}

/** What dragging is to the pointer. */
function moveSelected({ diagram, history }: DiagramProgram, key: string, wholeModule: boolean): boolean {
  const box = diagram.findBox(diagram.stage.interaction.selected);
  const direction = directions[key];
  if (!box || !direction || diagram.mode === 'sidebar') return false;
  history.keep();
  const moved = wholeModule ? tablesOfModule(diagram, box.table.module) : [box.id];
  moveTables(diagram, moved, { x: direction.x * moveStep, y: direction.y * moveStep });
  diagram.updateMirror();
  diagram.touchView();
  return true;
}

function walkOn({ diagram }: DiagramProgram, key: string, alongEdges: boolean): boolean {
  const { picture, stage } = diagram;
  const target = walk(picture, stage.interaction, key, alongEdges, toPlane(stage.camera, stage.middle));
  if (!target) return false;
  if (target.kind === 'table') {
    diagram.selectTable(target.id, null, 'nudge');
    diagram.focusMirror(target.id);
  } else {
    diagram.selectEdge(target.id);
    diagram.focusMirroredEdge(target.id);
  }
  return true;
}
