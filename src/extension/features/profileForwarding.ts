import * as vscode from 'vscode';
import type { EdgeHeat } from '../../protocol/diagramPanel';
import type { RelationLoadStats } from '../../protocol/collector';
import type { HeatSource } from '../panels/panelServices';
import { FindingsToSend } from '../profile/findingsToSend';
import type { ProfileStore } from '../profile/profileStore';
import type { LanguageService } from './languageService';

/** Findings change with every request; the editor's marks need not follow each of them. */
const DELAY_MS = 250;
/** The server goes through all that it knows each time, so through many of them so much more seldom. */
const DELAY_MS_PER_FINDING = 0.5;

/** Tells the language server what the last run found (hovers, inlay hints, diagnostics, code actions), and the diagrams how hot their edges are. */
export class ProfileForwarding implements HeatSource, vscode.Disposable {
  private readonly heatChanged = new vscode.EventEmitter<readonly EdgeHeat[]>();
  private readonly disposables: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private heat: readonly EdgeHeat[] = [];
  /** How many there were when the server was told last. */
  private findings = 0;
  private readonly toSend = new FindingsToSend();

  readonly onDidChange = this.heatChanged.event;

  constructor(
    private readonly profiles: ProfileStore,
    private readonly language: LanguageService,
  ) {
    const soon = () => {
      this.timer ??= setTimeout(() => this.forward(), this.delayMs);
    };
    const anew = () => {
      this.toSend.startAnew();
      soon();
    };
    this.disposables = [
      this.heatChanged,
      profiles.onDidChange((change) => {
        this.toSend.note(change);
        soon();
      }),
      profiles.onDidReset(anew),
      language.onDidChangeState(anew),
    ];
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
    const { relationStats = [] } = run ?? {};
    // A recording's lines are of sources that may have changed since.
    const siteStats = run && run.info.recording === undefined ? [...run.siteStats.values()] : [];
    this.language.sendProfile({ ...this.toSend.take(run), relationStats, siteStats });
    this.findings = run?.findings.length ?? 0;
    this.heat = relationStats.map(toHeat);
    this.heatChanged.fire(this.heat);
  }
}

function toHeat({ entity, relation, loads, dbTimeMs, warning, sites }: RelationLoadStats): EdgeHeat {
  return { entity, relation, loads, dbTimeMs, warning, sites };
}
