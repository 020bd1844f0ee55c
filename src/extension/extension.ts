/**
 * The extension as a list of features. Nothing beyond a look at package.json happens until the workspace turns out to depend on
 * typeorm; the language server is started after activation, never in its way.
 */
import * as vscode from 'vscode';
import { EntityAtCursor } from './features/entityAtCursor';
import { LanguageService } from './features/languageService';
import { profileNodeRuns } from './features/nodeProfiling';
import { ProfileForwarding } from './features/profileForwarding';
import { registerCommands } from './features/commands';
import { showPausesInUserCode } from './features/pausedByProfiler';
import { ShownRun } from './features/recordings';
import { warnOfUnprofiledAttach } from './features/attachedUnprofiled';
import { leavePausesOutOfTime } from './features/pausedTime';
import { showLastRequest } from './features/requestStatus';
import { tellSuppressions } from './features/suppressions';
import { offerLaunches } from './features/launchSuggestion';
import { debugTypeorm } from './features/typeormDebug';
import { DiagramPanel } from './panels/diagramPanel';
import { DiagramView } from './panels/diagramView';
import { DifferencesView } from './panels/differencesView';
import { EntitiesView } from './panels/entitiesView';
import type { PanelServices } from './panels/panelServices';
import { ProfilerView } from './panels/profilerView';
import { CollectorProcess } from './profile/collectorProcess';
import { ProfileStore } from './profile/profileStore';
import { TypeormWorkspace } from './workspace/typeormWorkspace';

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri, subscriptions } = context;
  const storageFolder = (context.storageUri ?? context.globalStorageUri).fsPath;
  const log = vscode.window.createOutputChannel('Relation Lens', { log: true });
  const workspace = new TypeormWorkspace();
  const language = new LanguageService({ extensionUri, cacheFolder: vscode.Uri.joinPath(context.globalStorageUri, 'compiled').fsPath, log });
  const profiles = new ProfileStore();
  const collector: CollectorProcess = new CollectorProcess(
    vscode.Uri.joinPath(extensionUri, 'dist', 'collector.js').fsPath,
    storageFolder,
    (update) => profiles.apply(update, collector),
    (line) => log.warn(line),
  );
  const heat = new ProfileForwarding(profiles, language);
  const cursor = new EntityAtCursor(language, () => diagramView.visible || diagramPanel.visible);
  const services: PanelServices = { extensionUri, log, workspace, language, cursor, heat };
  const diagramView = new DiagramView(services);
  const diagramPanel = new DiagramPanel(services);
  const differences = new DifferencesView(profiles, language);
  const shownRun = new ShownRun({ profiles, collector, storageFolder }, context.workspaceState);
  const profiler = new ProfilerView(extensionUri, profiles, () => void shownRun.restore());

  subscriptions.push(
    workspace,
    language,
    collector,
    heat,
    cursor,
    diagramView,
    diagramPanel,
    differences,
    shownRun,
    new EntitiesView(language, differences),
    profiler,
    showLastRequest(profiles),
    profileNodeRuns(workspace, collector, log),
    debugTypeorm(extensionUri, storageFolder, profiles),
    offerLaunches(workspace),
    showPausesInUserCode(extensionUri, profiles, profiler),
    leavePausesOutOfTime(profiles),
    warnOfUnprofiledAttach(),
    tellSuppressions(profiles),
    registerCommands({ extensionUri, log, language, profiles, collector, storageFolder, cursor, diagramPanel, differences, profiler }),
    serveWhileNeeded(workspace, language),
    // Last: whoever is switched off may still have something to say.
    log,
  );
}

/** The language server runs while some folder depends on typeorm. */
function serveWhileNeeded(workspace: TypeormWorkspace, language: LanguageService): vscode.Disposable {
  return workspace.onDidChangeState((state) => (state === 'ready' ? language.switchOn() : void language.switchOff()));
}
