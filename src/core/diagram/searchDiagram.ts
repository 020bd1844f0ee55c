/** Finds entities, tables, columns and relations by a few typed letters. */
import type { DiagramModel, DiagramTable } from './diagramModel';
import { columnLabel } from './tableShape';

export interface SearchMatch {
  readonly kind: 'entity' | 'column' | 'relation';
  readonly table: string;
  /** Property path of the column or relation; null for the entity itself. */
  readonly property: string | null;
  readonly label: string;
  /** Secondary text: where it belongs. */
  readonly detail: string;
  /** Indices of the label's characters that matched. */
  readonly highlights: readonly number[];
}

interface Candidate extends Omit<SearchMatch, 'highlights'> {
  /** A second name to match, e.g. the table's. */
  readonly alias: string;
}

/**
 * The best matches first: equal names, then beginnings, then words, then scattered letters; entities before columns and relations.
 * `Book.au` searches the members of entities that match `Book`. An empty query lists the entities.
 */
export function searchDiagram(model: DiagramModel, query: string, limit: number): SearchMatch[] {
  const [first = '', ...rest] = query.trim().split('.');
  const member = rest.join('.');
  if (rest.length === 0) return best(model.tables.flatMap(first === '' ? entityOf : withMembers), first, limit);
  const tables = model.tables.filter(({ name, table }) => score(name, first) > 0 || score(table, first) > 0);
  return best(tables.flatMap(member === '' ? withMembers : membersOf), member, limit);
}

/** Entities alone, by their names and tables, the best first. */
export function searchEntities(model: DiagramModel, query: string, limit: number): SearchMatch[] {
  return best(model.tables.map(entityOf), query.trim(), limit);
}

function best(candidates: readonly Candidate[], text: string, limit: number): SearchMatch[] {
  const scored: { match: SearchMatch; score: number }[] = [];
  for (const { alias, ...match } of candidates) {
    const points = text === '' ? 1 : Math.max(score(match.label, text), score(alias, text) * 0.9) * weights[match.kind];
    if (points > 0) scored.push({ match: { ...match, highlights: positions(match.label, text) }, score: points });
  }
  scored.sort((a, b) => b.score - a.score || a.match.label.length - b.match.label.length || compare(a.match.label, b.match.label));
  return scored.slice(0, limit).map(({ match }) => match);
}

const weights = { entity: 1, relation: 0.7, column: 0.65 } as const;

function withMembers(table: DiagramTable): Candidate[] {
  return [entityOf(table), ...membersOf(table)];
}

function entityOf(table: DiagramTable): Candidate {
  const folder = table.folderModule ?? table.module;
  const where = table.table === table.name ? folder : `${table.table} · ${folder}`;
  return { kind: 'entity', table: table.id, property: null, label: table.name, detail: where, alias: table.table };
}

function membersOf({ id, name, relations, columns }: DiagramTable): Candidate[] {
  return [
    ...relations.map(({ property, target }): Candidate => ({
      kind: 'relation',
      table: id,
      property,
      label: property,
      detail: `${name} → ${target}`,
      alias: '',
    })),
    ...columns.map((column): Candidate => {
      const label = columnLabel(column);
      const alias = label === column.column ? column.property : column.column;
      return { kind: 'column', table: id, property: column.property, label, detail: name, alias };
    }),
  ];
}

/** 0 where it does not match, else more for a better match. */
function score(name: string, query: string): number {
  if (query === '' || name === '') return 0;
  const lowerName = name.toLowerCase();
  const lowerQuery = query.toLowerCase();
  if (lowerName === lowerQuery) return 100;
  if (lowerName.startsWith(lowerQuery)) return 80 - Math.min(20, name.length - query.length);
  const index = lowerName.indexOf(lowerQuery);
  if (index > 0) return isWordStart(name, index) ? 60 : 45;
  const found = positions(name, query);
  if (found.length < query.length) return 0;
  const starts = found.filter((position) => isWordStart(name, position)).length;
  return 10 + (20 * starts) / query.length;
}

function isWordStart(name: string, index: number): boolean {
  const before = name[index - 1] ?? '_';
  const here = name[index] ?? '';
  return /[^a-zA-Z0-9]/.test(before) || (/[A-Z]/.test(here) && /[a-z0-9]/.test(before));
}

/** Where the query's letters stand in the name, as one stretch if possible, else in order from the left. */
function positions(name: string, query: string): number[] {
  const lowerName = name.toLowerCase();
  const lowerQuery = query.toLowerCase();
  const index = lowerQuery === '' ? -1 : lowerName.indexOf(lowerQuery);
  if (index !== -1) return [...lowerQuery].map((_, offset) => index + offset);
  const found: number[] = [];
  let from = 0;
  for (const letter of lowerQuery) {
    const at = lowerName.indexOf(letter, from);
    if (at === -1) return [];
    found.push(at);
    from = at + 1;
  }
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
