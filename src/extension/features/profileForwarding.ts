import * as vscode from 'vscode';
import type { EdgeHeat } from '../../protocol/diagramPanel';
import type { RelationLoadStats } from '../../protocol/collector';
import type { HeatSource } from '../panels/panelServices';
import type { ProfileStore } from '../profile/profileStore';
import type { LanguageService } from './languageService';

/** Findings change with every request; the editor's marks need not follow each of them. */
const DELAY_MS = 250;
/** All of them are sent each time, so many of them so much more seldom. */
const DELAY_MS_PER_FINDING = 0.5;

/** Tells the language server what the last run found (hovers, inlay hints, diagnostics, code actions), and the diagrams how hot their edges are. */
export class ProfileForwarding implements HeatSource, vscode.Disposable {
  private readonly heatChanged = new vscode.EventEmitter<readonly EdgeHeat[]>();
  private readonly disposables: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private heat: readonly EdgeHeat[] = [];
  /** How many were sent last. */
  private findings = 0;

  readonly onDidChange = this.heatChanged.event;

  constructor(
    private readonly profiles: ProfileStore,
    private readonly language: LanguageService,
  ) {
    const soon = () => {
      this.timer ??= setTimeout(() => this.forward(), this.delayMs);
    };
    this.disposables = [this.heatChanged, profiles.onDidChange(soon), profiles.onDidReset(soon), language.onDidChangeState(soon)];
  }

  get current(): readonly EdgeHeat[] {
    return this.heat;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private get delayMs(): number {
    return DELAY_MS + DELAY_MS_PER_FINDING * this.findings;
  }

  private forward(): void {
    this.timer = undefined;
    const run = this.profiles.latest;
    const { findings = [], relationStats = [] } = run ?? {};
    // A recording's lines are of sources that may have changed since.
    const siteStats = run && run.info.recording === undefined ? [...run.siteStats.values()] : [];
    this.language.sendProfile({ ...(run ? { runId: run.info.id } : {}), findings, relationStats, siteStats });
    this.findings = findings.length;
    this.heat = relationStats.map(toHeat);
    this.heatChanged.fire(this.heat);
  }
}

function toHeat({ entity, relation, loads, dbTimeMs, warning, sites }: RelationLoadStats): EdgeHeat {
  return { entity, relation, loads, dbTimeMs, warning, sites };
}
