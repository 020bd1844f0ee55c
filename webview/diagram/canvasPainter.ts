/** Paints on a canvas, whose transformation is already set to the plane's units. */
import { fonts, type Painter, type RectStyle } from '../../src/core/diagram/paint';
import type { Point, Rect } from '../../src/core/diagram/geometry';
import type { MeasureText, TextStyle } from '../../src/core/diagram/tableShape';

export function createCanvasPainter(context: CanvasRenderingContext2D, fontFamily: string, measure: MeasureText): Painter {
  const fontOf = Object.fromEntries(Object.entries(fonts).map(([style, { size, weight }]) => [style, `${weight} ${size}px ${fontFamily}`])) as Record<
    TextStyle,
    string
  >;
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  return {
    measure,
    rect(rect, style) {
      tracePath(context, rect, style);
      if (style.fill !== undefined && style.fill !== 'transparent') {
        context.fillStyle = style.fill;
        context.fill();
      }
      if (style.stroke !== undefined) {
        context.strokeStyle = style.stroke;
        context.lineWidth = style.lineWidth ?? 1;
        if (style.dash) context.setLineDash([...style.dash]);
        context.stroke();
        if (style.dash) context.setLineDash([]);
      }
    },
    line(points, { stroke, lineWidth, dash, radius, fill }) {
      context.beginPath();
      traceLine(context, points, radius ?? 0);
      if (fill !== undefined) {
        context.fillStyle = fill;
        context.fill();
      }
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      if (dash) context.setLineDash([...dash]);
      context.stroke();
      if (dash) context.setLineDash([]);
    },
    circle({ x, y }, radius, { fill, stroke, lineWidth }) {
      context.beginPath();
      context.arc(x, y, radius, 0, Math.PI * 2);
      if (fill !== undefined) {
        context.fillStyle = fill;
        context.fill();
      }
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.stroke();
    },
    text(text, { x, y }, style, { colour, align }) {
      context.font = fontOf[style];
      context.fillStyle = colour;
      context.textAlign = align === 'centre' ? 'center' : (align ?? 'left');
      context.fillText(text, x, y + 0.5);
    },
  };
}

function tracePath(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, { radius, topOnly }: RectStyle): void {
  context.beginPath();
  if (radius === undefined || radius === 0) context.rect(x, y, width, height);
  else context.roundRect(x, y, width, height, topOnly === true ? [radius, radius, 0, 0] : radius);
}

/** A polyline with rounded corners. */
export function traceLine(context: CanvasRenderingContext2D | Path2D, points: readonly Point[], radius: number): void {
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (index === 0) context.moveTo(point.x, point.y);
    else if (radius > 0 && next) context.arcTo(point.x, point.y, next.x, next.y, cornerRadius(points[index - 1], point, next, radius));
    else context.lineTo(point.x, point.y);
  });
}

function cornerRadius(before: Point | undefined, point: Point, next: Point, radius: number): number {
  const lengthTo = (other: Point): number => Math.abs(other.x - point.x) + Math.abs(other.y - point.y);
  return Math.min(radius, (before ? lengthTo(before) : radius) / 2, lengthTo(next) / 2);
}

/** Measures with the canvas once per letter and style; texts are then summed, which is what makes 3,000 tables cheap. */
export function createMeasure(fontFamily: string): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  const widths = Object.fromEntries(Object.keys(fonts).map((style) => [style, new Map<string, number>()])) as Record<TextStyle, Map<string, number>>;
  return (text, style) => {
    let sum = 0;
    for (const letter of text) {
      let width = widths[style].get(letter);
      if (width === undefined) {
        if (context) context.font = `${fonts[style].weight} ${fonts[style].size}px ${fontFamily}`;
        width = context?.measureText(letter).width ?? 7;
        widths[style].set(letter, width);
      }
      sum += width;
    }
    return sum;
  };
}
