/** The whole panel: takes the extension's messages in, keeps what is chosen, and lays the two sides out beside or above each other. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RunInfo, ScopeSummary } from '../../src/core/profile/queryProfile';
import type { PackedDetail } from '../../src/protocol/packedDetail';
import type { FromProfiler, ToProfiler } from '../../src/protocol/profilerPanel';
import type { Host } from '../shared/host';
import type { PanelActions } from './actions';
import { Announcer } from './announcer';
import { DetailLoader } from './detailLoader';
import { routeToFollow } from './followRoute';
import { LightElement, rowHeight } from './lightElement';
import { restoreState, type PanelState } from './panelState';
import './requestList';
import { type RequestList } from './requestList';
import { routeKey, runKey, scopeKey, toRequestRows, type RequestRow } from './requestRows';
import './requestView';
import { type RequestView, type RevealedFinding } from './requestView';
import { PlanLoader } from './planLoader';
import { RenderPacer } from './renderPacer';
import { RunStore, type Route } from './runStore';
import './splitter';
import { newRunNote, noRequests, noRun, nothingOpen, PATIENCE_MS, runNotes, type RunProgress } from './states';

/** Narrower than this, the two sides stand above each other. */
const stackBelow = 700;
/** Bar, filter and a little air above the first row. */
const listHeadHeight = 68;

export type ProfilerHost = Host<ToProfiler, FromProfiler, PanelState>;

