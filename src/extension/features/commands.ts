import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import type { DiagramCommand } from '../../protocol/diagramPanel';
import { COMMANDS } from '../contributions';
import type { DiagramPanel } from '../panels/diagramPanel';
import type { ProfilerView } from '../panels/profilerView';
import type { CollectorProcess } from '../profile/collectorProcess';
import type { ProfileStore } from '../profile/profileStore';
import type { EntityAtCursor } from './entityAtCursor';
import { applyFindingFix } from './findingFix';
import type { LanguageService } from './languageService';
import { openSource, type SourcePlace } from './openSource';
import { copyProbeEnvironment } from './probeEnvironmentCopy';
import { runFileWithProfiler, runWithProfiler } from './runWithProfiler';

export interface CommandServices {
  readonly language: LanguageService;
  readonly profiles: ProfileStore;
  readonly collector: CollectorProcess;
  readonly cursor: EntityAtCursor;
  readonly diagramPanel: DiagramPanel;
  readonly profiler: ProfilerView;
}

/** What “Show in Diagram” is called with: a name or id, a tree item, a profiler's relation, or (palette, editor menu) nothing of the kind. */
type DiagramTarget = string | { readonly entity?: string | null; readonly property?: string | null } | undefined;

/** Every command, one line each. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { language, profiles, collector, diagramPanel, profiler } = services;
  const diagram = (command: DiagramCommand) => () => diagramPanel.run(command);
  const commands: Record<(typeof COMMANDS)[keyof typeof COMMANDS], (...args: never[]) => unknown> = {
    [COMMANDS.openDiagram]: () => diagramPanel.open(),
    [COMMANDS.showInDiagram]: (target: DiagramTarget) => showInDiagram(services, target),
    [COMMANDS.diagramFit]: diagram('fit'),
    [COMMANDS.diagramSearch]: diagram('search'),
    [COMMANDS.diagramRelayout]: diagram('relayout'),
    [COMMANDS.diagramZoomIn]: diagram('zoomIn'),
    [COMMANDS.diagramZoomOut]: diagram('zoomOut'),
    [COMMANDS.diagramExportSvg]: diagram('exportSvg'),
    [COMMANDS.diagramExportPng]: diagram('exportPng'),
    [COMMANDS.openProfiler]: (at?: { readonly runId: string; readonly scope: number; readonly finding?: number }) =>
      at?.runId === undefined ? profiler.show(false) : profiler.select(at.runId, at.scope, at.finding ?? null),
    [COMMANDS.openProfilerInEditor]: () => profiler.openInEditor(),
    [COMMANDS.clearProfile]: () => profiles.clear(),
    [COMMANDS.runWithProfiler]: () => runWithProfiler(),
    [COMMANDS.runFileWithProfiler]: (uri?: vscode.Uri) => runFileWithProfiler(uri),
    [COMMANDS.addLaunchConfiguration]: () => vscode.commands.executeCommand('debug.addConfiguration'),
    [COMMANDS.copyProfilerEnvironment]: () => copyProbeEnvironment(collector),
    [COMMANDS.applyFindingFix]: (finding: Finding) => applyFindingFix(language, finding),
    [COMMANDS.openSite]: (place: SourcePlace) => openSource(place),
    [COMMANDS.restartServer]: () => language.restart(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run as (...args: unknown[]) => unknown)),
  );
}

async function showInDiagram({ cursor, diagramPanel, language }: CommandServices, target: DiagramTarget): Promise<void> {
  const { entity, property } = typeof target === 'string' ? { entity: target, property: null } : (target ?? {});
  const wanted = entity ?? cursor.current?.focus ?? (await entityUnderCursor(language));
  if (wanted) diagramPanel.reveal(wanted, property ?? null);
  else diagramPanel.open();
}

async function entityUnderCursor(language: LanguageService): Promise<string | null> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const { line, character } = editor.selection.active;
  const around = { uri: editor.document.uri.toString(), position: { line, character }, depth: 1 };
  return (await language.diagram({ around }))?.focus ?? null;
}
