/** What stands in a table's box and how large that makes it, before anything is placed. */
import type { DiagramColumn, DiagramTable } from './diagramModel';
import type { Size } from './geometry';

/** How much of a table is shown: every column, only keys, or only its name. */
export type Density = 'all' | 'keys' | 'names';

export type TextStyle = 'name' | 'note' | 'label' | 'type' | 'mark' | 'module' | 'edge';

/** Width of a text in pixels at zoom 1. */
export type MeasureText = (text: string, style: TextStyle) => number;

export interface ShapeRow {
  readonly kind: 'column' | 'relations' | 'more';
  /** Property path; null for the rows that stand for several. */
  readonly property: string | null;
  /** Name in the database, for edges to find their row. */
  readonly column: string | null;
  readonly mark: KeyMark;
  readonly label: string;
  readonly type: string;
}

export type KeyMark = '' | 'PK' | 'FK' | 'PK FK' | 'U';

export interface TableShape extends Size {
  readonly name: string;
  /** Right of the name: the table's name, or what kind of entity it is. */
  readonly note: string;
  readonly rows: readonly ShapeRow[];
  /** Width of the column with the key marks. */
  readonly markWidth: number;
}

export const headerHeight = 30;
export const rowHeight = 22;
export const boxPadding = 12;
export const rowsPadding = 6;

const minWidth = 160;
const maxWidth = 340;
/** Names of a class and its table are worth more room than a column's. */
const maxHeaderWidth = 440;
const maxRelationsWidth = 190;
const mostViaWidth = 130;
const columnGap = 16;
/** Beyond this many columns a box would tower over its neighbours; keys and indexed columns stay, the rest is counted. */
const maxColumns = 24;

/** Rows and size of a table's box. */
export function shapeTable(table: DiagramTable, density: Density, measure: MeasureText): TableShape {
  const note = toNote(table);
  const rows = toRows(table, density);
  const noteWidth = table.via === undefined ? measure(note, 'note') : Math.min(measure(note, 'note'), mostViaWidth);
  const header = measure(table.name, 'name') + (note === '' ? 0 : columnGap + noteWidth);
  const markWidth = rows.some(({ mark }) => mark === 'PK FK') ? 46 : 30;
  // The line of relation names may be cut: it widens a box only a little.
  const widths = rows.map(({ kind, label, type }) => {
    const text = measure(label, 'label') + (type === '' ? 0 : columnGap + measure(type, 'type'));
    return markWidth + (kind === 'relations' ? Math.min(text, maxRelationsWidth) : text);
  });
  const headerWidth = Math.min(maxHeaderWidth, header + 2 * boxPadding);
  const rowsWidth = Math.min(maxWidth, Math.max(0, ...widths) + 2 * boxPadding);
  return {
    name: table.name,
    note,
    rows,
    markWidth,
    width: Math.ceil(Math.max(minWidth, headerWidth, rowsWidth)),
    height: headerHeight + (rows.length === 0 ? 0 : rows.length * rowHeight + 2 * rowsPadding),
  };
}

/** Distance of a row's middle from the box's top. */
export function rowCentre(index: number): number {
  return headerHeight + rowsPadding + index * rowHeight + rowHeight / 2;
}

/** The text cut with an ellipsis to fit a width; found by halving, since a measure costs. */
export function fitText(text: string, width: number, style: TextStyle, measure: MeasureText): string {
  if (measure(text, style) <= width) return text;
  let fits = 0;
  let exceeds = text.length;
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (measure(`${text.slice(0, middle)}…`, style) <= width) fits = middle;
    else exceeds = middle;
  }
  return `${text.slice(0, fits).trimEnd()}…`;
}

function toNote(table: DiagramTable): string {
  if (table.via !== undefined) return `via ${table.via}`;
  const kind = table.tree === null ? lookNames[table.look] : `tree: ${table.tree.split('-')[0]}`;
  if (kind === '') return table.table;
  return table.tree === null && table.look !== 'child' && table.look !== 'junction' ? `${kind} · ${table.table}` : kind;
}

const lookNames: Record<DiagramTable['look'], string> = {
  table: '',
  view: 'view',
  child: 'subclass',
  link: 'link',
  tree: 'tree',
  junction: 'junction',
};

function toRows(table: DiagramTable, density: Density): ShapeRow[] {
  if (density === 'names') return [];
  const wanted = density === 'keys' ? table.columns.filter(isKey) : table.columns;
  const kept = mostRelevant(wanted);
  const rows: ShapeRow[] = wanted.filter((column) => kept.has(column)).map(toRow);
  const hidden = wanted.length - rows.length;
  if (hidden > 0) rows.push(plainRow('more', `${hidden} more columns`));
  if (density === 'all' && table.relations.length > 0) {
    rows.push(plainRow('relations', table.relations.map(({ property }) => property).join(' · ')));
  }
  return rows;
}

function plainRow(kind: 'relations' | 'more', label: string): ShapeRow {
  return { kind, property: null, column: null, mark: '', label, type: '' };
}

function toRow(column: DiagramColumn): ShapeRow {
  return { kind: 'column', property: column.property, column: column.column, mark: toMark(column), label: columnLabel(column), type: column.type };
}

/** A column that exists only as a join column has a property path (author.id) that nobody writes; its own name says more. */
export function columnLabel({ foreign, source, column, property }: DiagramColumn): string {
  return foreign && source === null ? column : property;
}

function toMark({ primary, foreign, unique }: DiagramColumn): KeyMark {
  if (primary) return foreign ? 'PK FK' : 'PK';
  if (foreign) return 'FK';
  return unique ? 'U' : '';
}

function isKey(column: DiagramColumn): boolean {
  return column.primary || column.foreign || column.unique;
}

function mostRelevant(columns: readonly DiagramColumn[]): Set<DiagramColumn> {
  if (columns.length <= maxColumns) return new Set(columns);
  const ranked = [...columns].sort((a, b) => rank(a) - rank(b));
  return new Set(ranked.slice(0, maxColumns));
}

function rank(column: DiagramColumn): number {
  if (column.primary) return 0;
  if (column.foreign) return 1;
  if (column.unique) return 2;
  return column.indexed ? 3 : 4;
}
