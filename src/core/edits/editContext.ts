/** What an edit is made from, and what comes of it. */
import type { RelationGraph } from '../model/relationGraph';
import type { ChangeResult } from './loadRelations';
import { breakLongLines } from './longLines';
import { breakLongObjects } from './longObjects';
import { restyle } from './restyle';
import { detectStyle } from './sourceStyle';
import { parseSource, toTextEdits, type Change, type SourceText, type TypeScript } from './sourceText';
import { takenName } from './takenName';
import type { TextEdit } from './textEdit';

export interface EditContext {
  readonly typescript: TypeScript;
  readonly graph: RelationGraph;
  /** The present text, unsaved changes included; undefined where there is no such file. */
  readonly readFile: (file: string) => string | undefined;
  /** The file that a specifier means in a file that imports it. Left out where the files that a finding names are all that is looked at. */
  readonly resolve?: (from: string, specifier: string) => string | null;
}

export type FindingEdit =
  | {
      readonly kind: 'edit';
      readonly title: string;
      readonly edits: readonly TextEdit[];
      /** Query count of the finding's scope after this edit; null where nothing can be said. */
      readonly predicted: number | null;
    }
  /** The code does already what the advice says; the finding is from before. */
  | { readonly kind: 'mended' }
  /** The code that the finding is about cannot be found any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'declined'; readonly reason: string };

/** The file as the edits see it; null where there is none. Files that it opens are parsed once. */
export function readSource(context: EditContext, file: string): SourceText | null {
  const opened = new Map<string, SourceText | null>();
  const open = (name: string): SourceText | null => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const text = context.readFile(name);
    const imported = (specifier: string): SourceText | null => {
      const target = context.resolve?.(name, specifier) ?? null;
      // What is installed was written by others, who may change it.
      return target === null || target.includes('/node_modules/') ? null : open(target);
    };
    const source = text === undefined ? null : parseSource(context.typescript, name, text, entityNamesOf(context.graph), imported);
    opened.set(name, source);
    return source;
  };
  return open(file);
}

/** No change is an edit that was made before. */
export function toEdit(source: SourceText, title: string, predicted: number | null, result: ChangeResult): FindingEdit {
  return result.kind === 'declined' ? decline(result.reason) : toEditOf(title, predicted, [[source, result.changes]]);
}

/** Changes of several files. */
export function toEditOf(
  title: string,
  predicted: number | null,
  changed: readonly (readonly [source: SourceText, changes: readonly Change[]])[],
): FindingEdit {
  const taken = changed.flatMap(
    ([source, changes]) =>
      takenName(
        source,
        changes.map(({ newText }) => newText),
      ) ?? [],
  );
  if (taken[0] !== undefined) return decline(`the file means something else by ${taken[0]}, which the edit would have to write.`);
  const edits = changed.flatMap(([source, changes]) => {
    const style = detectStyle(source);
    const restyled = changes.map((change) => breakLongLines(source, style, { ...change, newText: restyle(change.newText, style) }));
    return toTextEdits(source, breakLongObjects(source, style, restyled));
  });
  return edits.length === 0 ? { kind: 'mended' } : { kind: 'edit', title, edits, predicted };
}

export function decline(reason: string): FindingEdit {
  return { kind: 'declined', reason: reason.charAt(0).toUpperCase() + reason.slice(1) };
}

const namesByGraph = new WeakMap<RelationGraph, ReadonlySet<string>>();

function entityNamesOf(graph: RelationGraph): ReadonlySet<string> {
  const names = namesByGraph.get(graph) ?? new Set(graph.entities.map(({ name }) => name));
  namesByGraph.set(graph, names);
  return names;
}
