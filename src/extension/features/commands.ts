import * as vscode from 'vscode';
import type { Finding } from '../../protocol/collector';
import type { DiagramCommand } from '../../protocol/diagramPanel';
import { COMMANDS } from '../contributions';
import type { DiagramPanel } from '../panels/diagramPanel';
import type { EntityTreeNode } from '../panels/entityTree';
import type { DifferencesView } from '../panels/differencesView';
import type { ProfilerView } from '../panels/profilerView';
import type { CollectorProcess } from '../profile/collectorProcess';
import type { ProfileStore } from '../profile/profileStore';
import { addTypeormLaunch } from './addLaunchConfiguration';
import { compareDiagram } from './compareDiagram';
import type { EntityAtCursor } from './entityAtCursor';
import { copyRelations } from './copyRelations';
import { applyFindingFix, type FixServices } from './findingFix';
import { FixPreview } from './fixPreview';
import type { LanguageService } from './languageService';
import { openSource, type SourcePlace } from './openSource';
import { openRecording } from './recordings';
import { copyProbeEnvironment } from './probeEnvironmentCopy';
import { runFileWithProfiler, runWithProfiler } from './runWithProfiler';
import { suppressFinding } from './suppressions';

export interface CommandServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly language: LanguageService;
  readonly profiles: ProfileStore;
  readonly collector: CollectorProcess;
  /** Where the extension keeps the workspace's files. */
  readonly storageFolder: string;
  readonly cursor: EntityAtCursor;
  readonly diagramPanel: DiagramPanel;
  readonly differences: DifferencesView;
  readonly profiler: ProfilerView;
}

/** What “Show in Diagram” is called with: a name or id, a tree item, a profiler's relation, or (palette, editor menu) nothing of the kind. */
type DiagramTarget = string | { readonly entity?: string | null; readonly property?: string | null } | undefined;

/** Every command, one line each. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { extensionUri, log, language, profiles, collector, diagramPanel, differences, profiler } = services;
  const fixes: FixServices = { language, profiles, select: ({ runId, scope }) => profiler.select(runId, scope, null) };
  const preview = new FixPreview(fixes);
  const diagram = (command: DiagramCommand) => () => diagramPanel.run(command);
  const commands: Record<(typeof COMMANDS)[keyof typeof COMMANDS], (...args: never[]) => unknown> = {
    [COMMANDS.openDiagram]: () => diagramPanel.open(),
    [COMMANDS.showInDiagram]: (target: DiagramTarget) => showInDiagram(services, target),
    [COMMANDS.showNeighbours]: (target: DiagramTarget) => openView(services, 'neighbours', target),
    [COMMANDS.copyRelations]: (node: EntityTreeNode) => copyRelations(node),
    [COMMANDS.diagramFit]: diagram('fit'),
    [COMMANDS.diagramSearch]: diagram('search'),
    [COMMANDS.diagramRelayout]: diagram('relayout'),
    [COMMANDS.diagramZoomIn]: diagram('zoomIn'),
    [COMMANDS.diagramZoomOut]: diagram('zoomOut'),
    [COMMANDS.diagramExportSvg]: diagram('exportSvg'),
    [COMMANDS.diagramExportPng]: diagram('exportPng'),
    [COMMANDS.diagramSaveView]: diagram('saveView'),
    [COMMANDS.diagramSaveViewAs]: diagram('saveViewAs'),
    [COMMANDS.diagramSwitchView]: diagram('switchView'),
    [COMMANDS.diagramUndo]: diagram('undo'),
    [COMMANDS.diagramRedo]: diagram('redo'),
    [COMMANDS.showDeleteImpact]: (target: DiagramTarget) => openView(services, 'deleteImpact', target),
    [COMMANDS.showLoadImpact]: (target: DiagramTarget) => openView(services, 'loadImpact', target),
    [COMMANDS.relate]: (target: DiagramTarget) => openView(services, 'relate', target),
    [COMMANDS.compareDiagram]: (revision?: string) => compareDiagram(diagramPanel, revision),
    [COMMANDS.openProfiler]: (at?: { readonly runId: string; readonly scope: number; readonly finding?: number }) =>
      at?.runId === undefined ? profiler.show(false) : profiler.select(at.runId, at.scope, at.finding ?? null),
    [COMMANDS.openProfilerInEditor]: () => profiler.openInEditor(),
    [COMMANDS.clearProfile]: () => profiles.clear(),
    [COMMANDS.openRecording]: () => openRecording(services, profiler),
    [COMMANDS.runWithProfiler]: () => runWithProfiler(),
    [COMMANDS.runFileWithProfiler]: (uri?: vscode.Uri) => runFileWithProfiler(uri),
    [COMMANDS.addLaunchConfiguration]: () => addTypeormLaunch(),
    [COMMANDS.copyProfilerEnvironment]: () => copyProbeEnvironment(collector),
    [COMMANDS.applyFindingFix]: (finding: Finding) => applyFindingFix(fixes, finding),
    [COMMANDS.previewFindingFix]: (finding: Finding) => preview.show(finding),
    [COMMANDS.applyPreviewedFix]: () => preview.apply(),
    [COMMANDS.discardPreviewedFix]: () => preview.close(),
    [COMMANDS.suppressFinding]: (finding: Finding) => suppressFinding(services, finding),
    [COMMANDS.openSite]: (place: SourcePlace) => openSource(place),
    [COMMANDS.showDifferences]: () => differences.showDifferences(),
    [COMMANDS.restartServer]: () => language.restart(),
    [COMMANDS.showLog]: () => log.show(),
    [COMMANDS.openDocumentation]: () => openDocumentation(extensionUri),
  };
  return vscode.Disposable.from(
    preview,
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run as (...args: unknown[]) => unknown)),
  );
}

/** The pages that come with the extension: VS Code's page of an installed extension opens no relative link. */
async function openDocumentation(extensionUri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extensionUri, 'docs', 'README.md'));
}

async function showInDiagram(services: CommandServices, target: DiagramTarget): Promise<void> {
  const wanted = await entityOf(services, target);
  const property = typeof target === 'string' ? null : (target?.property ?? null);
  if (wanted) services.diagramPanel.reveal(wanted, property);
  else services.diagramPanel.open();
}

/** An impact, the relation wizard or the neighbours, of the target or of the entity under the cursor; else of one that is chosen from a list. */
async function openView(
  services: CommandServices,
  kind: 'deleteImpact' | 'loadImpact' | 'relate' | 'neighbours',
  target: DiagramTarget,
): Promise<void> {
  const entity = (await entityOf(services, target)) ?? (await pickEntity(services.language));
  if (entity) services.diagramPanel.openView({ kind, entity });
}

async function entityOf({ cursor, language }: CommandServices, target: DiagramTarget): Promise<string | null> {
  const entity = typeof target === 'string' ? target : target?.entity;
  return entity ?? cursor.current?.focus ?? (await entityUnderCursor(language));
}

async function pickEntity(language: LanguageService): Promise<string | null> {
  const tables = (await language.diagram({}))?.model.tables ?? [];
  const items = tables.map(({ id, name, table }) => ({ label: name, description: table, id }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Entity' }))?.id ?? null;
}

async function entityUnderCursor(language: LanguageService): Promise<string | null> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const { line, character } = editor.selection.active;
  const around = { uri: editor.document.uri.toString(), position: { line, character }, depth: 1 };
  return (await language.diagram({ around }))?.focus ?? null;
}
