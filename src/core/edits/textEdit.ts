/** A replacement in one file: positions are 1-based, columns count UTF-16 units, the end is exclusive; an insertion has an empty stretch. */
export interface TextEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}
