/** What mouse, pen and touch do: hover tells, click selects, double click opens, drag moves a table or a module, the right button opens the menu. */
import type { Point } from '../../src/core/diagram/geometry';
import type { Hit } from '../../src/core/diagram/hitTest';
import { listenToGestures } from './gestures';
import { movedFrom, moveTables, settleTables } from './moving';
import { openContextMenu } from './openContextMenu';
import { openSourceOf } from './openSourceOf';
import type { DiagramProgram } from './program';
import { revealNeighbours } from './views/filtering';

export function listenToPointer(program: DiagramProgram): void {
  const { diagram, history } = program;
  const { stage, root } = diagram;
  const { canvas, tooltip } = diagram.parts;
  let dragged: readonly string[] = [];

  const hover = (at: Point | null): void => {
    const hit: Hit = at === null ? { kind: 'nothing' } : stage.hitAt(at);
    const hovered = hit.kind === 'box' || hit.kind === 'hidden-mark' ? hit.box.id : null;
    const hoveredEdge = hit.kind === 'edge' ? hit.edge.edge.id : null;
    const hoveredProperty = hit.kind === 'box' ? (hit.row?.property ?? null) : null;
    canvas.classList.toggle('pointer', hovered !== null || hoveredEdge !== null);
    canvas.classList.toggle('move', at !== null && hit.kind === 'module' && movedFrom(diagram, hit, at).length > 0);
    if (at === null) tooltip.hide();
    else tooltip.show(hit, hit.kind === 'edge' ? diagram.picture.heatOf(hit.edge) : null, at, stage.view);
    const before = stage.interaction;
    if (hovered === before.hovered && hoveredEdge === before.hoveredEdge && hoveredProperty === before.hoveredProperty) return;
    stage.mark({ hovered, hoveredProperty, hoveredEdge });
  };

  const click = (at: Point): void => {
    const hit = stage.hitAt(at);
    if (hit.kind === 'box') {
      diagram.selectTable(hit.box.id, null, 'stay');
      diagram.focusMirror(hit.box.id);
      stage.mark({ selectedProperty: hit.row?.property ?? null });
    } else if (hit.kind === 'edge') {
      diagram.selectEdge(hit.edge.edge.id);
      diagram.focusMirroredEdge(hit.edge.edge.id);
      for (const feature of program.features) feature.click?.(hit, at);
    } else if (hit.kind === 'hidden-mark') {
      revealNeighbours(program, hit.box);
    } else {
      diagram.clearSelection();
      root.focus();
    }
  };

  const startDrag = (at: Point): boolean => {
    const hit = stage.hitAt(at);
    dragged = movedFrom(diagram, hit, at);
    if (dragged.length === 0) return false;
    history.keep();
    stage.dragging = true;
    tooltip.hide();
    return true;
  };

  const drag = (dx: number, dy: number): void => {
    const { scale } = stage.camera;
    moveTables(diagram, dragged, { x: dx / scale, y: dy / scale });
  };

  const endDrag = (dropped: boolean): void => {
    stage.dragging = false;
    const moved = dragged;
    dragged = [];
    if (!dropped) return history.drop();
    settleTables(diagram, moved);
    diagram.updateMirror();
    diagram.touchView();
  };

  listenToGestures(canvas, {
    onPan: (dx, dy) => stage.panBy(dx, dy),
    onZoom: (factor, at) => stage.zoomBy(factor, at),
    onHover: hover,
    onClick: (at, withModifier) => (withModifier ? openSourceOf(diagram, stage.hitAt(at)) : click(at)),
    onDoubleClick: (at) => openSourceOf(diagram, stage.hitAt(at)),
    onDragStart: startDrag,
    onDrag: drag,
    onDragEnd: endDrag,
    onContextMenu: (at) => openContextMenu(program, stage.hitAt(at), at),
  });
}
