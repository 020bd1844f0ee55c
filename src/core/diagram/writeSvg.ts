/** SVG of a scene: text stays text, so it can be searched and read aloud; each box and edge is a titled group. */
import type { DiagramColours } from './colours';
import type { EdgeHeat } from './diagramModel';
import { inflate, type Point, type Rect } from './geometry';
import { fonts, type Painter, type RectStyle } from './paint';
import { countItems, sceneItems } from './paintScene';
import { createEdgeRouter, type EdgeRouter } from './routeEdges';
import type { Scene, SceneEdge } from './scene';
import { withoutRest } from './steps';
import type { MeasureText, TextStyle } from './tableShape';

export interface SvgOptions {
  readonly fontFamily?: string;
  /** Routes that are known already. */
  readonly router?: EdgeRouter;
  readonly heatOf?: (edge: SceneEdge) => EdgeHeat | null;
}

const margin = 24;

/** A complete SVG document, ended by a newline. */
export function sceneToSvg(scene: Scene, colours: DiagramColours, measure: MeasureText, options: SvgOptions = {}): string {
  return withoutRest(svgInSteps(scene, colours, measure, options)).join('\n');
}

/**
 * The same with rests, after each thing that is drawn at the latest, at which it tells which part of them is done (0–1) and may be given up.
 * Returns the document's lines.
 */
export function* svgInSteps(
  scene: Scene,
  colours: DiagramColours,
  measure: MeasureText,
  options: SvgOptions = {},
): Generator<number, readonly string[]> {
  const { router = createEdgeRouter(scene), heatOf = () => null, fontFamily = defaultFontFamily } = options;
  const area = inflate(scene.bounds, margin);
  const parts: string[] = [];
  const painter = createSvgPainter(parts, measure);
  const count = countItems(scene);
  let drawn = 0;
  for (const item of sceneItems(scene, { colours, router, measure, heatOf })) {
    if (item === 'rest') {
      yield drawn / count;
      continue;
    }
    parts.push(`<g><title>${escapeXml(item.title)}</title>`);
    item.paint(painter);
    parts.push('</g>');
    yield ++drawn / count;
  }
  const box = [area.x, area.y, area.width, area.height].map(round).join(' ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(area.width)}" height="${round(area.height)}" viewBox="${box}" role="img" font-family="${escapeXml(fontFamily)}">`,
    `<title>Entity relationship diagram</title>`,
    `<style>${Object.entries(fonts)
      .map(([style, { size, weight }]) => `.${style}{font-size:${size}px;font-weight:${weight}}`)
      .join('')}text{dominant-baseline:central;white-space:pre}</style>`,
    `<rect x="${round(area.x)}" y="${round(area.y)}" width="${round(area.width)}" height="${round(area.height)}" fill="${colours.background}"/>`,
    ...parts,
    '</svg>',
    '',
  ];
}

const defaultFontFamily = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

function createSvgPainter(parts: string[], measure: MeasureText): Painter {
  return {
    measure,
    rect: (rect, style) => parts.push(rectElement(rect, style)),
    line(points, { stroke, lineWidth, dash, radius, fill }) {
      const attributes = [`d="${pathData(points, radius ?? 0)}"`, `fill="${fill ?? 'none'}"`, `stroke="${stroke}"`, `stroke-width="${lineWidth}"`];
      if (dash) attributes.push(`stroke-dasharray="${dash.join(' ')}"`);
      parts.push(`<path ${attributes.join(' ')}/>`);
    },
    circle({ x, y }, radius, { fill, stroke, lineWidth }) {
      parts.push(`<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${fill ?? 'none'}" stroke="${stroke}" stroke-width="${lineWidth}"/>`);
    },
    text(text, { x, y }, style: TextStyle, { colour, align }) {
      const anchor = align === 'right' ? ' text-anchor="end"' : align === 'centre' ? ' text-anchor="middle"' : '';
      parts.push(`<text x="${round(x)}" y="${round(y)}" class="${style}" fill="${colour}"${anchor}>${escapeXml(text)}</text>`);
    },
  };
}

function rectElement({ x, y, width, height }: Rect, { fill, stroke, lineWidth, radius, topOnly, dash }: RectStyle): string {
  const paint = [`fill="${fill === undefined || fill === 'transparent' ? 'none' : fill}"`];
  if (stroke !== undefined) paint.push(`stroke="${stroke}" stroke-width="${lineWidth ?? 1}"`);
  if (dash) paint.push(`stroke-dasharray="${dash.join(' ')}"`);
  if (topOnly === true && radius !== undefined) {
    const data = `M${round(x)} ${round(y + height)}v${round(radius - height)}q0 ${-radius} ${radius} ${-radius}h${round(width - 2 * radius)}q${radius} 0 ${radius} ${radius}v${round(height - radius)}z`;
    return `<path d="${data}" ${paint.join(' ')}/>`;
  }
  const corners = radius === undefined ? '' : ` rx="${radius}"`;
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"${corners} ${paint.join(' ')}/>`;
}

function pathData(points: readonly Point[], radius: number): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${round(point.x)} ${round(point.y)}`;
      if (!after || radius === 0) return `L${round(point.x)} ${round(point.y)}`;
      const entry = towards(point, before, radius);
      const exit = towards(point, after, radius);
      return `L${round(entry.x)} ${round(entry.y)}Q${round(point.x)} ${round(point.y)} ${round(exit.x)} ${round(exit.y)}`;
    })
    .join('');
}

/** The point at most `radius` from a corner, and at most half way, towards another. */
function towards(corner: Point, other: Point, radius: number): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
  const part = Math.min(radius, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * part, y: corner.y + (other.y - corner.y) * part };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Control characters have no place in XML, escaped or not. */
function escapeXml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]+/gu, ' ').replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
