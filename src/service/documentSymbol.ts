/** The outline of a file's entities: columns with their types, relations with their targets. */
import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import type { Column, Entity, Relation, SourceRange } from '../core/model/relationGraph';
import type { GraphIndex } from './graphIndex';
import { isToMany } from './relationWords';
import { toRange } from './toLsp';

export function documentSymbols(index: GraphIndex, file: string): DocumentSymbol[] {
  return index.entitiesIn(file).map((entity) => ({
    name: entity.name,
    detail: entity.table,
    kind: SymbolKind.Class,
    range: toRange(entity.range),
    selectionRange: toRange(entity.source),
    children: members(entity),
  }));
}

function members(entity: Entity): DocumentSymbol[] {
  const inside = (source: SourceRange | null): source is SourceRange =>
    source !== null && source.file === entity.range.file && source.line >= entity.range.line && source.endLine <= entity.range.endLine;
  return [
    ...entity.columns.flatMap((column) => (inside(column.source) ? [columnSymbol(column, column.source)] : [])),
    ...entity.relations.filter(({ source }) => inside(source)).map(relationSymbol),
  ].sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
}

function columnSymbol(column: Column, source: SourceRange): DocumentSymbol {
  const detail = [column.type, column.nullable ? 'null' : null].filter(Boolean).join(', ');
  return {
    name: column.property,
    detail,
    kind: column.primary ? SymbolKind.Key : SymbolKind.Field,
    range: toRange(source),
    selectionRange: toRange(source),
  };
}

function relationSymbol(relation: Relation): DocumentSymbol {
  return {
    name: relation.property,
    detail: `${isToMany(relation) ? 'many' : 'one'} ${relation.target}`,
    kind: SymbolKind.Property,
    range: toRange(relation.range),
    selectionRange: toRange(relation.source),
  };
}
