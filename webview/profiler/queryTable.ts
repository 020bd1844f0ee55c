/** The query table: a virtual tree grid beneath a sticky head, inside whatever box scrolls around it. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScopeDetail } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { isRunning } from './comparison';
import { LightElement, rowHeight, scrollRowIntoView } from './lightElement';
import { parentIndex, readListKey, type ListMove } from './listKeys';
import { queryRow, rowCount } from './queryRowView';
import { tickStep } from './pictures';
import { toQueryRows, type QueryRow, type QuerySort, type QueryView } from './queryRows';
import { fillParameters } from './sql/fillParameters';
import { virtualRows } from './virtualRows';
import { formatDuration, formatMsCell } from './words';

export interface QueryTableEvents {
  /** Shows a row in the detail pane; null closes it. */
  onOpen(row: QueryRow | null): void;
  onUnfolded(isUnfolded: boolean): void;
  onSort(sort: QuerySort): void;
  /** Escape with nothing open: back to the requests. */
  onLeave(): void;
}

@customElement('rl-query-table')
export class QueryTable extends LightElement {
  @property({ attribute: false }) detail!: ScopeDetail;
  @property({ attribute: false }) view: QueryView = 'fingerprint';
  @property({ attribute: false }) sort: QuerySort = 'time';
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) openKey: string | null = null;
  @property({ attribute: false }) totalMs = 0;
  @property({ attribute: false }) folders: readonly string[] = [];
  @property({ attribute: false }) actions!: PanelActions;
  @property({ attribute: false }) events!: QueryTableEvents;
  @state() private expanded: ReadonlySet<string> = new Set();
  @state() private activeKey: string | null = null;
  private rows: QueryRow[] = [];
  /** Characters of the longest number in a column. */
  private widths = { rows: 0, ms: 0 };
  private shownScope = '';

  protected override willUpdate(changed: PropertyValues): void {
    const scope = `${this.detail.scope.runId}/${this.detail.scope.id}`;
    if (scope !== this.shownScope) {
      this.shownScope = scope;
      this.expanded = new Set();
      this.activeKey = null;
    }
    const inputs = ['detail', 'view', 'sort', 'text', 'expanded'];
    if (inputs.some((name) => changed.has(name))) {
      this.rows = toQueryRows(this.detail, { view: this.view, sort: this.sort, text: this.text, expanded: this.expanded });
      this.widths = { rows: longest(this.rows, rowCount), ms: longest(this.rows, ({ durationMs }) => formatMsCell(durationMs)) };
    }
  }

  protected override render(): TemplateResult {
    const active = this.activeIndex();
    return html`<div
      class="query-grid"
      data-rows=${this.view}
      style="--rows-chars: ${this.widths.rows}; --ms-chars: ${this.widths.ms}"
      role="treegrid"
      tabindex="0"
      aria-label="Queries of ${this.detail.scope.name}"
      aria-rowcount=${this.rows.length + 1}
      aria-colcount=${this.view === 'sites' ? 4 : 5}
      aria-activedescendant=${active >= 0 ? this.rowId(active) : nothing}
      @keydown=${this.onKey}
    >
      <div class="grid-head" role="rowgroup">
        <div class="row query-row head" role="row" aria-rowindex="1">
          ${this.head('rows', 'rows', 'rows')}
          <span class="cell statement" role="columnheader"><span class="twistie"></span>${columnOf(this.view)}</span>
          ${this.head('bars', 'waterfall', 'time', this.scale())} ${this.head('ms', 'ms', 'duration')}
          ${this.view === 'sites' ? nothing : html`<span class="cell site" role="columnheader">site</span>`}
        </div>
      </div>
      ${
        this.rows.length === 0
          ? html`<p class="none">${this.whyEmpty()}</p>`
          : virtualRows({ rows: this.rows, role: 'rowgroup', render: (row, index) => this.renderRow(row, index) })
      }
    </div>`;
  }

  private whyEmpty(): string {
    if (this.text !== '') return 'No query matches the filter.';
    return isRunning(this.detail.scope) ? 'It runs, and has asked no query so far.' : 'No queries were recorded.';
  }

  /** What the waterfall's width stands for. */
  private scale(): TemplateResult | typeof nothing {
    const step = tickStep(this.totalMs);
    return step === 0 ? nothing : html`<span class="scale number" title="A line each ${formatDuration(step)}">${formatDuration(this.totalMs)}</span>`;
  }

  private head(column: string, label: string, sort: QuerySort, beside: TemplateResult | typeof nothing = nothing): TemplateResult {
    const sorted = this.sort === sort;
    return html`<span class="cell ${column}" role="columnheader" aria-sort=${sorted ? (sort === 'time' ? 'ascending' : 'descending') : 'none'}
      ><button
        class="sort ${sorted ? 'sorted' : ''}"
        title=${sort === 'time' ? 'In order of time' : `Most ${label} first`}
        @click=${() => this.events.onSort(sort)}
      >
        ${label}${sorted && sort !== 'time' ? html`<span class="codicon codicon-arrow-down" aria-hidden="true"></span>` : nothing}</button
      >${beside}</span
    >`;
  }

  private renderRow(row: QueryRow, index: number): TemplateResult {
    return queryRow(row, {
      id: this.rowId(index),
      index,
      active: row.key === this.activeKey,
      open: row.key === this.openKey,
      totalMs: this.totalMs,
      bySite: this.view === 'sites',
      folders: this.folders,
      actions: this.actions,
      onClick: () => {
        this.activeKey = row.key;
        this.events.onOpen(row);
      },
      onToggle: (event) => {
        event.stopPropagation();
        this.toggle(row.key);
      },
    });
  }

  private toggle(key: string): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(key)) expanded.add(key);
    this.unfold(expanded);
    this.activeKey = key;
  }

  foldAll(): void {
    this.unfold(new Set());
  }

  private unfold(keys: ReadonlySet<string>): void {
    this.expanded = keys;
    this.events.onUnfolded(keys.size > 0);
  }

  /** The row of this key as it is now; null where it is gone. */
  rowOf(key: string): QueryRow | null {
    return this.rows.find((row) => row.key === key) ?? null;
  }

  focusTable(): void {
    this.find('.query-grid')?.focus({ preventScroll: true });
    if (this.activeIndex() < 0) this.activeKey = this.rows[0]?.key ?? null;
  }

  private rowId(index: number): string {
    return `query-row-${index}`;
  }

  private activeIndex(): number {
    return this.rows.findIndex(({ key }) => key === this.activeKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const active = this.activeIndex();
    const row = this.rows[active];
    if (row && this.onRowKey(event, row)) {
      event.preventDefault();
      return;
    }
    const box = this.scroller();
    const move = readListKey(event, active, this.rows.length, Math.max(Math.floor(box.clientHeight / rowHeight) - 2, 1));
    if (move === null) return;
    event.preventDefault();
    if (move.kind === 'to') this.goTo(move.index);
    else this.act(move, row, active);
  };

  /** F12 opens the source as in the editor; the copy chord copies the statement. */
  private onRowKey(event: KeyboardEvent, row: QueryRow): boolean {
    if (event.key === 'F12' && row.site) {
      this.actions.openSite(row.site);
      return true;
    }
    const query = row.queries[0];
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && query && getSelection()?.isCollapsed !== false) {
      this.actions.copy(fillParameters(query.sql, query.parameters ?? []), 'SQL');
      return true;
    }
    return false;
  }

  private act(move: ListMove, row: QueryRow | undefined, index: number): void {
    if (move.kind === 'leave') {
      if (this.openKey !== null) this.events.onOpen(null);
      else this.events.onLeave();
    } else if (!row) {
      return;
    } else if (move.kind === 'open') {
      this.events.onOpen(row.key === this.openKey ? null : row);
    } else if (move.kind === 'expand' && row.expandable) {
      if (row.expanded) this.goTo(index + 1);
      else this.toggle(row.key);
    } else if (move.kind === 'collapse') {
      if (row.expanded) this.toggle(row.key);
      else
        this.goTo(
          parentIndex(
            this.rows.map(({ level }) => level),
            index,
          ),
        );
    }
  }

  private goTo(index: number): void {
    const row = this.rows[index];
    if (!row) return;
    this.activeKey = row.key;
    if (this.openKey !== null) this.events.onOpen(row);
    this.revealRow(index);
  }

  /** Keeps the active row in sight when the room around it has changed. */
  scrollToActive(): void {
    const active = this.activeIndex();
    if (active >= 0) this.revealRow(active);
  }

  private revealRow(index: number): void {
    const box = this.scroller();
    const rows = this.find('.rows-box');
    if (rows) scrollRowIntoView(box, rows.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop, index, rowHeight, rowHeight);
  }

  private scroller(): HTMLElement {
    return this.closest<HTMLElement>('.request-body') ?? document.documentElement;
  }
}

function longest(rows: readonly QueryRow[], write: (row: QueryRow) => string): number {
  return rows.reduce((most, row) => Math.max(most, write(row).length), 0);
}

function columnOf(view: QueryView): string {
  return view === 'operations' ? 'operation' : view === 'sites' ? 'line' : 'query';
}
