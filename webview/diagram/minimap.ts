/** The whole diagram in a corner, with the view's frame to drag. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import type { Point, Rect, Size } from '../../src/core/diagram/geometry';
import type { Scene } from '../../src/core/diagram/scene';
import { element } from './dom';

export interface Minimap {
  readonly root: HTMLElement;
  draw(scene: Scene, visible: Rect, colours: DiagramColours): void;
  hide(): void;
}

const largest: Size = { width: 180, height: 120 };
const padding = 6;

/** `onMove` is told the point of the plane that the view should be centred on. */
export function createMinimap(onMove: (to: Point) => void): Minimap {
  const canvas = element('canvas');
  const root = element('div', { class: 'minimap', 'aria-hidden': 'true' }, [canvas]);
  const context = canvas.getContext('2d');
  let backdrop: { readonly scene: Scene; readonly colours: DiagramColours; readonly image: HTMLCanvasElement } | null = null;
  let scale = 1;
  let origin: Point = { x: 0, y: 0 };

  const move = (event: PointerEvent): void => {
    const { left, top } = canvas.getBoundingClientRect();
    onMove({ x: origin.x + (event.clientX - left - padding) / scale, y: origin.y + (event.clientY - top - padding) / scale });
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    move(event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons === 1) move(event);
  });

  return {
    root,
    hide: () => (root.style.display = 'none'),
    draw(scene, visible, colours) {
      if (!context) return;
      root.style.display = '';
      if (backdrop?.scene !== scene || backdrop.colours !== colours) {
        const { bounds } = scene;
        scale = Math.min((largest.width - 2 * padding) / Math.max(1, bounds.width), (largest.height - 2 * padding) / Math.max(1, bounds.height));
        origin = bounds;
        const size = { width: Math.ceil(bounds.width * scale) + 2 * padding, height: Math.ceil(bounds.height * scale) + 2 * padding };
        backdrop = { scene, colours, image: drawBackdrop(scene, colours, size, scale) };
        canvas.width = size.width * devicePixelRatio;
        canvas.height = size.height * devicePixelRatio;
        canvas.style.width = `${size.width}px`;
        canvas.style.height = `${size.height}px`;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(backdrop.image, 0, 0);
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      context.strokeStyle = colours.selection;
      context.lineWidth = 1.5;
      const left = Math.max(1, padding + (visible.x - origin.x) * scale);
      const top = Math.max(1, padding + (visible.y - origin.y) * scale);
      const right = Math.min(canvas.width / devicePixelRatio - 1, padding + (visible.x + visible.width - origin.x) * scale);
      const bottom = Math.min(canvas.height / devicePixelRatio - 1, padding + (visible.y + visible.height - origin.y) * scale);
      context.strokeRect(left, top, Math.max(3, right - left), Math.max(3, bottom - top));
    },
  };
}

function drawBackdrop(scene: Scene, colours: DiagramColours, size: Size, scale: number): HTMLCanvasElement {
  const image = element('canvas');
  image.width = size.width * devicePixelRatio;
  image.height = size.height * devicePixelRatio;
  const context = image.getContext('2d');
  if (!context) return image;
  const place = ({ x, y, width, height }: Rect): [number, number, number, number] => [
    padding + (x - scene.bounds.x) * scale,
    padding + (y - scene.bounds.y) * scale,
    Math.max(1, width * scale),
    Math.max(1, height * scale),
  ];
  context.scale(devicePixelRatio, devicePixelRatio);
  for (const module of scene.modules) {
    const own = colours.modules[module.colour];
    context.fillStyle = own?.container ?? colours.surface;
    context.fillRect(...place(module));
    if (colours.highContrast) {
      context.strokeStyle = colours.border;
      context.lineWidth = 0.5;
      context.strokeRect(...place(module));
    }
  }
  for (const box of scene.boxes) {
    context.fillStyle = colours.modules[box.colour]?.dot ?? colours.border;
    context.fillRect(...place(box));
  }
  return image;
}
