/** Problems where the picture tells of them: which row, header or edge shows one, and the sign for it. */
import type { DiagramColours } from './colours';
import type { DiagramProblem } from './diagramModel';
import type { Point } from './geometry';
import type { Painter } from './paint';
import type { SceneBox, SceneEdge } from './scene';

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** The gravest problem of a row, or of the header where the property is null. */
export function worstProblem(box: SceneBox, property: string | null): Severity | null {
  const own = problemsAt(box, property);
  return severities.find((severity) => own.some((problem) => problem.severity === severity)) ?? null;
}

/** What a row tells of, or the header where the property is null. */
export function problemsAt(box: SceneBox, property: string | null): SceneBox['problems'] {
  const shown = new Set(box.shape.rows.map((row) => row.property));
  return box.problems.filter((problem) =>
    // A relation without a row of its own is told by its foreign key's row, else by the header.
    property === null
      ? problem.property === null || !hasRow(problem.property, shown)
      : problem.property === property || property.startsWith(`${problem.property ?? ' '}.`),
  );
}

function hasRow(property: string, shown: ReadonlySet<string | null>): boolean {
  return shown.has(property) || [...shown].some((row) => row !== null && row.startsWith(`${property}.`));
}

export function paintProblem(painter: Painter, { x, y }: Point, severity: Severity, colours: DiagramColours): void {
  const colour = colours[severity];
  if (severity === 'info') {
    painter.circle({ x, y }, 5, { stroke: colour, lineWidth: 1.2 });
  } else if (severity === 'error') {
    painter.circle({ x, y }, 5.5, { stroke: colour, lineWidth: 1.2 });
    painter.line([corner(x, y, -2.2, -2.2), corner(x, y, 2.2, 2.2)], { stroke: colour, lineWidth: 1.2 });
    painter.line([corner(x, y, -2.2, 2.2), corner(x, y, 2.2, -2.2)], { stroke: colour, lineWidth: 1.2 });
    return;
  } else {
    painter.line([corner(x, y, 0, -5.5), corner(x, y, 6, 5), corner(x, y, -6, 5), corner(x, y, 0, -5.5)], { stroke: colour, lineWidth: 1.2 });
  }
  painter.line([corner(x, y, 0, -2), corner(x, y, 0, 1.4)], { stroke: colour, lineWidth: 1.3 });
  painter.line([corner(x, y, 0, 2.8), corner(x, y, 0, 3.8)], { stroke: colour, lineWidth: 1.3 });
}

/** Problems of the relation that an edge stands for, at either end. */
export function problemsOf({ from, to }: SceneEdge): DiagramProblem[] {
  if (from.box.problems.length === 0 && to.box.problems.length === 0) return [];
  const at = ({ box, end }: SceneEdge['from']): DiagramProblem[] =>
    end.property === null ? [] : box.problems.filter(({ property }) => property === end.property);
  return from.box === to.box && from.end.property === to.end.property ? at(from) : [...at(from), ...at(to)];
}

function corner(x: number, y: number, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy };
}
