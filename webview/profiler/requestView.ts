/** The right side: one request with its comparison, its findings and its queries. */
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { groupBy } from '../../src/core/model/groupBy';
import type { Finding, RunInfo, ScopeDetail, ScopeSummary } from '../../src/core/profile/queryProfile';
import type { PanelActions } from './actions';
import { compareWithPrevious, isRunning, toneOf } from './comparison';
import { findingCard } from './findingCard';
import { LightElement } from './lightElement';
import { icon, newRequestsButton, spoken } from './pieces';
import { canRunAgain, disprovedNotes, routeHistory, runAgainHint, suppressedList } from './proof';
import { queryDetail } from './queryDetail';
import type { QueryRow, QuerySort, QueryView } from './queryRows';
import { type QueryTable } from './queryTable';
import './queryTable';
import './splitter';
import { detailsGone } from './states';
import { countOf, countQueries, formatCount, formatDuration, formatTime } from './words';

export interface RequestViewEvents {
  onView(view: QueryView): void;
  onSort(sort: QuerySort): void;
  onLeave(): void;
  /** A query is open, or rows are unfolded: the request must not be taken away for a newer one. */
  onReading(isReading: boolean): void;
  onDetailSize(size: { readonly detailWidth: number | null } | { readonly detailHeight: number | null }): void;
}

/** Narrower than this, a query's details stand beneath the queries. */
const stackDetailBelow = 700;

/** The finding that the editor points at; a new object each time it does. */
export interface RevealedFinding {
  readonly finding: number;
}

const views: readonly (readonly [QueryView, string, string])[] = [
  ['fingerprint', 'Queries', 'Equal queries folded into one row'],
  ['operations', 'Operations', 'Queries beneath the calls that ran them'],
  ['sites', 'Call sites', 'Queries by the line of source that asked for them'],
  ['timeline', 'Timeline', 'Every query in order of time'],
];

