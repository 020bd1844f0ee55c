/** `relation-lens graph --diff REVISION`: what changed in the entities since a git revision. */
import type { DifferenceDetail, DifferenceKind } from '../core/diagram/diagramDifference';
import { diffDiagram, mergeRevisions } from '../core/diagram/diffDiagram';
import { mermaidNames, writeMermaid } from '../core/diagram/writeMermaid';
import type { RelationGraph } from '../core/model/relationGraph';
import type { DiffFormat } from './graphArguments';

export interface RevisionPair {
  readonly revision: string;
  readonly commit: string;
  readonly before: RelationGraph;
  readonly after: RelationGraph;
  readonly note: string | null;
}

/** The difference as text; ends with a line feed. */
export function writeDifference(pair: RevisionPair, format: DiffFormat): string {
  switch (format) {
    case 'text':
      return writeText(pair);
    case 'json':
      return writeJson(pair);
    case 'mermaid':
      return writeMermaidDifference(pair);
  }
}

const signs: Readonly<Record<DifferenceKind, string>> = { added: '+', removed: '-', changed: '~' };

function writeText({ before, after, revision, commit, note }: RevisionPair): string {
  const { tables } = diffDiagram(before, after);
  const since = commit.startsWith(revision) ? revision : `${revision} (${commit.slice(0, 8)})`;
  const notes = note === null ? [] : [note];
  if (tables.length === 0) return [`No entity changed since ${since}.`, ...notes, ''].join('\n');
  const counts = (['added', 'removed', 'changed'] as const).flatMap((kind) => {
    const count = tables.filter((table) => table.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  const lines = tables.flatMap(({ kind, name, details }) => [`${signs[kind]} ${name}`, ...details.map((detail) => `    ${detailLine(detail)}`)]);
  return [`Entities since ${since}: ${counts.join(', ')}`, ...notes, '', ...lines, ''].join('\n');
}

function detailLine({ kind, what, name, text }: DifferenceDetail): string {
  const changes = text === '' ? '' : ` (${text})`;
  return what === 'entity' ? `${signs[kind]} ${text}` : `${signs[kind]} ${what} ${name}${changes}`;
}

function writeJson({ before, after, revision, commit, note }: RevisionPair): string {
  const tables = diffDiagram(before, after).tables.map(({ name, kind, details }) => ({ name, kind, details }));
  return `${JSON.stringify({ revision, commit, note, entities: tables }, null, 2)}\n`;
}

/** What changed with its neighbours, and a class for each kind of change. */
function writeMermaidDifference({ before, after }: RevisionPair): string {
  const { tables, model } = diffDiagram(before, after);
  const changed = new Set(tables.map(({ table }) => table));
  const near = model.edges.filter(({ from, to }) => changed.has(from.table) || changed.has(to.table));
  const shown = new Set([...changed, ...near.flatMap(({ from, to }) => [from.table, to.table])]);
  const merged = mergeRevisions(before, after);
  const part = { ...merged, entities: merged.entities.filter(({ id }) => shown.has(id)) };
  const inText = mermaidNames(part.entities);
  const classes = (['added', 'removed', 'changed'] as const).flatMap((kind) => {
    const ofKind = tables.filter((table) => table.kind === kind).map(({ table }) => inText.get(table) ?? '');
    // A quoted name cannot be given a class.
    const names = ofKind.filter((name) => /^\w+$/.test(name));
    return names.length === 0 ? [] : [`  classDef ${kind} ${styles[kind]}`, `  class ${names.join(',')} ${kind}`];
  });
  return `${writeMermaid(part)}${classes.join('\n')}${classes.length > 0 ? '\n' : ''}`;
}

const styles: Readonly<Record<DifferenceKind, string>> = {
  added: 'stroke:#587c0c,stroke-width:3px',
  removed: 'stroke:#ad0707,stroke-width:3px,stroke-dasharray:6',
  changed: 'stroke:#895503,stroke-width:3px',
};
