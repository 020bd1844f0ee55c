/** The left side: filter, and the requests as a virtual tree that is walked with the arrow keys. */
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunInfo } from '../../src/core/profile/queryProfile';
import { holdRows, isInOrder, placesOf, type Places } from './heldRows';
import { LightElement, rowHeight, scrollRowIntoView } from './lightElement';
import { newRequestsButton } from './pieces';
import { readListKey } from './listKeys';
import { requestRow, runState } from './requestRowView';
import type { RequestOrder, RequestRow } from './requestRows';
import type { RunTotals } from './runStore';
import { virtualRows } from './virtualRows';
import { countOf, countQueries, formatCount } from './words';

export interface RequestListEvents {
  onSelect(row: RequestRow): void;
  onToggle(key: string): void;
  onFilter(text: string): void;
  onOnlyFindings(only: boolean): void;
  onOrder(order: RequestOrder): void;
  onClear(): void;
  /** Enter: on to the request itself. */
  onEnter(): void;
}

/** What stood where when somebody began to point at the list. */
interface Hold {
  readonly runId: string | undefined;
  /** Requests of the run so far. */
  readonly requests: number;
  readonly places: Places;
}

/** Without any, there is no sparkline to keep room for. */
function hasHistory(row: RequestRow): boolean {
  return row.kind !== 'run' && row.scope.history.length > 0;
}

@customElement('rl-request-list')
export class RequestList extends LightElement {
  @property({ attribute: false }) rows: RequestRow[] = [];
  @property({ attribute: false }) run: RunInfo | null = null;
  @property({ attribute: false }) totals: RunTotals = { routes: 0, scopes: 0, queries: 0 };
  @property({ attribute: false }) selectedKey: string | null = null;
  @property({ attribute: false }) filterText = '';
  @property({ attribute: false }) onlyFindings = false;
  @property({ attribute: false }) order: RequestOrder = 'recent';
  @property({ attribute: false }) events!: RequestListEvents;
  @state() private activeKey: string | null = null;
  /** Rows must not move under the pointer, nor where the keys walk. */
  @state() private isPointedAt = false;
  @state() private isWalked = false;
  private hold: Hold | null = null;
  /** The rows as they are shown: in order, or where they stood. */
  private shown: RequestRow[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerenter', this.onPointer);
    this.addEventListener('pointerleave', this.onPointer);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerenter', this.onPointer);
    this.removeEventListener('pointerleave', this.onPointer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selectedKey') && this.selectedKey !== null) this.activeKey = this.selectedKey;
    if (!(this.isPointedAt || this.isWalked) || this.isAnotherList(changed)) this.hold = null;
    this.shown = this.hold ? holdRows(this.rows, this.hold.places) : this.rows;
    if (!this.isPointedAt && !this.isWalked) return;
    const { runId, requests } = this.hold ?? { runId: this.run?.id, requests: this.totals.scopes };
    this.hold = { runId, requests, places: placesOf(this.shown) };
  }

  /** What was asked for is shown at once; so is a new run, and what is left of a list that was cleared. */
  private isAnotherList(changed: PropertyValues<this>): boolean {
    const asked = changed.has('filterText') || changed.has('onlyFindings') || changed.has('order');
    return asked || this.hold?.runId !== this.run?.id || this.totals.scopes < (this.hold?.requests ?? 0);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const list = this.find('.list');
    const selected = this.shown.findIndex(({ key }) => key === this.selectedKey);
    if (changed.has('selectedKey') && list && selected >= 0) scrollRowIntoView(list, 0, selected, rowHeight, 0);
  }

  protected override render(): TemplateResult {
    const active = this.activeIndex();
    return html`
      <header class="bar">
        <h2>Requests</h2>
        <span class="secondary totals">${this.totalsText()}</span>
        <span class="grow"></span>
        ${this.newRequests()} ${runState(this.run)}
      </header>
      ${this.tools()}
      <div
        class=${this.rows.some(hasHistory) ? 'list' : 'list without-history'}
        role="tree"
        tabindex="0"
        aria-label="Requests by route"
        aria-activedescendant=${active >= 0 ? this.rowId(active) : nothing}
        @keydown=${this.onKey}
        @focusin=${this.onFocus}
        @focusout=${this.onFocus}
        @pointerdown=${() => (this.isWalked = false)}
      >
        ${
          this.rows.length === 0
            ? html`<p class="none">${this.noRowsText()}</p>`
            : virtualRows({ rows: this.shown, role: 'presentation', render: (row, index) => this.renderRow(row, index) })
        }
      </div>
    `;
  }

  private tools(): TemplateResult {
    return html`<div class="tools" role="toolbar" aria-label="Requests">
      <vscode-textfield
        class="filter"
        .label=${'Filter requests'}
        placeholder="Filter"
        .value=${this.filterText}
        @input=${(event: Event) => this.events.onFilter((event.target as HTMLInputElement).value)}
        @keydown=${this.onFilterKey}
      ></vscode-textfield>
      <select
        class="order"
        aria-label="Order of requests"
        title="Order of requests"
        .value=${this.order}
        @change=${(event: Event) => this.events.onOrder((event.target as HTMLSelectElement).value as RequestOrder)}
      >
        <option value="recent" ?selected=${this.order === 'recent'}>Latest first</option>
        <option value="queries" ?selected=${this.order === 'queries'}>Most queries</option>
        <option value="time" ?selected=${this.order === 'time'}>Most time</option>
        <option value="name" ?selected=${this.order === 'name'}>By name</option>
      </select>
      <vscode-toolbar-button
        icon="warning"
        label="Only requests with findings"
        title="Only requests with findings"
        toggleable
        .checked=${this.onlyFindings}
        @change=${(event: Event) => this.events.onOnlyFindings((event.target as HTMLInputElement).checked)}
      ></vscode-toolbar-button>
      <vscode-toolbar-button icon="clear-all" label="Clear requests" title="Clear requests" @click=${this.events.onClear}></vscode-toolbar-button>
    </div>`;
  }

  private renderRow(row: RequestRow, index: number): TemplateResult {
    return requestRow(row, {
      id: this.rowId(index),
      index,
      total: this.shown.length,
      active: row.key === this.activeKey,
      selected: row.key === this.selectedKey,
      onClick: () => this.choose(row),
      onToggle: (event) => {
        event.stopPropagation();
        this.activeKey = row.key;
        this.events.onToggle(row.key);
      },
    });
  }

  /** How far the list is behind, where its rows stand still. */
  private newRequests(): TemplateResult | typeof nothing {
    const count = this.hold ? this.totals.scopes - this.hold.requests : 0;
    if (count === 0 || isInOrder(this.rows, this.shown)) return nothing;
    const title = 'Rows stand still while you point at them or walk through them: show what has come since';
    return newRequestsButton(`${formatCount(count)} new`, count, title, this.catchUp);
  }

  private readonly catchUp = (): void => {
    this.hold = null;
    this.requestUpdate();
    const list = this.find('.list');
    if (list) list.scrollTop = 0;
    list?.focus({ preventScroll: true });
  };

  private totalsText(): string {
    const { routes, scopes, queries } = this.totals;
    if (queries + scopes === 0) return '';
    if (scopes === 0) return countQueries(queries);
    return `${countOf(routes, 'route')} · ${countOf(scopes, 'request')} · ${countQueries(queries)}`;
  }

  private noRowsText(): string {
    if (this.filterText !== '' || this.onlyFindings) return 'No request matches the filter.';
    return this.run?.state === 'ended' ? 'No requests in this run.' : 'No requests yet.';
  }

  private rowId(index: number): string {
    return `request-${index}`;
  }

  private activeIndex(): number {
    return this.shown.findIndex(({ key }) => key === this.activeKey);
  }

  private choose(row: RequestRow): void {
    this.activeKey = row.key;
    this.events.onSelect(row);
  }

  private readonly onFilterKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.events.onFilter('');
    else if (event.key === 'ArrowDown') this.focusList();
    else return;
    event.preventDefault();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const list = event.currentTarget as HTMLElement;
    const active = this.activeIndex();
    const move = readListKey(event, active, this.shown.length, Math.max(Math.floor(list.clientHeight / rowHeight) - 1, 1));
    if (move === null || this.shown.length === 0) return;
    event.preventDefault();
    this.isWalked = true;
    const row = this.shown[active];
    if (move.kind === 'to') this.goTo(move.index);
    else if (row) this.act(move.kind, row, active);
  };