@customElement('rl-request-view')
export class RequestView extends LightElement {
  @property({ attribute: false }) scope!: ScopeSummary;
  /** Undefined while it is on its way, null where it was not kept. */
  @property({ attribute: false }) detail: ScopeDetail | null | undefined;
  /** Its run, where that is not the newest. */
  @property({ attribute: false }) earlierRun: RunInfo | null = null;
  /** Requests of its route that have come since, while this one is read. */
  @property({ attribute: false }) newer = 0;
  @property({ attribute: false }) view: QueryView = 'fingerprint';
  @property({ attribute: false }) sort: QuerySort = 'time';
  @property({ attribute: false }) folders: readonly string[] = [];
  @property({ attribute: false }) actions!: PanelActions;
  @property({ attribute: false }) events!: RequestViewEvents;
  @property({ attribute: false }) reveal: RevealedFinding | null = null;
  /** Of a query's details, in pixels; null for the default. */
  @property({ attribute: false }) detailWidth: number | null = null;
  @property({ attribute: false }) detailHeight: number | null = null;
  @state() private box = { width: 0, height: 0 };
  @state() private openKey: string | null = null;
  @state() private text = '';
  @state() private isUnfolded = false;
  /** Findings that are not as they start, by what they are about: the first stands open, the others are folded. */
  @state() private toggled: ReadonlySet<string> = new Set();
  private readonly resized = new ResizeObserver(() => (this.box = { width: this.clientWidth, height: this.clientHeight }));
  private shownScope = '';
  private shownRoute = '';
  private isReading = false;
  private revealed: RevealedFinding | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.tellReading(false);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const scope = `${this.scope.runId}/${this.scope.id}`;
    if (scope !== this.shownScope) {
      this.shownScope = scope;
      this.openKey = null;
      this.isUnfolded = false;
    }
    // The next request of a route is looked at as the one before was.
    if (this.scope.name !== this.shownRoute) {
      this.shownRoute = this.scope.name;
      this.toggled = new Set();
      this.text = '';
    }
    if (changed.has('view')) this.openKey = null;
    if (changed.has('reveal')) this.toggled = new Set();
  }

  protected override updated(changed: PropertyValues): void {
    this.tellReading(this.openKey !== null || this.isUnfolded);
    if (changed.has('openKey') && (changed.get('openKey') === null) !== (this.openKey === null)) this.table()?.scrollToActive();
    if (this.reveal !== null && this.detail && this.reveal !== this.revealed) {
      this.revealed = this.reveal;
      this.find(`[data-finding-id="${this.reveal.finding}"]`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  protected override render(): TemplateResult {
    const open = this.openKey === null ? null : (this.table()?.rowOf(this.openKey) ?? null);
    return html`${this.header()}
      <div class="request-split ${this.box.width < stackDetailBelow ? 'stacked' : ''}">
        <div class="request-body">${this.strip()} ${disprovedNotes(this.scope)} ${this.body()}</div>
        ${open && this.detail ? this.detailPane(open, this.detail) : nothing}
      </div>`;
  }

  /** Beside the queries where there is room, else beneath them. */
  private detailPane(row: QueryRow, detail: ScopeDetail): TemplateResult {
    const stacked = this.box.width < stackDetailBelow;
    const room = stacked ? this.box.height : this.box.width;
    const minimum = stacked ? 80 : 240;
    const maximum = Math.max(room - (stacked ? 120 : 300), minimum);
    const wanted = stacked ? (this.detailHeight ?? Math.min(room * 0.5, 280)) : (this.detailWidth ?? room * 0.38);
    const size = Math.round(Math.max(minimum, Math.min(wanted, maximum)));
    this.style.setProperty('--detail-size', `${size}px`);
    return html`<rl-splitter
        .label=${'Size of the details'}
        .stacked=${stacked}
        .sizes=${'after'}
        .size=${size}
        .minimum=${minimum}
        .maximum=${maximum}
        .onResize=${(pixels: number | null) => this.events.onDetailSize(stacked ? { detailHeight: pixels } : { detailWidth: pixels })}
      ></rl-splitter>
      ${queryDetail(row, { detail, folders: this.folders, actions: this.actions, onClose: () => this.closeDetail() })}`;
  }

  private header(): TemplateResult {
    const { scope } = this;
    return html`<header class="bar request-head">
      <h2 title=${scope.name}>${scope.name}</h2>
      ${scope.path !== null && scope.path !== scope.name.replace(/^\w+ /, '') ? html`<span class="secondary path" title=${scope.path}>${scope.path}</span>` : nothing}
      ${statusChip(scope)} ${runChip(this.earlierRun)}
      <span class="measures secondary">${measures(scope)}</span>
      ${isRunning(scope) ? html`<span class="run-state connected">${icon('loading', 'codicon-modifier-spin')}running</span>` : nothing}
      ${this.newerRequests()}
      <span class="grow"></span>
      ${this.headTools()}
    </header>`;
  }

  private headTools(): TemplateResult {
    const { scope } = this;
    return html`<div class="head-tools">
      ${
        canRunAgain(scope)
          ? html`<vscode-toolbar-button
              icon="refresh"
              label="Run this request again"
              title=${runAgainHint(scope)}
              data-action="rerun"
              @click=${() => this.actions.rerun()}
            ></vscode-toolbar-button>`
          : nothing
      }
      <vscode-textfield
        class="query-filter"
        .label=${'Filter queries'}
        placeholder="Filter queries"
        .value=${this.text}
        @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && (this.text = '')}
      ></vscode-textfield>
      <div class="views" role="radiogroup" aria-label="Show as" @keydown=${this.onViewKey}>
        ${views.map(
          ([view, label, hint]) =>
            html`<button
              role="radio"
              class="view"
              data-view=${view}
              aria-checked=${this.view === view}
              tabindex=${this.view === view ? 0 : -1}
              title=${hint}
              @click=${() => this.events.onView(view)}
            >
              ${label}
            </button>`,
        )}
      </div>
    </div>`;
  }

  private tellReading(isReading: boolean): void {
    if (isReading === this.isReading) return;
    this.isReading = isReading;
    this.events.onReading(isReading);
  }

  private newerRequests(): TemplateResult | typeof nothing {
    if (this.newer === 0) return nothing;
    return newRequestsButton(`${formatCount(this.newer)} newer`, this.newer, 'This request stays while you read its queries: show the latest', () => {
      this.openKey = null;
      this.table()?.foldAll();
    });
  }

  /** Before → after, where an earlier run had this request. */
  private strip(): TemplateResult | typeof nothing {
    const comparison = compareWithPrevious(this.scope);
    const { previous } = this.scope;
    if (comparison === null || previous === null) return nothing;
    const { scope } = this;
    const mark = { better: 'pass-filled', fewer: 'arrow-down', same: 'dash', worse: 'arrow-up', different: 'warning' }[comparison.verdict];
    const word = { better: 'Better', fewer: 'Fewer queries', same: 'Same count', worse: 'More queries', different: 'Response changed' }[
      comparison.verdict
    ];
    return html`<div
      class="strip verdict-${comparison.verdict}"
      role="group"
      aria-label="Compared with the run before"
      data-verdict=${comparison.verdict}
    >
      <span class="strip-word">${icon(mark)}<b>${word}</b></span>
      ${change('queries', formatCount(previous.queryCount), formatCount(scope.queryCount), true)}
      ${change('in the database', formatDuration(previous.dbTimeMs), formatDuration(scope.dbTimeMs))}
      ${change(scope.rowCount === 1 ? 'row' : 'rows', formatCount(previous.rowCount), formatCount(scope.rowCount))}
      ${change('in all', formatDuration(previous.durationMs), formatDuration(scope.durationMs))}
      ${comparison.times === null ? nothing : html`<span class="times" title="The first request also pays for what an app does once: code compiled, connections opened">${comparison.times}</span>`}
      <span class="response">${comparison.response}${previous.responseEqual === true ? icon('check') : nothing}</span>
    </div>`;
  }

  private body(): TemplateResult {
    const { detail } = this;
    if (detail === undefined) return html`<p class="none loading" role="status">Reading ${countQueries(this.scope.queryCount)}…</p>`;
    if (detail === null) return detailsGone(this.scope, this.actions);
    return html`${routeHistory(detail.runs ?? [], this.scope)}
      ${isRunning(this.scope) && detail.findings.length > 0 ? html`<p class="note" role="note">${icon('loading', 'codicon-modifier-spin')} Still running: findings and counts are of what was seen so far.</p>` : nothing}
      <section class="findings" aria-label="Findings">
        ${repeat(
          named(sortFindings(detail.findings)),
          ({ name }) => name,
          ({ finding, name }, index) => this.card(finding, name, index, detail),
        )}
      </section>
      ${suppressedList(detail.suppressed ?? [])}
      ${detail.queries.length === 0 && detail.droppedQueries > 0 ? detailsGone(this.scope, this.actions) : this.queryTable(detail)}`;
  }

  private queryTable(detail: ScopeDetail): TemplateResult {
    return html`${
        detail.droppedQueries > 0
          ? html`<p class="note" role="note">
              ${icon('info')} ${countQueries(detail.droppedQueries)} of ${formatCount(this.scope.queryCount)} are not listed one by one; counts and
              times of the groups include them. Listed are the first, then the slowest and one of each statement and line.
            </p>`
          : nothing
      }
      <rl-query-table
        .detail=${detail}
        .view=${this.view}
        .sort=${this.sort}
        .text=${this.text}
        .openKey=${this.openKey}
        .totalMs=${totalTime(detail)}
        .folders=${this.folders}
        .actions=${this.actions}
        .events=${this.tableEvents}
      ></rl-query-table>`;
  }

  private card(finding: Finding, name: string, index: number, detail: ScopeDetail): TemplateResult {
    const startsOpen = this.reveal === null ? index === 0 : finding.id === this.reveal.finding;
    const { folders, actions } = this;
    const onToggle = (): void => {
      const toggled = new Set(this.toggled);
      if (!toggled.delete(name)) toggled.add(name);
      this.toggled = toggled;
    };
    return findingCard(finding, { detail, folders, actions, expanded: startsOpen !== this.toggled.has(name), onToggle });
  }

  private readonly tableEvents = {
    onOpen: (row: { readonly key: string } | null): void => {
      this.openKey = row?.key ?? null;
    },
    onUnfolded: (isUnfolded: boolean): void => {
      this.isUnfolded = isUnfolded;
    },
    onSort: (sort: QuerySort): void => this.events.onSort(sort),
    onLeave: (): void => this.events.onLeave(),
  };

  private readonly onViewKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = views[(views.findIndex(([view]) => view === this.view) + step + views.length) % views.length];
    if (!next) return;
    this.events.onView(next[0]);
    this.find(`[data-view="${next[0]}"]`)?.focus();
  };

  private closeDetail(): void {
    this.openKey = null;
    this.table()?.focusTable();
  }

  private table(): QueryTable | null {
    return this.find<QueryTable>('rl-query-table');
  }

  focusQueries(): void {
    this.table()?.focusTable();
  }
}

function statusChip({ status }: ScopeSummary): TemplateResult | typeof nothing {
  if (status === null) return nothing;
  const tone = status >= 500 ? 'warning' : status >= 400 ? 'info' : 'quiet';
  return html`<span class="chip tone-${tone}" title="HTTP status">${spoken('status ')}${status}</span>`;
}

/** Another run than the one at the top of the list. */
function runChip(run: RunInfo | null): TemplateResult | typeof nothing {
  if (run === null) return nothing;
  return html`<span class="chip tone-quiet" data-chip="run" title=${run.name}>run of ${formatTime(run.startedAtMs)}</span>`;
}

/** Waits for connections that the head of a request mentions. */
const TELLING_WAIT_MS = 10;

function measures(scope: ScopeSummary): TemplateResult {
  const waited = scope.waitMs ?? 0;
  return html`<b class="tone-${toneOf(scope)}">${countQueries(scope.queryCount)}</b> · ${formatDuration(scope.dbTimeMs)} in the database
    ${waited >= TELLING_WAIT_MS ? html`· <span title="Not in the time of the database">${formatDuration(waited)} waiting for connections</span>` : nothing}
    <span class="roomy">· ${countOf(scope.rowCount, 'row')} · ${formatDuration(scope.durationMs)} in all</span>`;
}

function change(what: string, before: string, after: string, first = false): TemplateResult {
  return html`<span class="change ${first ? 'first' : ''}"
    ><span class="before number">${before}</span>${spoken(' before, ')}<span aria-hidden="true"> → </span
    ><b class="after number">${after}</b> ${what}</span
  >`;
}

/** Warnings first, then what costs most. */
function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding): number => (severity === 'warning' ? 0 : 1);
  return [...findings].sort((a, b) => rank(a) - rank(b) || b.dbTimeMs - a.dbTimeMs || a.id - b.id);
}

interface NamedFinding {
  readonly finding: Finding;
  readonly name: string;
}

/** What a finding is about: the same in the next request of its route, so that its card and buttons stay. Of several alike, each has a name. */
function named(findings: readonly Finding[]): readonly NamedFinding[] {
  const all = groupBy(findings, ({ kind, entity, relation, site }) => `${kind} ${entity}.${relation} ${site?.file}:${site?.line}:${site?.column}`);
  const names = new Map([...all].flatMap(([name, alike]) => alike.map((finding, index) => [finding, `${name} ${index}`] as const)));
  return findings.map((finding) => ({ finding, name: names.get(finding) ?? '' }));
}

/** The waterfall's width in milliseconds: the request's, or as far as its queries reach while it still runs. */
function totalTime(detail: ScopeDetail): number {
  return detail.queries.reduce((end, { offsetMs, durationMs }) => Math.max(end, offsetMs + durationMs), detail.scope.durationMs);
}
