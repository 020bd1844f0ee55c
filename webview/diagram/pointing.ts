/** What mouse, pen and touch do: hover tells, click selects, double click opens, drag moves a table, the right button opens the menu. */
import type { Point } from '../../src/core/diagram/geometry';
import type { Hit } from '../../src/core/diagram/hitTest';
import { listenToGestures } from './gestures';
import { openContextMenu } from './openContextMenu';
import { openSourceOf } from './openSourceOf';
import type { DiagramProgram } from './program';
import { revealNeighbours } from './views/filtering';

export function listenToPointer(program: DiagramProgram): void {
  const { diagram, history } = program;
  const { stage, root } = diagram;
  const { canvas, tooltip } = diagram.parts;
  let dragged: string | null = null;

  const hover = (at: Point | null): void => {
    const hit: Hit = at === null ? { kind: 'nothing' } : stage.hitAt(at);
    const hovered = hit.kind === 'box' || hit.kind === 'hidden-mark' ? hit.box.id : null;
    const hoveredEdge = hit.kind === 'edge' ? hit.edge.edge.id : null;
    const hoveredProperty = hit.kind === 'box' ? (hit.row?.property ?? null) : null;
    canvas.classList.toggle('pointer', hovered !== null || hoveredEdge !== null);
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
    if (hit.kind !== 'box' || diagram.mode === 'sidebar') return false;
    history.keep();
    dragged = hit.box.id;
    stage.dragging = true;
    tooltip.hide();
    return true;
  };

  const drag = (dx: number, dy: number): void => {
    const corner = dragged === null ? undefined : diagram.positions.get(dragged);
    if (dragged === null || !corner) return;
    const { scale } = stage.camera;
    diagram.positions = new Map(diagram.positions).set(dragged, { x: corner.x + dx / scale, y: corner.y + dy / scale });
    diagram.rebuildPicture();
  };

  const endDrag = (dropped: boolean): void => {
    const corner = dragged === null ? undefined : diagram.positions.get(dragged);
    if (dragged !== null && corner) {
      diagram.positions = new Map(diagram.positions).set(dragged, { x: Math.round(corner.x), y: Math.round(corner.y) });
    }
    dragged = null;
    stage.dragging = false;
    if (!dropped) return history.drop();
    diagram.rebuildPicture();
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
