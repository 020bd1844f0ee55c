/** Every name that package.json contributes and code refers to. A unit test holds the two together, both ways. */

import { COMPARE_DIAGRAM_COMMAND } from '../protocol/diagramQuestions';

export const COMMANDS = {
  openDiagram: 'relationLens.openDiagram',
  showInDiagram: 'relationLens.showInDiagram',
  showNeighbours: 'relationLens.showNeighbours',
  copyRelations: 'relationLens.copyRelations',
  diagramFit: 'relationLens.diagram.fit',
  diagramSearch: 'relationLens.diagram.search',
  diagramRelayout: 'relationLens.diagram.relayout',
  diagramZoomIn: 'relationLens.diagram.zoomIn',
  diagramZoomOut: 'relationLens.diagram.zoomOut',
  diagramExportSvg: 'relationLens.diagram.exportSvg',
  diagramExportPng: 'relationLens.diagram.exportPng',
  diagramSaveView: 'relationLens.diagram.saveView',
  diagramSaveViewAs: 'relationLens.diagram.saveViewAs',
  diagramSwitchView: 'relationLens.diagram.switchView',
  diagramUndo: 'relationLens.diagram.undo',
  diagramRedo: 'relationLens.diagram.redo',
  showDeleteImpact: 'relationLens.showDeleteImpact',
  showLoadImpact: 'relationLens.showLoadImpact',
  relate: 'relationLens.relate',
  compareDiagram: COMPARE_DIAGRAM_COMMAND,
  openProfiler: 'relationLens.openProfiler',
  openProfilerInEditor: 'relationLens.openProfilerInEditor',
  clearProfile: 'relationLens.clearProfile',
  openRecording: 'relationLens.openRecording',
  runWithProfiler: 'relationLens.runWithProfiler',
  runFileWithProfiler: 'relationLens.runFileWithProfiler',
  addLaunchConfiguration: 'relationLens.addLaunchConfiguration',
  copyProfilerEnvironment: 'relationLens.copyProfilerEnvironment',
  applyFindingFix: 'relationLens.applyFindingFix',
  previewFindingFix: 'relationLens.previewFindingFix',
  suppressFinding: 'relationLens.suppressFinding',
  applyPreviewedFix: 'relationLens.fixPreview.apply',
  discardPreviewedFix: 'relationLens.fixPreview.discard',
  openSite: 'relationLens.openSite',
  showDifferences: 'relationLens.showDifferences',
  restartServer: 'relationLens.restartServer',
  showLog: 'relationLens.showLog',
  openDocumentation: 'relationLens.openDocumentation',
} as const;

export const VIEW_CONTAINERS = {
  sidebar: 'relationLens',
  queries: 'relationLensQueries',
} as const;

export const VIEWS = {
  diagram: 'relationLens.diagram',
  entities: 'relationLens.entities',
  differences: 'relationLens.differences',
  profiler: 'relationLens.profiler',
} as const;

/** View types of webview panels in the editor area; each is an `onWebviewPanel` activation event, so that panels survive a reload. */
export const PANELS = {
  diagram: 'relationLens.diagramPanel',
  profiler: 'relationLens.profilerPanel',
} as const;

/** Settings that the extension reads; the language server's own settings begin with the same word and are read there. */
export const SETTINGS = {
  profilerMode: 'relationLens.profiler.mode',
  openOnFirstRequest: 'relationLens.profiler.openOnFirstRequest',
  statusBar: 'relationLens.profiler.statusBar',
  redactParameters: 'relationLens.profiler.redactParameters',
  suppress: 'relationLens.suppress',
  pauseOn: 'relationLens.profiler.pauseOn',
  diagramDepth: 'relationLens.diagram.depth',
} as const;

/** Of the texts beside a file that a fix would change; `when` clauses of package.json ask for it. */
export const PREVIEW_SCHEME = 'relation-lens-preview';

/** Values of the context key `relationLens.state`, as `when` clauses of package.json use them. */
export const STATE_CONTEXT_KEY = 'relationLens.state';
export type WorkspaceState = 'checking' | 'noFolder' | 'noTypeorm' | 'ready';

/** True where the graph is known and holds no entity. */
export const EMPTY_CONTEXT_KEY = 'relationLens.noEntities';

/** True where the running app has built something else than the sources say. */
export const DIFFERENCES_CONTEXT_KEY = 'relationLens.differsFromApp';

/** `contextValue` of the entity tree's items. */
export const ENTITY_ITEM = 'entity';
export const RELATION_ITEM = 'relation';
