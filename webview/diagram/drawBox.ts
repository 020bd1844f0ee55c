/** Boxes in the detail that the zoom allows: whole, with their keys, as names, as dots. */
import type { DiagramColours } from '../../src/core/diagram/colours';
import type { Detail } from '../../src/core/diagram/detail';
import type { Point } from '../../src/core/diagram/geometry';
import { paintHiddenMark } from '../../src/core/diagram/hiddenMark';
import { fonts, type Painter } from '../../src/core/diagram/paint';
import { paintBox, paintFrame, paintRow, type BoxState } from '../../src/core/diagram/paintBox';
import { worstProblem, type Severity } from '../../src/core/diagram/problemMarks';
import type { SceneBox } from '../../src/core/diagram/scene';
import { fitText, headerHeight, rowCentre, type TableShape } from '../../src/core/diagram/tableShape';
import { cutName, lineOffset, wrapName, type WrappedName } from '../../src/core/diagram/wrapName';
import type { Frame } from './drawFrame';

export function drawBox(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, detail: Detail, state: BoxState): void {
  switch (detail) {
    case 'all':
      return paintBox(painter, box, frame.colours, state);
    case 'keys':
      return drawKeys(context, painter, frame, box, state);
    case 'names':
      return drawName(context, painter, frame, box, state);
    case 'dots':
      return drawDot(context, frame, box, state);
  }
}

/** The header in larger letters, keys in their place, other columns as faint bars. */
function drawKeys(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, state: BoxState): void {
  const { colours, fontFamily } = frame;
  paintFrame(painter, box, colours, state);
  const own = colours.modules[box.colour];
  context.font = `600 19px ${fontFamily}`;
  context.textAlign = 'left';
  context.fillStyle = own?.headerText ?? colours.text;
  const name = fitText(box.shape.name, (box.width - 24) * (fonts.name.size / 19), 'name', painter.measure);
  context.fillText(name, box.x + 10, box.y + headerHeight / 2 + 1);
  const { globalAlpha } = context;
  box.shape.rows.forEach((row, index) => {
    if (row.mark !== '' || row.property === state.property) {
      paintRow(painter, box, index, colours, state);
      return;
    }
    // A high-contrast border is meant to be seen from afar; the bars stand back behind the keys.
    context.fillStyle = colours.highContrast ? colours.text : colours.border;
    context.globalAlpha = globalAlpha * (colours.highContrast ? 0.35 : 1);
    context.fillRect(box.x + 48, box.y + rowCentre(index) - 3, Math.min(box.width - 70, painter.measure(row.label, 'label')), 6);
    context.globalAlpha = globalAlpha;
  });
  paintHiddenMark(painter, box, colours, state.hovered);
  markProblem(context, frame, box);
}

function drawName(context: CanvasRenderingContext2D, painter: Painter, frame: Frame, box: SceneBox, state: BoxState): void {
  const { colours, camera, fontFamily } = frame;
  drawDot(context, frame, box, state);
  const name = nameAt(box, camera.scale, painter);
  const { lines } = name;
  if (lines.length > 0) {
    context.font = `600 ${name.size}px ${fontFamily}`;
    context.textAlign = 'center';
    context.fillStyle = colours.highContrast ? colours.text : (colours.modules[box.colour]?.headerText ?? colours.text);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 + 1];
    lines.forEach((line, index) => context.fillText(line, x, y + lineOffset(index, name), box.width - 12));
  }
  markProblem(context, frame, box);
}

/** In pixels on the screen: smaller letters are no longer read, larger ones than wanted are not needed. */
const smallestLetters = 5.5;
const wantedLetters = 9;

/** The whole name where it can be read, else as much of it as fits. */
function nameAt(box: SceneBox, scale: number, painter: Painter): WrappedName {
  const { lines, size: largest } = wrapped(box, painter);
  const size = Math.min(largest, Math.max(44, wantedLetters / scale));
  return size * scale >= smallestLetters ? { lines, size } : cut(box, smallestLetters / scale, painter);
}

const cutNames = new WeakMap<TableShape, WrappedName>();

function cut({ shape }: SceneBox, size: number, { measure }: Painter): WrappedName {
  const known = cutNames.get(shape);
  if (known?.size === size) return known;
  // A box that is but a header may be a little lower than the letters.
  const room = { width: shape.width - 8, height: shape.height };
  const name = { size, lines: cutName(shape.name, room, size, (text) => measure(text, 'name') / fonts.name.size) };
  cutNames.set(shape, name);
  return name;
}

const wrappedNames = new WeakMap<TableShape, WrappedName>();

function wrapped({ shape }: SceneBox, { measure }: Painter): WrappedName {
  const known = wrappedNames.get(shape);
  if (known) return known;
  const room = { width: shape.width - 16, height: shape.height * 0.85 };
  const name = wrapName(shape.name, room, Infinity, (text) => measure(text, 'name') / fonts.name.size);
  wrappedNames.set(shape, name);
  return name;
}

function drawDot(context: CanvasRenderingContext2D, { colours, camera }: Frame, box: SceneBox, state: BoxState): void {
  const own = colours.modules[box.colour];
  context.fillStyle = colours.highContrast ? colours.surface : camera.scale < 0.07 ? (own?.dot ?? colours.border) : (own?.header ?? colours.surface);
  context.fillRect(box.x, box.y, box.width, box.height);
  if (!state.selected && !state.hovered && !colours.highContrast) return;
  context.strokeStyle = state.selected ? colours.selection : state.hovered ? colours.hover : colours.border;
  context.lineWidth = (state.selected ? 2.5 : 1) / camera.scale;
  context.strokeRect(box.x, box.y, box.width, box.height);
}

function markProblem(context: CanvasRenderingContext2D, { colours, camera }: Frame, box: SceneBox): void {
  if (box.problems.length === 0) return;
  const severity = box.problems.reduce<'error' | 'warning' | 'info'>(
    (worst, problem) => (problem.severity === 'error' || worst === 'info' ? problem.severity : worst),
    worstProblem(box, null) ?? 'info',
  );
  drawSeverity(context, { x: box.x + box.width - 4, y: box.y + 4 }, 4 / Math.max(0.3, camera.scale), severity, colours);
}

/** The signs of problems in small: a crossed disc, a triangle, a disc. Colour alone would not tell them apart. */
function drawSeverity(context: CanvasRenderingContext2D, { x, y }: Point, radius: number, severity: Severity, colours: DiagramColours): void {
  context.fillStyle = colours[severity];
  context.beginPath();
  if (severity === 'warning') {
    context.moveTo(x, y - radius * 1.2);
    context.lineTo(x + radius * 1.2, y + radius * 0.9);
    context.lineTo(x - radius * 1.2, y + radius * 0.9);
  } else context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  if (severity !== 'error') return;
  const arm = radius * 0.45;
  context.strokeStyle = colours.background;
  context.lineWidth = radius / 3;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x - arm, y + arm);
  context.lineTo(x + arm, y - arm);
  context.stroke();
}
