/** Rows of a list: all of them where they are few, those in sight where they are many. */
import '@lit-labs/virtualizer';
import { FlowLayout } from '@lit-labs/virtualizer/layouts/flow.js';
import { html, type TemplateResult } from 'lit';
import { rowHeight } from './lightElement';

/**
 * Up to this many rows are simply there: found by search and screen readers, and drawn at once. Each takes on what comes to its place, since
 * nodes that move are laid out anew.
 */
const fewRows = 150;

/** Rows are of one height, so few need to be ready above and beneath; the library's 1,000 pixels cost three times as much a frame. */
class RowLayout extends FlowLayout {
  protected override _overhang = 12 * rowHeight;
  override _itemSize = { width: 100, height: rowHeight };
}
const layout = { type: RowLayout };

export interface RowsOptions<Row extends { readonly key: string }> {
  readonly rows: Row[];
  readonly role: 'presentation' | 'rowgroup';
  render(row: Row, index: number): TemplateResult;
}

export function virtualRows<Row extends { readonly key: string }>({ rows, role, render }: RowsOptions<Row>): TemplateResult {
  if (rows.length <= fewRows) return html`<div class="rows-box" role=${role}>${rows.map(render)}</div>`;
  return html`<lit-virtualizer
    class="rows-box"
    role=${role}
    .layout=${layout}
    .items=${rows}
    .keyFunction=${(row: unknown) => (row as Row).key}
    .renderItem=${(row: unknown, index: number) => render(row as Row, index)}
  ></lit-virtualizer>`;
}
