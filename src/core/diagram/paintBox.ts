/** A table's box: frame by the kind of entity, header, rows. */
import { moduleColoursAt, type DiagramColours, type ModuleColours } from './colours';
import type { Point } from './geometry';
import { paintHiddenMark } from './hiddenMark';
import type { Painter, RectStyle } from './paint';
import { paintProblem, worstProblem } from './problemMarks';
import type { SceneBox } from './scene';
import { boxPadding, fitText, headerHeight, rowCentre, rowHeight, type KeyMark } from './tableShape';

export interface BoxState {
  readonly selected: boolean;
  readonly hovered: boolean;
  /** Property path of the row under the pointer or marked from outside; null for none. */
  readonly property: string | null;
}

const restingBox: BoxState = { selected: false, hovered: false, property: null };

export function paintBox(painter: Painter, box: SceneBox, colours: DiagramColours, state: BoxState = restingBox): void {
  paintFrame(painter, box, colours, state);
  paintHeader(painter, box, colours);
  box.shape.rows.forEach((_, index) => paintRow(painter, box, index, colours, state));
  paintHiddenMark(painter, box, colours, state.hovered);
}

/** Background, tinted header and border. */
export function paintFrame(painter: Painter, box: SceneBox, colours: DiagramColours, state: BoxState): void {
  const own = moduleColoursAt(colours, box.colour);
  const { look } = box.table;
  painter.rect(box, { fill: colours.surface, radius: 5 });
  painter.rect(
    { x: box.x, y: box.y, width: box.width, height: headerHeight },
    { fill: headerFill(box, own, colours), radius: 5, topOnly: box.shape.rows.length > 0 },
  );
  if (box.table.colour !== undefined && colours.highContrast) {
    painter.rect({ x: box.x + 2, y: box.y + 2, width: 6, height: headerHeight - 4 }, { fill: own.accent, radius: 2 });
  }
  if ((colours.highContrast || look === 'view') && box.shape.rows.length > 0) {
    painter.line(
      [
        { x: box.x, y: box.y + headerHeight },
        { x: box.x + box.width, y: box.y + headerHeight },
      ],
      { stroke: look === 'view' ? colours.edge : colours.border, lineWidth: 1 },
    );
  }
  const dash = look === 'view' ? { dash: [5, 3] } : look === 'child' ? { dash: [2, 2] } : {};
  const stroke = state.selected ? colours.selection : state.hovered ? colours.hover : isDashed(look) ? colours.edge : colours.border;
  painter.rect(box, { stroke, lineWidth: state.selected ? 2 : 1, radius: 5, ...(state.selected ? {} : dash) });
  // A link entity is drawn with a doubled edge on its left, since it stands between two others.
  if (look === 'link')
    painter.rect({ x: box.x + 3, y: box.y + 3, width: box.width - 6, height: box.height - 6 }, { stroke, lineWidth: 0.5, radius: 3 });
}

/** What has no table of its own: a dashed line tells it, which needs more contrast than a full one. */
function isDashed(look: SceneBox['table']['look']): boolean {
  return look === 'view' || look === 'child';
}

/** A view is a question to other tables, and a junction table nobody's entity: both stay pale, unless somebody gave them a colour. */
function headerFill({ table }: SceneBox, own: ModuleColours, { highContrast, border }: DiagramColours): string {
  // In high contrast borders carry the meaning, fills none.
  if (highContrast) return 'transparent';
  if (table.colour !== undefined) return own.header;
  if (table.look === 'view') return own.container;
  return table.look === 'junction' ? border : own.header;
}

/** The header's name and note, readable on its fill. */
function headerInk({ table }: SceneBox, own: ModuleColours, colours: DiagramColours): { readonly name: string; readonly note: string } {
  const isPale = table.colour === undefined && (table.look === 'view' || table.look === 'junction') && !colours.highContrast;
  return isPale ? { name: colours.text, note: colours.secondary } : { name: own.headerText, note: own.headerNote };
}

