/** A module's name from afar, where it is what the module is known by. */
import { fonts, moduleNameX, type Painter } from '../../src/core/diagram/paint';
import { moduleGap, moduleHeader, modulePadding } from '../../src/core/diagram/layoutDiagram';
import type { SceneModule } from '../../src/core/diagram/scene';
import { fitText } from '../../src/core/diagram/tableShape';
import type { Frame } from './drawFrame';

/** From afar a module's name reaches this far out of its frame, in pixels of the screen. */
export const farNameReach = 16;

/** As far above a frame there is nothing: a gap, and the padding of the frame beyond. */
const moduleReach = moduleGap + modulePadding;

/** From afar a module is its name: as large as on a map, over the boxes, cut to its container's width. */
export function drawModuleName(context: CanvasRenderingContext2D, painter: Painter, module: SceneModule, frame: Frame): void {
  const { colours, camera, fontFamily } = frame;
  const width = module.width * camera.scale;
  if (width < 44) return;
  const size = width < 110 ? 10 : 12;
  const name = fitText(module.name, ((width - 12) * fonts.module.size) / size, 'module', painter.measure);
  const textWidth = (painter.measure(name, 'module') * size) / fonts.module.size;
  const unit = 1 / camera.scale;
  const inside = moduleHeader * camera.scale >= size + 4;
  const x = inside ? moduleNameX(module, textWidth * unit, 8 * unit) : module.x + 8 * unit;
  // Where the frame's head is too low, the name reaches over it into the gap to the next module, rather than over the tables.
  const y = inside ? module.y + moduleHeader / 2 : module.y + Math.max(moduleHeader - (size / 2 + 2) * unit, (size / 2 + 2) * unit - moduleReach);
  if (!inside) {
    context.globalAlpha = 0.82;
    context.fillStyle = colours.background;
    context.fillRect(module.x + 3 * unit, y - (size / 2 + 2) * unit, (textWidth + 10) * unit, (size + 4) * unit);
    context.globalAlpha = 1;
  }
  context.font = `600 ${size * unit}px ${fontFamily}`;
  context.textAlign = 'left';
  context.fillStyle = colours.modules[module.colour]?.containerText ?? colours.text;
  context.fillText(name, x, y);
}
