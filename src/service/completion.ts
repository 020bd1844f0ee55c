/** Names within strings, which the compiler does not know: relations of `'author.…'` in a query builder, of `relations: ['…']`. */
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import type { SourceText } from '../core/edits/sourceText';
import type { RelationGraph } from '../core/model/relationGraph';
import { placeOf } from '../core/usage/rules/usageRule';
import { candidatesAt, type Candidate } from '../core/usage/nameAt';
import { toRange } from './toLsp';

export function completions(source: SourceText, graph: RelationGraph, offset: number): CompletionItem[] {
  const found = candidatesAt(source, graph, offset);
  if (!found) return [];
  const range = toRange(placeOf(source, found.start, found.end));
  return found.candidates.map((candidate) => ({
    label: candidate.name,
    kind: candidate.named.kind === 'alias' ? CompletionItemKind.Variable : CompletionItemKind.Field,
    detail: detailOf(candidate),
    textEdit: { range, newText: candidate.name },
    // Relations before columns, each in the order of the source.
    sortText: candidate.named.kind === 'column' ? '1' : '0',
  }));
}

function detailOf({ named, entity }: Candidate): string {
  switch (named.kind) {
    case 'alias':
      return named.entity.name;
    case 'relation':
      return `${named.relation.kind} → ${named.relation.target}`;
    case 'column':
      return [named.column.type ?? 'column', named.column.nullable ? 'NULL' : ''].filter(Boolean).join(' ');
    default:
      return entity?.name ?? '';
  }
}
