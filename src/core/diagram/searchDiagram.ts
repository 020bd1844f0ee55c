/** Finds entities, tables, columns and relations by a few typed letters. */
import type { DiagramModel, DiagramTable } from './diagramModel';

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
  const inMembers = rest.length > 0 && rest.join('.') !== '';
  const text = inMembers ? rest.join('.') : first;
  const tables = rest.length > 0 ? model.tables.filter(({ name, table }) => score(name, first) > 0 || score(table, first) > 0) : model.tables;
  const scored: { match: SearchMatch; score: number }[] = [];
  for (const table of tables) {
    for (const candidate of candidatesOf(table, inMembers || text !== '' || rest.length > 0)) {
      if (inMembers && candidate.kind === 'entity') continue;
      const points = text === '' ? 1 : Math.max(score(candidate.label, text), score(candidate.alias, text) * 0.9) * weights[candidate.kind];
      if (points <= 0) continue;
      const { alias: _, ...match } = candidate;
      scored.push({ match: { ...match, highlights: positions(candidate.label, text) }, score: points });
    }
  }
  scored.sort((a, b) => b.score - a.score || a.match.label.length - b.match.label.length || compare(a.match.label, b.match.label));
  return scored.slice(0, limit).map(({ match }) => match);
}

const weights = { entity: 1, relation: 0.7, column: 0.65 } as const;

function* candidatesOf(table: DiagramTable, withMembers: boolean): Generator<Candidate> {
  const folder = table.folderModule ?? table.module;
  const where = table.table === table.name ? folder : `${table.table} · ${folder}`;
  yield { kind: 'entity', table: table.id, property: null, label: table.name, detail: where, alias: table.table };
  if (!withMembers) return;
  for (const { property, target } of table.relations) {
    yield { kind: 'relation', table: table.id, property, label: property, detail: `${table.name} → ${target}`, alias: '' };
  }
  for (const column of table.columns) {
    yield { kind: 'column', table: table.id, property: column.property, label: column.property, detail: table.name, alias: column.column };
  }
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
