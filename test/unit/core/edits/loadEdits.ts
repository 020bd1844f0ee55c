/** Cases as data: the query under `|`, what is to be loaded, and the whole file after the edit (or the reason that there is none). */
import ts from 'typescript';
import { expect } from 'vitest';
import type { EditContext, FindingEdit } from '../../../../src/core/edits/editContext';
import { editForFinding } from '../../../../src/core/edits/editForFinding';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import type { RelationGraph } from '../../../../src/core/model/relationGraph';
import type { Finding, LoadStrategy } from '../../../../src/core/profile/queryProfile';
import { aFinding, anAdvice, aParent, aSite } from '../../builders/findingBuilder';
import { aShop } from '../../builders/graphBuilder';

export interface LoadCase {
  readonly load?: readonly string[];
  readonly of?: string;
  readonly strategy?: LoadStrategy;
  readonly api?: string;
  readonly function?: string;
  readonly graph?: RelationGraph;
  readonly finding?: Partial<Finding>;
  /** Other files beside the case's own, by the specifiers that it imports them with. */
  readonly modules?: Readonly<Record<string, string>>;
}

const FILE = '/app/service.ts';

/** `|` marks the parent query, `¦` the read or lookup in the loop. */
export function editOf(
  marked: string,
  wanted: LoadCase = {},
): { readonly text: string; readonly result: FindingEdit; readonly again: () => FindingEdit; readonly after: string } {
  const text = marked.replace(/[|¦]/g, '');
  const parent = siteAt(marked.replace('¦', ''), '|', wanted.function ?? null);
  const method = /^\w+/.exec(marked.slice(marked.indexOf('|') + 1).replace('¦', ''))?.[0] ?? 'find';
  const api = wanted.api ?? (method.startsWith('get') ? `SelectQueryBuilder.${method}` : `Repository.${method}`);
  const finding = aFinding({
    site: marked.includes('¦') ? siteAt(marked.replace('|', ''), '¦', wanted.function ?? null) : null,
    parent: aParent({ api, entity: wanted.of ?? 'Author', site: parent }),
    advice: anAdvice({ relations: wanted.load ?? ['books'], strategy: wanted.strategy ?? 'join' }),
    ...wanted.finding,
  });
  const context = (current: string): EditContext => ({
    typescript: ts,
    graph: wanted.graph ?? aShop(),
    readFile: (file) => (file === FILE ? current : wanted.modules?.[file]),
    resolve: (_, specifier) => (wanted.modules && specifier in wanted.modules ? specifier : null),
  });
  const result = editForFinding(context(text), finding);
  const after = result.kind === 'edit' ? applyEdits(ts, FILE, text, result.edits) : text;
  return { text, result, after, again: () => editForFinding(context(after), finding) };
}

/** The file after the edit; asked again about the file after it, nothing is left to do. */
export function expectEdit(marked: string, wanted: LoadCase, expected: string): void {
  const { result, after, again } = editOf(marked, wanted);
  expect(result).toMatchObject({ kind: 'edit' });
  expect(after).toBe(expected);
  expect(again()).toEqual({ kind: 'mended' });
}

export function expectDeclined(marked: string, wanted: LoadCase, reason: RegExp): void {
  const { result } = editOf(marked, wanted);
  expect(result).toMatchObject({ kind: 'declined', reason: expect.stringMatching(reason) });
}

function siteAt(marked: string, mark: string, fn: string | null): ReturnType<typeof aSite> {
  const before = marked.slice(0, marked.indexOf(mark)).split('\n');
  return aSite({ file: FILE, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, function: fn });
}
