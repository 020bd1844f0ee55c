/** A replacement in one file: positions are 1-based, columns count UTF-16 units, the end is exclusive; an insertion has an empty stretch. */
export interface TextEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

/** An edit that can be applied, or the reason why none is offered. */
export type EditResult =
  { readonly kind: 'edit'; readonly title: string; readonly edits: readonly TextEdit[] } | { readonly kind: 'declined'; readonly reason: string };
