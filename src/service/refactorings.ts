/** Rewrites that are asked for at a place, without anything being wrong there. */
import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver-types';
import { promoteJoinTable, type PromotionContext } from '../core/edits/promoteJoinTable';
import type { Hit } from './graphIndex';
import { toRange, toUri } from './toLsp';

export const REFACTORING_KIND = CodeActionKind.RefactorRewrite;

/**
 * @param hit what stands at the place
 * @param listings files in which DataSources list their entities
 */
export function refactorings(context: PromotionContext, hit: Hit | null, listings: readonly string[]): CodeAction[] {
  if (hit?.kind !== 'relation' || hit.on === 'inverse' || hit.relation.kind !== 'many-to-many') return [];
  const title = `Promote the join table of ${hit.entity.name}.${hit.relation.property} to an entity`;
  const result = promoteJoinTable(context, hit.entity, hit.relation, listings);
  // Shown, with why it cannot be done: a rewrite that is missing without a word is looked for in vain.
  if (result.kind === 'declined') return [{ title, kind: REFACTORING_KIND, disabled: { reason: result.reason } }];
  const { created, edits } = result;
  const uri = toUri(created.file);
  const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const files = [...new Set(edits.map(({ file }) => file))];
  return [
    {
      title: result.title,
      kind: REFACTORING_KIND,
      edit: {
        documentChanges: [
          { kind: 'create', uri },
          { textDocument: { uri, version: null }, edits: [{ range: start, newText: created.text }] },
          ...files.map((file) => ({
            textDocument: { uri: toUri(file), version: null },
            edits: edits.filter((edit) => edit.file === file).map((edit) => ({ range: toRange(edit), newText: edit.newText })),
          })),
        ],
      },
    },
  ];
}
