/** The handle at the selected table's upper right corner, above where edges end and their names stand: drag it to another table to relate the two, press it to choose the other table from a list. */
import { toScreen } from '../camera';
import type { Diagram } from '../diagram';
import { element, icon } from '../dom';
import { nameOfTable } from './names';

export interface RelateHandle {
  readonly root: HTMLElement;
  /** Keeps to the selected table after each frame. */
  place(): void;
}

/** Smaller than this a table is too far away to aim at. */
const smallestScale = 0.3;
/** Less movement than this is a press. */
const pressTolerance = 4;

/** @param onRelate `to` is null where the other table is still to be chosen. */
export function createRelateHandle(diagram: Diagram, onRelate: (from: string, to: string | null) => void): RelateHandle {
  const button = element('button', { type: 'button', class: 'relate-handle' }, [icon('add')]);
  button.hidden = true;
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  line.setAttribute('class', 'relate-line');
  line.setAttribute('aria-hidden', 'true');
  line.innerHTML = '<path />';
  line.style.display = 'none';
  const root = element('div', {}, [line, button]);
  let from: string | null = null;
  let start: { readonly x: number; readonly y: number; moved: boolean } | null = null;

  const targetAt = (event: PointerEvent): string | null => {
    const { left, top } = diagram.root.getBoundingClientRect();
    const hit = diagram.stage.hitAt({ x: event.clientX - left, y: event.clientY - top });
    return hit.kind === 'box' ? hit.box.id : null;
  };
  const end = (): void => {
    start = null;
    line.style.display = 'none';
    diagram.stage.mark({ hovered: null });
  };
  button.addEventListener('pointerdown', (event) => {
    start = { x: event.clientX, y: event.clientY, moved: false };
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener('pointermove', (event) => {
    if (!start) return;
    const { left, top } = diagram.root.getBoundingClientRect();
    start.moved ||= Math.hypot(event.clientX - start.x, event.clientY - start.y) > pressTolerance;
    line.style.display = start.moved ? 'block' : 'none';
    line.querySelector('path')?.setAttribute('d', `M${start.x - left} ${start.y - top}L${event.clientX - left} ${event.clientY - top}`);
    diagram.stage.mark({ hovered: targetAt(event) });
  });
  button.addEventListener('pointerup', (event) => {
    const to = start?.moved === true ? targetAt(event) : null;
    const dragged = start?.moved === true;
    end();
    if (dragged && from !== null && to !== null) onRelate(from, to);
    // The press itself comes as a click, from keys as well as from the pointer.
    if (dragged) button.addEventListener('click', (click) => click.stopImmediatePropagation(), { once: true, capture: true });
  });
  button.addEventListener('pointercancel', end);
  button.addEventListener('click', () => from !== null && onRelate(from, null));

  return {
    root,
    place() {
      const { camera, interaction } = diagram.stage;
      const box = interaction.selected === null ? undefined : diagram.findBox(interaction.selected);
      const shows = box !== undefined && box.table.type !== 'view' && camera.scale >= smallestScale;
      button.hidden = !shows;
      if (!shows) return;
      if (from !== box.id) {
        from = box.id;
        const label = `Relate ${nameOfTable(diagram, box.id)} to another table: drag there, or press`;
        button.title = label;
        button.setAttribute('aria-label', label);
      }
      const { x, y } = toScreen(camera, { x: box.x + box.width, y: box.y });
      button.style.transform = `translate(${Math.round(x) + 1}px, ${Math.round(y) - 17}px)`;
    },
  };
}