@customElement('rl-profiler')
export class ProfilerPanel extends LightElement {
  host!: ProfilerHost;
  @state() private kept: PanelState = restoreState(undefined);
  @state() private box = { width: 0, height: 0 };
  @state() private revealed: RevealedFinding | null = null;
  /** Told nothing yet: neither "no run" nor anything else may be said. */
  @state() private heard = false;
  private readonly store = new RunStore();
  private readonly announcer = new Announcer((text) => {
    const region = this.find('.announcements');
    if (region) region.textContent = text;
  });
  private readonly details = new DetailLoader(
    (runId, scope) => this.host.post({ type: 'requestDetail', runId, scope }),
    () => this.requestUpdate(),
  );
  private readonly plans = new PlanLoader(
    (runId, scope, query) => this.host.post({ type: 'explain', runId, scope, query }),
    () => {
      this.requestUpdate();
      this.find<RequestView>('rl-request-view')?.requestUpdate();
    },
  );
  /** The open request is being read: the next of its route must not take its place. */
  private isReading = false;
  private readonly pacer = new RenderPacer(() => this.requestUpdate());
  private disposers: (() => void)[] = [];
  private patience: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.kept = restoreState(this.host.readState());
    const resized = new ResizeObserver(() => (this.box = { width: this.clientWidth, height: this.clientHeight }));
    resized.observe(this);
    this.disposers = [
      this.host.onMessage((message) => this.accept(message)),
      () => resized.disconnect(),
      () => this.announcer.stop(),
      () => this.pacer.stop(),
      () => clearTimeout(this.patience),
    ];
    this.addEventListener('keydown', this.onKey);
    this.host.post({ type: 'ready' });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const dispose of this.disposers) dispose();
    this.removeEventListener('keydown', this.onKey);
  }

  private accept(message: ToProfiler): void {
    switch (message.type) {
      case 'reset':
        this.heard = true;
        this.store.accept(message);
        this.details.forget();
        this.plans.forget();
        this.follow();
        break;
      case 'scopes':
        this.heard = true;
        this.store.accept(message);
        this.details.refresh(message.run.id, message.judged);
        if (message.detail) this.takeDetail(message.run.id, message.detail);
        this.follow();
        this.announcer.announce(message.scopes);
        if (message.detail) this.waitForNext();
        this.pacer.soon();
        return;
      case 'detail':
        this.details.accept(message.runId, message.scope, message.detail);
        this.waitForNext();
        break;
      case 'plan':
        this.plans.accept(message.runId, message.scope, message.query, message.explanation);
        void this.showPlan();
        break;
      case 'select':
        this.reveal(message.runId, message.scope, message.finding);
        break;
    }
    this.requestUpdate();
  }

  private takeDetail(runId: string, detail: PackedDetail): void {
    const scope = this.store.scope(runId, detail.scope.id);
    if (scope) this.details.take(scope, detail);
  }

  /** The next request of the route that is open shall bring its details along: asking for them takes longer than all else. */
  private waitForNext(): void {
    const { selection } = this.kept;
    if (selection === null || selection.pinned || this.isReading) return;
    const { runId, name, scope } = selection;
    this.host.post({ type: 'follow', runId, name, from: scope });
  }

  /** What was asked for comes beneath the statement, which may fill the pane. */
  private async showPlan(): Promise<void> {
    await this.updateComplete;
    await this.find<RequestView>('rl-request-view')?.updateComplete;
    this.find('.plan, .plan-ask')?.scrollIntoView({ block: 'start' });
  }

  private reveal(runId: string, id: number, finding: number | null): void {
    const scope = this.store.scope(runId, id);
    const name = scope?.name ?? '';
    const route = this.store.route(runId, name);
    this.revealed = finding === null ? null : { finding };
    // Runs that are over are folded; what is pointed at must be in sight.
    const isOver = this.store.runs().some((run, index) => run.id === runId && index > 0 && run.state !== 'connected');
    const expanded = isOver ? [...new Set([...this.kept.expanded, runKey(runId)])] : this.kept.expanded;
    this.keep({ expanded, selection: { runId, scope: id, name, pinned: isOver || route?.latest.id !== id, chosen: true } });
  }

  /** A route that is open stays open, at its latest request. */
  private follow(): void {
    const { selection } = this.kept;
    if (selection?.pinned && this.store.scope(selection.runId, selection.scope)) return;
    const route = routeToFollow(this.store, selection);
    if (!route) return;
    if (selection && selection.scope === route.latest.id && selection.runId === route.runId) return;
    if (this.isReadingOf(route)) return;
    this.revealed = null;
    this.keep({ selection: { runId: route.runId, scope: route.latest.id, name: route.name, pinned: false, chosen: selection?.chosen ?? false } });
  }

  /** A new run is what was waited for; it is shown at once. */
  private isReadingOf({ runId, name }: Route): boolean {
    const { selection } = this.kept;
    const isOpen = selection?.runId === runId && selection.name === name && this.store.scope(runId, selection.scope) !== null;
    return this.isReading && isOpen;
  }

  /** Requests of the open one's route that have come since. */
  private newerThan(scope: ScopeSummary): number {
    const route = this.isReading && !this.kept.selection?.pinned ? this.store.route(scope.runId, scope.name) : null;
    return route === null ? 0 : route.scopes.filter(({ startedAtMs }) => startedAtMs > scope.startedAtMs).length;
  }

  private keep(change: Partial<PanelState>): void {
    this.kept = { ...this.kept, ...change };
    this.host.writeState(this.kept);
  }

  protected override render(): TemplateResult {
    const run = this.store.latestRun();
    const totals = this.store.totals(run?.id ?? '');
    this.dataset['scopeCount'] = String(totals.scopes);
    this.lookAgainLater(run);
    return html`<div class="announcements spoken" role="status" aria-live="polite"></div>
      ${!this.heard ? nothing : run === null ? noRun(this.actions) : this.renderRun()}`;
  }

  private renderRun(): TemplateResult {
    const run = this.store.latestRun();
    const stacked = this.box.width < stackBelow;
    const room = stacked ? this.box.height : this.box.width;
    const minimum = stacked ? 90 : 240;
    const maximum = Math.max(room - (stacked ? 160 : 320), minimum);
    const { kept } = this;
    const rows = toRequestRows(this.store, {
      text: kept.filter,
      onlyFindings: kept.onlyFindings,
      order: kept.order,
      expanded: new Set(kept.expanded),
    });
    const fitting = listHeadHeight + Math.max(rows.length, 3) * rowHeight;
    const wanted = stacked
      ? (this.kept.listHeight ?? Math.min(Math.round(room * 0.36), fitting))
      : (this.kept.listWidth ?? Math.min(Math.round(room * 0.34), 420));
    const size = Math.max(minimum, Math.min(wanted, maximum));
    this.style.setProperty('--list-size', `${size}px`);
    return html`<div class="panes ${stacked ? 'stacked' : ''}">
      <rl-request-list
        role="region"
        aria-label="Requests"
        .rows=${rows}
        .run=${run}
        .totals=${this.store.totals(run?.id ?? '')}
        .selectedKey=${this.selectedKey(rows)}
        .filterText=${kept.filter}
        .onlyFindings=${kept.onlyFindings}
        .order=${kept.order}
        .events=${this.listEvents}
      ></rl-request-list>
      <rl-splitter
        .label=${'Size of the requests list'}
        .stacked=${stacked}
        .size=${size}
        .minimum=${minimum}
        .maximum=${maximum}
        .onResize=${(pixels: number | null) => this.keep(stacked ? { listHeight: pixels } : { listWidth: pixels })}
      ></rl-splitter>
      <main class="right" @pointerdown=${this.looksAtIt} @keydown=${this.looksAtIt}>
        ${this.newRun(run)} ${runNotes(run, this.store.dropped(run?.id ?? ''))} ${this.right()}
      </main>
    </div>`;
  }

  private right(): TemplateResult {
    const run = this.store.latestRun();
    const { selection } = this.kept;
    const scope = selection && this.store.scope(selection.runId, selection.scope);
    if (!scope) return run && this.hasNoRequests(run) ? noRequests({ ...run, message: null }, this.progressOf(run), this.actions) : nothingOpen();
    return html`<rl-request-view
      .scope=${scope}
      .earlierRun=${this.store.runs().find(({ id }, index) => id === scope.runId && index > 0) ?? null}
      .newer=${this.newerThan(scope)}
      .detail=${this.details.get(scope)}
      .view=${this.kept.view}
      .sort=${this.kept.sort}
      .folders=${this.store.folders}
      .actions=${this.actions}
      .events=${this.viewEvents}
      .detailWidth=${this.kept.detailWidth}
      .detailHeight=${this.kept.detailHeight}
      .reveal=${this.revealed}
    ></rl-request-view>`;
  }

  /** What the newest run has come to, where a request of another run is open and it has none itself. */
  private newRun(run: RunInfo | null): TemplateResult | typeof nothing {
    const { selection } = this.kept;
    if (!run || !selection || selection.runId === run.id || !this.hasNoRequests(run)) return nothing;
    const shown = this.store.scope(selection.runId, selection.scope);
    return shown ? newRunNote(run, this.progressOf(run), shown, this.actions) : nothing;
  }

  private hasNoRequests(run: RunInfo): boolean {
    return this.store.totals(run.id).scopes === 0;
  }

  private progressOf(run: RunInfo): RunProgress {
    return { nowMs: Date.now(), queries: this.store.totals(run.id).queries };
  }

  /** Nothing arrives from an app that has not loaded TypeORM, so the page looks at the clock itself. */
  private lookAgainLater(run: RunInfo | null): void {
    clearTimeout(this.patience);
    if (run?.state !== 'waiting') return;
    const left = run.startedAtMs + PATIENCE_MS - Date.now();
    if (left > 0) this.patience = setTimeout(() => this.requestUpdate(), left);
  }

  /** What the user works with is not taken from them. */
  private readonly looksAtIt = (): void => {
    const { selection } = this.kept;
    if (selection && !selection.chosen) this.keep({ selection: { ...selection, chosen: true } });
  };

  private selectedKey(rows: readonly RequestRow[]): string | null {
    const { selection } = this.kept;
    if (!selection) return null;
    const { runId, scope, name, pinned } = selection;
    const [route, single] = [routeKey(runId, name), scopeKey(runId, scope)];
    // The latest request of a folded route is shown by the route's row.
    const isShownByRoute = this.store.route(runId, name)?.latest.id === scope && !rows.some(({ key }) => key === single);
    return pinned && !isShownByRoute ? single : route;
  }

  private readonly listEvents = {
    onSelect: (row: RequestRow): void => {
      if (row.kind === 'run') return;
      const { scope } = row;
      this.revealed = null;
      this.keep({
        selection: { runId: scope.runId, scope: scope.id, name: scope.name, pinned: row.kind === 'scope' || row.age !== 'latest', chosen: true },
      });
    },
    onToggle: (key: string): void => {
      const expanded = new Set(this.kept.expanded);
      if (!expanded.delete(key)) expanded.add(key);
      this.keep({ expanded: [...expanded] });
    },
    onFilter: (filter: string): void => this.keep({ filter }),
    onOnlyFindings: (onlyFindings: boolean): void => this.keep({ onlyFindings }),
    onOrder: (order: PanelState['order']): void => this.keep({ order }),
    onClear: (): void => {
      this.store.clear();
      this.details.forget();
      this.keep({ selection: null });
      this.host.post({ type: 'clear' });
    },
    onEnter: (): void => this.find<RequestView>('rl-request-view')?.focusQueries(),
  };

  private readonly viewEvents = {
    onView: (view: PanelState['view']): void => this.keep({ view }),
    onSort: (sort: PanelState['sort']): void => this.keep({ sort }),
    onReading: (isReading: boolean): void => {
      this.isReading = isReading;
      if (!isReading) this.follow();
    },
    onDetailSize: (size: Partial<Pick<PanelState, 'detailWidth' | 'detailHeight'>>): void => this.keep(size),
    onLeave: (): void => this.find<RequestList>('rl-request-list')?.focusList(),
  };

  private readonly actions: PanelActions = {
    openSite: ({ file, line, column }) => this.host.post({ type: 'openSite', file, line, column }),
    showInDiagram: (entity, relation) => this.host.post({ type: 'showInDiagram', entity, relation }),
    fixFinding: (finding) => {
      const { selection } = this.kept;
      if (selection) this.host.post({ type: 'fixFinding', runId: selection.runId, finding });
    },
    suppress: (finding) => this.host.post({ type: 'suppress', finding }),
    pauseAt: ({ file, line, column }) => this.host.post({ type: 'pauseAt', file, line, column }),
    rerun: () => {
      const { selection } = this.kept;
      if (selection) this.host.post({ type: 'rerun', runId: selection.runId, scope: selection.scope });
    },
    explain: (query) => {
      const { selection } = this.kept;
      if (selection) this.plans.ask(selection.runId, query.scope, query.id);
    },
    planOf: (query) => (this.kept.selection === null ? undefined : this.plans.get(this.kept.selection.runId, query.scope, query.id)),
    copy: (text, what) => {
      this.host.post({ type: 'copy', text });
      this.announcer.say(`${what} copied`);
    },
    runCommand: (command) => this.host.post({ type: 'runCommand', command }),
  };

  /** Ctrl+F, or Cmd+F, goes to the filter, as in VS Code's own lists. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.find<RequestList>('rl-request-list')?.focusFilter();
  };
}