  private readonly onPointer = ({ type, pointerType }: PointerEvent): void => {
    this.isPointedAt = type === 'pointerenter' && pointerType !== 'touch';
  };

  /** Focus that a click gave is no walk yet. */
  private readonly onFocus = (event: FocusEvent): void => {
    this.isWalked = event.type === 'focusin' && (event.currentTarget as HTMLElement).matches(':focus-visible');
  };

  private act(kind: 'expand' | 'collapse' | 'open' | 'leave', row: RequestRow, index: number): void {
    const expandable = row.kind === 'run' || (row.kind === 'route' && row.expandable);
    const expanded = row.kind !== 'scope' && row.expanded;
    if (kind === 'open') {
      if (row.kind === 'run') this.events.onToggle(row.key);
      else this.events.onEnter();
    } else if (kind === 'expand' && expandable) {
      if (expanded) this.goTo(Math.min(index + 1, this.shown.length - 1));
      else this.events.onToggle(row.key);
    } else if (kind === 'collapse') {
      if (expanded && expandable) this.events.onToggle(row.key);
      else if (row.kind === 'scope') this.goTo(this.shown.findLastIndex(({ kind: above }, at) => at < index && above === 'route'));
    }
  }

  private goTo(index: number): void {
    const row = this.shown[index];
    const list = this.find('.list');
    if (!row || !list) return;
    scrollRowIntoView(list, 0, index, rowHeight, 0);
    if (row.kind === 'run') this.activeKey = row.key;
    else this.choose(row);
  }

  focusList(): void {
    this.find('.list')?.focus();
    if (this.activeIndex() < 0) this.goTo(0);
  }

  focusFilter(): void {
    this.find('.filter')?.focus();
  }
}
