/** Reads `views.json`. Whatever the file holds, nothing is thrown: what can be understood is given back, and what is wrong with the rest. */
import type { Point } from '../geometry';
import type { Grouping, Groups } from '../groupTables';
import { isColourName, type ColourName } from './colourNames';
import { emptyFilter, type DetailPin, type DiagramFilter, type DiagramView, type Note, type TableKind, type ViewFocus } from './diagramView';
import { fromKey } from './entityKeys';
import { viewsVersion } from './writeViews';

export type ViewsFile =
  | { readonly kind: 'good'; readonly views: ReadonlyMap<string, DiagramView> }
  /** Not what we write: to be kept aside before anything is written in its place. `reason` is a sentence. */
  | { readonly kind: 'corrupt'; readonly views: ReadonlyMap<string, DiagramView>; readonly reason: string }
  /** Written by a later version: shown as far as it is understood, never written. */
  | { readonly kind: 'newer'; readonly views: ReadonlyMap<string, DiagramView>; readonly version: number };

/** @param text null where there is no file. @param folder the folder that holds `.relation-lens`, with forward slashes. */
export function readViews(text: string | null, folder: string): ViewsFile {
  if (text === null || text.trim() === '') return { kind: 'good', views: new Map() };
  const conflict = text.split('\n').findIndex((line) => line.startsWith('<<<<<<<'));
  if (conflict !== -1) return corrupt(`It holds a merge conflict that is not resolved (line ${conflict + 1}).`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return corrupt(`It is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return isObject(json) ? readFile(json, folder) : corrupt('It holds no object.');
}

function corrupt(reason: string): ViewsFile {
  return { kind: 'corrupt', views: new Map(), reason };
}

function readFile(json: JsonObject, folder: string): ViewsFile {
  const { version, views } = json;
  if (typeof version !== 'number') return corrupt('It does not say its version.');
  const reader = new Reader(folder);
  const read = new Map(Object.entries(reader.object(views, 'views')).map(([name, view]) => [name, reader.view(view, `views → ${name}`)]));
  if (version > viewsVersion) return { kind: 'newer', views: read, version };
  const [wrong] = reader.wrong;
  return wrong === undefined ? { kind: 'good', views: read } : { kind: 'corrupt', views: read, reason: `${wrong}.` };
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes values as what they should be; says where they are not, and goes on with what holds by default. */
class Reader {
  readonly wrong: string[] = [];

  constructor(private readonly folder: string) {}

  object(value: unknown, where: string): JsonObject {
    if (isObject(value)) return value;
    if (value !== undefined) this.wrong.push(`${where} is not an object`);
    return {};
  }

  view(value: unknown, where: string): DiagramView {
    const json = this.object(value, where);
    return {
      filter: this.filter(json['filter'], `${where} → filter`),
      focus: this.focus(json['focus'], `${where} → focus`),
      detail: this.oneOf<DetailPin>(json['detail'], ['auto', 'names', 'keys', 'all'], `${where} → detail`),
      junctions: this.oneOf(json['junctions'], ['folded', 'drawn'] as const, `${where} → junctions`),
      junctionsOtherwise: new Set(this.ids(json['junctionsOtherwise'], `${where} → junctionsOtherwise`)),
      grouping: this.oneOf<Grouping>(json['grouping'], ['auto', 'folders', 'relations'], `${where} → grouping`),
      groups: this.groups(json['groups'], `${where} → groups`),
      moduleColours: this.colours(json['moduleColours'], `${where} → moduleColours`, (name) => name),
      tableColours: this.colours(json['tableColours'], `${where} → tableColours`, (key) => fromKey(key, this.folder)),
      notes: this.array(json['notes'], `${where} → notes`).flatMap((note, index) => this.note(note, `${where} → notes → ${index + 1}`)),
      positions: this.positions(json['positions'], `${where} → positions`),
    };
  }

  /** Group → its tables, as it is written, to table → its group. */
  private groups(value: unknown, where: string): Groups {
    if (value === undefined) return new Map();
    const groups = Object.entries(this.object(value, where));
    return new Map(groups.flatMap(([group, tables]) => this.ids(tables, `${where} → ${group}`).map((id) => [id, group] as const)));
  }

  private filter(value: unknown, where: string): DiagramFilter {
    if (value === undefined) return emptyFilter;
    const json = this.object(value, where);
    const texts = (name: string): string[] => this.texts(json[name], `${where} → ${name}`);
    const ids = (name: string): string[] => this.ids(json[name], `${where} → ${name}`);
    return {
      modules: texts('modules'),
      folders: ids('folders'),
      dataSources: texts('dataSources'),
      kinds: this.kinds(texts('kinds'), `${where} → kinds`),
      text: json['text'] === undefined ? '' : this.text(json['text'], `${where} → text`),
      hidden: ids('hidden'),
      revealed: ids('revealed'),
    };
  }

  private kinds(texts: readonly string[], where: string): TableKind[] {
    const known: readonly TableKind[] = ['entity', 'view', 'tree', 'child', 'link', 'junction', 'embedded'];
    return texts.flatMap((text) => {
      const kind = known.find((candidate) => candidate === text);
      if (!kind) this.wrong.push(`${where} names an unknown kind, ${text}`);
      return kind ?? [];
    });
  }

  private focus(value: unknown, where: string): ViewFocus | null {
    if (value === undefined) return null;
    const { table, depth } = this.object(value, where);
    if (typeof table === 'string' && typeof depth === 'number' && depth >= 1) return { table: fromKey(table, this.folder), depth: Math.round(depth) };
    this.wrong.push(`${where} needs a table and a depth`);
    return null;
  }

  private colours(value: unknown, where: string, toId: (key: string) => string): Map<string, ColourName> {
    const colours = new Map<string, ColourName>();
    for (const [key, colour] of Object.entries(this.object(value, where))) {
      if (isColourName(colour)) colours.set(toId(key), colour);
      else this.wrong.push(`${where} → ${key} is no known colour`);
    }
    return colours;
  }

  private note(value: unknown, where: string): Note[] {
    const { id, table, x, y, width, height, colour, text } = this.object(value, where);
    const isPlaced = isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height);
    if (typeof id !== 'string' || typeof text !== 'string' || !isPlaced) {
      this.wrong.push(`${where} needs an id, a text and numbers for x, y, width and height`);
      return [];
    }
    if (colour !== undefined && !isColourName(colour)) this.wrong.push(`${where} has an unknown colour`);
    const tied = typeof table === 'string' ? fromKey(table, this.folder) : null;
    return [{ id, text, table: tied, x, y, width, height, colour: isColourName(colour) ? colour : null }];
  }

  private positions(value: unknown, where: string): Map<string, Point> {
    const positions = new Map<string, Point>();
    for (const [key, corner] of Object.entries(this.object(value, where))) {
      const [x, y]: unknown[] = Array.isArray(corner) ? corner : [];
      if (isNumber(x) && isNumber(y)) positions.set(fromKey(key, this.folder), { x, y });
      else this.wrong.push(`${where} → ${key} is not [x, y]`);
    }
    return positions;
  }

  private oneOf<T extends string>(value: unknown, known: readonly [T, ...T[]], where: string): T {
    const found = known.find((candidate) => candidate === value);
    if (found === undefined && value !== undefined) this.wrong.push(`${where} is none of ${known.join(', ')}`);
    return found ?? known[0];
  }

  private ids(value: unknown, where: string): string[] {
    return this.texts(value, where).map((key) => fromKey(key, this.folder));
  }

  private texts(value: unknown, where: string): string[] {
    return this.array(value, where).map((item) => this.text(item, where));
  }

  private text(value: unknown, where: string): string {
    if (typeof value !== 'string') this.wrong.push(`${where} holds something that is not a text`);
    return typeof value === 'string' ? value : '';
  }

  private array(value: unknown, where: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    if (value !== undefined) this.wrong.push(`${where} is not a list`);
    return [];
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
