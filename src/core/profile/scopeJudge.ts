import type { ScopeEvidence, ScopeRecord } from './evidence';
import { findFindings } from './findFindings';
import { FindingSuppression, type SplitFindings } from './findingSuppression';
import { JudgedScopes } from './judgedScopes';
import type { ProfileBuilderOptions } from './profileBuilder';
import type { Finding } from './queryProfile';
import { RelationStatistics } from './relationStats';
import type { RunRecord } from './runRecord';
import { SiteStatistics } from './siteStats';
import { SlowFindings } from './slowFindings';
import type { SuppressedHere, SuppressEntry } from './suppressEntries';
import { defaultThresholds, type Thresholds } from './thresholds';
import { UsualTimes } from './usualTimes';

/**
 * Finds a run's findings, scope by scope and each time that a scope has changed; what is known to be meant is set aside, and what other scopes
 * make of a finding (a statement that is quick as a rule) is told of settled ones as well. Keeps the numbers that are counted on the way.
 */
export class ScopeJudge {
  readonly judged = new JudgedScopes();
  readonly statistics = new RelationStatistics();
  readonly sites = new SiteStatistics();
  readonly times: UsualTimes;
  private readonly thresholds: Thresholds;
  private readonly suppression: FindingSuppression;
  private readonly slow: SlowFindings;
  /** Relations that a finding wanted loaded. */
  private readonly advised = new Set<string>();
  private beingJudged: ScopeRecord | null = null;

  constructor(
    private readonly run: RunRecord,
    private readonly options: ProfileBuilderOptions,
  ) {
    this.thresholds = { ...defaultThresholds, ...options.thresholds };
    this.suppression = new FindingSuppression(options.sourceLine);
    this.times = new UsualTimes(this.thresholds);
    this.slow = new SlowFindings(this.times);
    run.onSettled = (scope) => {
      // Asking whether a scope is still to be judged may be what settles it.
      if (scope !== this.beingJudged) this.settle(scope);
    };
    run.onForgotten = (scope) => this.judged.forget(scope);
    this.judged.onForgotten = (scope) => {
      this.statistics.forget(scope);
      this.slow.forget(scope);
    };
  }

  /** @param isExact also where only a number grew */
  updateAll(isExact: boolean): void {
    for (const scope of this.run.unjudgedScopes(isExact)) this.update(scope);
    this.retellSlow(isExact);
  }

  /** Finds the scope's findings anew, where the scope has changed since. */
  update(scope: ScopeRecord): void {
    const { evidence } = scope;
    this.beingJudged = scope;
    const isUnjudged = this.run.takeUnjudged(scope);
    this.beingJudged = null;
    if (!isUnjudged || evidence === null) return;
    const { heard, suppressed } = this.suppression.split(this.find(scope, evidence));
    if (this.judged.note(scope, heard, suppressed)) this.run.show(scope);
    for (const finding of heard) this.noteAdvised(finding);
    this.statistics.update(scope, evidence, heard);
    this.sites.update(scope);
    if (scope.evidence === null) this.settle(scope);
  }

  /** What is found again keeps its id. */
  private find(scope: ScopeRecord, evidence: ScopeEvidence): Finding[] {
    const history = this.options.history?.(scope.name) ?? null;
    const found = findFindings(scope, evidence, {
      thresholds: this.thresholds,
      previousQueryCount: history?.previous?.queryCount ?? null,
      isTrace: this.options.isTrace ?? false,
      root: this.run.root,
      sourceLine: this.options.sourceLine,
      wasAdvised: (entity, relation) => this.advised.has(`${entity}.${relation}`) || history?.advised?.includes(`${entity}.${relation}`) === true,
    });
    return found.map(({ key, statement, ...rest }) => {
      const finding = { id: this.judged.idOf(scope, key), ...rest };
      return statement === undefined ? finding : this.slow.note(finding, statement);
    });
  }

  /** Of one scope, judged anew where it has changed, with exact numbers. */
  exactFindings(scope: ScopeRecord): Finding[] {
    this.update(scope);
    this.retellSlow(false, [scope.id]);
    return this.judged.of(scope).findings.map((finding) => this.slow.retell(finding, true));
  }

  /** The setting's entries from now on, for what was found already as well. */
  suppress(entries: readonly SuppressEntry[]): void {
    this.suppression.setEntries(entries);
    this.splitAgain();
  }

  /** A comment that was written meanwhile. */
  suppressHere(said: SuppressedHere): void {
    this.suppression.addComment(said);
    this.splitAgain();
  }

  /** Forgets what was found and counted; what was advised stays. */
  clear(): void {
    this.judged.clear();
    this.slow.clear();
    this.times.clear();
    this.statistics.clear();
    this.sites.clear();
  }

  /** After a change of what is suppressed: what was found already is told or kept back anew, of settled scopes as well. */
  private splitAgain(): void {
    for (const scope of this.run.scopes.values()) {
      const { findings } = this.judged.of(scope);
      const split = this.suppression.split(this.judged.allOf(scope).sort((a, b) => a.id - b.id));
      if (split.heard.length === findings.length && split.heard.every((finding) => findings.includes(finding))) continue;
      this.tellAnew(scope, split);
      this.run.touch(scope);
    }
  }

  /** Statements ran on meanwhile: what was slow once may be quick as a rule, in settled scopes as well. */
  private retellSlow(isExact: boolean, scopes = this.slow.scopes()): void {
    for (const id of scopes) {
      const scope = this.run.scopes.get(id);
      if (scope === undefined) continue;
      const before = this.judged.allOf(scope);
      const after = before.map((finding) => this.slow.retell(finding, isExact));
      if (after.every((finding, index) => finding === before[index])) continue;
      this.tellAnew(scope, this.suppression.split(after.sort(warningsFirst)));
      this.run.show(scope);
    }
  }

  /** Findings of a scope in place of those that were told; what they rest on is the same. */
  private tellAnew(scope: ScopeRecord, { heard, suppressed }: SplitFindings): void {
    this.judged.note(scope, heard, suppressed);
    this.statistics.judged(scope, heard);
  }

  private settle(scope: ScopeRecord): void {
    this.judged.settle(scope);
    this.statistics.settle(scope);
  }

  private noteAdvised({ kind, advice, entity, relation }: Finding): void {
    const isLoading = kind === 'lazy-n-plus-one' || kind === 'loop-n-plus-one' || kind === 'unloaded-relation-read';
    if (isLoading && advice.kind === 'load-relations' && entity !== null && relation !== null) this.advised.add(`${entity}.${relation}`);
  }
}

function warningsFirst(a: Finding, b: Finding): number {
  return Number(a.severity === 'info') - Number(b.severity === 'info');
}
