/** Tables and edges as the React Flow page is given them. */
export interface PlainTable {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface PlainEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}
