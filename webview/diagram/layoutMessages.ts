/** Between the diagram and its layout worker. */
import type { LayoutEdge, LayoutTable } from '../../src/core/diagram/partition';

/** Ids grow; a message with a higher id ends what was asked for before. */
export type ToLayoutWorker =
  | {
      readonly kind: 'layout';
      readonly id: number;
      readonly tables: readonly LayoutTable[];
      readonly edges: readonly LayoutEdge[];
      /** Width ÷ height of the view. */
      readonly aspect: number;
    }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromLayoutWorker =
  | { readonly id: number; readonly kind: 'progress'; readonly placed: number }
  | { readonly id: number; readonly kind: 'done'; readonly positions: readonly (readonly [id: string, x: number, y: number])[] }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };
