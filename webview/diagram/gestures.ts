/**
 * Pointer, wheel and touchpad habits of VS Code and drawing tools: wheel or two fingers pan, Ctrl/Cmd+wheel and pinch zoom, dragging
 * the ground or holding space pans, dragging a box moves it, a click selects, a double click opens.
 */
import type { Point } from '../../src/core/diagram/geometry';

export interface GestureEvents {
  /** Screen pixels. */
  onPan(dx: number, dy: number): void;
  onZoom(factor: number, at: Point): void;
  onHover(at: Point | null): void;
  onClick(at: Point, withModifier: boolean): void;
  onDoubleClick(at: Point): void;
  /** True where something that can be dragged lies at the point; it then gets the moves. */
  onDragStart(at: Point): boolean;
  onDrag(dx: number, dy: number): void;
  /** `dropped` is false where the gesture was given up. */
  onDragEnd(dropped: boolean): void;
  onContextMenu(at: Point): void;
}

/** Less movement than this is a click. */
const clickTolerance = 4;

export function listenToGestures(canvas: HTMLCanvasElement, events: GestureEvents): void {
  let pressed: { readonly at: Point; last: Point; mode: 'undecided' | 'pan' | 'drag'; readonly button: number } | null = null;
  let spaceHeld = false;
  const pointers = new Map<number, Point>();
  let pinchDistance = 0;

  const place = (event: MouseEvent): Point => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  canvas.addEventListener('pointerdown', (event) => {
    pointers.set(event.pointerId, place(event));
    if (pointers.size === 2) {
      pinchDistance = distanceOf(pointers);
      pressed = null;
      return;
    }
    if (event.button === 2) return;
    canvas.setPointerCapture(event.pointerId);
    pressed = { at: place(event), last: place(event), mode: 'undecided', button: event.button };
  });

  canvas.addEventListener('pointermove', (event) => {
    const at = place(event);
    if (pointers.has(event.pointerId)) pointers.set(event.pointerId, at);
    if (pointers.size === 2) {
      const distance = distanceOf(pointers);
      if (pinchDistance > 0) events.onZoom(distance / pinchDistance, middleOf(pointers));
      pinchDistance = distance;
      return;
    }
    if (!pressed) {
      events.onHover(at);
      return;
    }
    if (pressed.mode === 'undecided') {
      if (Math.hypot(at.x - pressed.at.x, at.y - pressed.at.y) < clickTolerance) return;
      const drags = !spaceHeld && pressed.button === 0 && events.onDragStart(pressed.at);
      pressed.mode = drags ? 'drag' : 'pan';
      canvas.classList.toggle('grabbing', true);
    }
    const dx = at.x - pressed.last.x;
    const dy = at.y - pressed.last.y;
    pressed.last = at;
    if (pressed.mode === 'drag') events.onDrag(dx, dy);
    else events.onPan(-dx, -dy);
  });

  const release = (event: PointerEvent, dropped: boolean): void => {
    pointers.delete(event.pointerId);
    pinchDistance = 0;
    canvas.classList.toggle('grabbing', false);
    const finished = pressed;
    pressed = null;
    if (finished?.mode === 'drag') events.onDragEnd(dropped);
    else if (finished?.mode === 'undecided' && dropped && finished.button === 0) events.onClick(place(event), event.ctrlKey || event.metaKey);
  };
  canvas.addEventListener('pointerup', (event) => release(event, true));
  canvas.addEventListener('pointercancel', (event) => release(event, false));
  canvas.addEventListener('pointerleave', () => events.onHover(null));
  canvas.addEventListener('dblclick', (event) => events.onDoubleClick(place(event)));
  canvas.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    events.onContextMenu(place(event));
  });

  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
      if (event.ctrlKey || event.metaKey) {
        // A pinch sends many small deltas, a wheel few large ones; the bound keeps one notch from leaping.
        events.onZoom(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * unit)) * 0.006), place(event));
      } else if (event.shiftKey && event.deltaX === 0) {
        events.onPan(event.deltaY * unit, 0);
      } else {
        events.onPan(event.deltaX * unit, event.deltaY * unit);
      }
    },
    { passive: false },
  );

  window.addEventListener('keydown', (event) => {
    if (event.code !== 'Space' || event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement) return;
    spaceHeld = true;
    canvas.classList.add('grab');
  });
  window.addEventListener('keyup', (event) => {
    if (event.code !== 'Space') return;
    spaceHeld = false;
    canvas.classList.remove('grab');
  });
}

function distanceOf(pointers: ReadonlyMap<number, Point>): number {
  const [a, b] = [...pointers.values()];
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

function middleOf(pointers: ReadonlyMap<number, Point>): Point {
  const [a, b] = [...pointers.values()];
  return a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : { x: 0, y: 0 };
}