function paintHeader(painter: Painter, box: SceneBox, colours: DiagramColours): void {
  const own = moduleColoursAt(colours, box.colour);
  const { name, note } = box.shape;
  const ink = headerInk(box, own, colours);
  const y = box.y + headerHeight / 2;
  const problem = worstProblem(box, null);
  // The sign takes of the padding and of the gap before the note, so that nothing is cut for it.
  const right = box.x + box.width - boxPadding - (problem ? 10 : 0);
  const room = right - box.x - boxPadding;
  const fittedName = fitText(name, room, 'name', painter.measure);
  const rest = room - painter.measure(fittedName, 'name') - 6;
  painter.text(fittedName, { x: box.x + boxPadding, y }, 'name', { colour: ink.name });
  if (note !== '' && rest > 24) {
    painter.text(fitText(note, rest, 'note', painter.measure), { x: right, y }, 'note', { colour: ink.note, align: 'right' });
  }
  if (problem) paintProblem(painter, { x: box.x + box.width - boxPadding, y }, problem, colours);
}

/** One row of a box, by its index. */
export function paintRow(painter: Painter, box: SceneBox, index: number, colours: DiagramColours, state: BoxState): void {
  const row = box.shape.rows[index];
  if (!row) return;
  const y = box.y + rowCentre(index);
  if (row.property !== null && row.property === state.property) {
    painter.rect({ x: box.x + 4, y: y - rowHeight / 2 + 1, width: box.width - 8, height: rowHeight - 2 }, highlight(colours));
  }
  const left = box.x + boxPadding;
  const problem = row.property === null ? null : worstProblem(box, row.property);
  // The sign takes of the padding and of the gap before the type, so that a row is not cut for it.
  const right = box.x + box.width - boxPadding - (problem ? 8 : 0);
  if (row.mark !== '') painter.text(row.mark, { x: left, y }, 'mark', { colour: markColour(row.mark, colours) });
  const isColumn = row.kind === 'column';
  const { markWidth } = box.shape;
  const labelRoom = right - left - markWidth;
  const label = fitText(row.label, labelRoom, 'label', painter.measure);
  const labelLeft = left + markWidth;
  const prefix = isColumn ? embeddedPrefix(row.property, label) : '';
  if (prefix === '') {
    painter.text(label, { x: labelLeft, y }, 'label', { colour: isColumn ? colours.text : colours.dim });
  } else {
    paintEmbedded(painter, labelLeft, y, colours);
    painter.text(prefix, { x: labelLeft, y }, 'label', { colour: colours.dim });
    painter.text(label.slice(prefix.length), { x: labelLeft + painter.measure(prefix, 'label'), y }, 'label', { colour: colours.text });
  }
  const typeRoom = labelRoom - painter.measure(label, 'label') - (problem ? 6 : 10);
  if (row.type !== '' && typeRoom > 20) {
    painter.text(fitText(row.type, typeRoom, 'type', painter.measure), { x: right, y }, 'type', { colour: colours.secondary, align: 'right' });
  }
  if (problem) paintProblem(painter, { x: box.x + box.width - boxPadding + 2, y }, problem, colours);
}

/** `address.` of an embedded value's column as far as it is shown; empty for others. */
function embeddedPrefix(property: string | null, label: string): string {
  const dot = property?.startsWith(label.replace(/…$/, '')) === true ? label.lastIndexOf('.') : -1;
  return label.slice(0, dot + 1);
}

/** A stroke beside the rows of an embedded value, which follow each other. */
function paintEmbedded(painter: Painter, labelLeft: number, y: number, colours: DiagramColours): void {
  const x = labelLeft - 6;
  painter.line([corner(x, y, 0, -rowHeight / 2), corner(x, y, 0, rowHeight / 2)], { stroke: colours.dim, lineWidth: 1.5 });
}

function highlight(colours: DiagramColours): RectStyle {
  return colours.highContrast ? { stroke: colours.selection, lineWidth: 1, radius: 3 } : { fill: withAlpha(colours.selection, 0.22), radius: 3 };
}

/** A hex colour with an opacity; other notations come back as they are. */
function withAlpha(colour: string, alpha: number): string {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  return `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

function markColour(mark: KeyMark, colours: DiagramColours): string {
  if (mark === 'PK' || mark === 'PK FK') return colours.primaryKey;
  return mark === 'FK' ? colours.foreignKey : colours.unique;
}

function corner(x: number, y: number, dx: number, dy: number): Point {
  return { x: x + dx, y: y + dy };
}
