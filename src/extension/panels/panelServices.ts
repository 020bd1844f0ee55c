import type * as vscode from 'vscode';
import type { EdgeHeat } from '../../protocol/diagramPanel';
import type { EntityAtCursor } from '../features/entityAtCursor';
import type { LanguageService } from '../features/languageService';
import type { TypeormWorkspace } from '../workspace/typeormWorkspace';

/** What the diagram's panels are built from. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly workspace: TypeormWorkspace;
  readonly language: LanguageService;
  readonly cursor: EntityAtCursor;
  readonly heat: HeatSource;
}

/** How often relations were loaded in the last profiled run. */
export interface HeatSource {
  readonly current: readonly EdgeHeat[];
  readonly onDidChange: vscode.Event<readonly EdgeHeat[]>;
}
