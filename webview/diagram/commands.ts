/** Commands from the toolbar, the keys, the view's title bar and the command palette. */
import type { DiagramCommand } from '../../src/protocol/diagramPanel';
import type { Arranging } from './arranging';
import type { Diagram } from './diagram';
import type { EditHistory } from './editHistory';
import { Exporting } from './exporting';
import { exportPng, exportSvg } from './exportPicture';
import { shortcut } from './keys';
import type { MenuCommand } from './menu';
import type { DiagramFeature } from './program';
import type { Searching } from './searching';

export class Commands {
  private readonly exporting: Exporting;

  constructor(
    private readonly diagram: Diagram,
    private readonly arranging: Arranging,
    private readonly searching: Searching,
    private readonly history: EditHistory,
    private readonly features: readonly DiagramFeature[],
  ) {
    this.exporting = new Exporting(diagram);
  }

  run(command: DiagramCommand): void {
    const { stage } = this.diagram;
    switch (command) {
      case 'fit':
        return stage.fit();
      case 'search':
        return this.searching.open(null);
      case 'relayout':
        this.history.keep();
        void this.arranging.layOutAnew();
        return;
      case 'zoomIn':
        return stage.zoomBy(1.25);
      case 'zoomOut':
        return stage.zoomBy(0.8);
      case 'undo':
        return this.history.undo();
      case 'redo':
        return this.history.redo();
      case 'exportSvg':
        void this.exporting.run('relations.svg', 'image/svg+xml', exportSvg);
        return;
      case 'exportPng':
        void this.exporting.run('relations.png', 'image/png', exportPng);
        return;
      default:
        for (const feature of this.features) feature.run?.(command);
    }
  }

  /** By name, for the search: the program's own, then the features'. */
  list(): MenuCommand[] {
    const further = this.features.flatMap((feature) => [
      ...(feature.exportItems?.() ?? []),
      ...(feature.toolbarItems?.() ?? []),
      ...(feature.searchItems?.() ?? []),
    ]);
    const own = named.map(([command, icon, label, hint]) => ({ icon, label, ...(hint === '' ? {} : { hint }), run: () => this.run(command) }));
    return [...own, ...this.steps(), ...further.filter((item) => 'run' in item)];
  }

  /** Undo and redo, for menus. */
  steps(): MenuCommand[] {
    const { canUndo, canRedo } = this.history;
    return [
      { icon: 'discard', label: 'Undo', hint: shortcut('Z'), ...(canUndo ? {} : { disabled: 'nothing to undo' }), run: () => this.run('undo') },
      { icon: 'redo', label: 'Redo', hint: shortcut('Z', 'shift'), ...(canRedo ? {} : { disabled: 'nothing to redo' }), run: () => this.run('redo') },
    ];
  }
}

const named: readonly (readonly [command: DiagramCommand, icon: string, label: string, hint: string])[] = [
  ['fit', 'screen-full', 'Fit to View', '1'],
  ['zoomIn', 'zoom-in', 'Zoom In', '+'],
  ['zoomOut', 'zoom-out', 'Zoom Out', '-'],
  ['relayout', 'type-hierarchy-sub', 'Arrange Everything Anew', ''],
  ['exportSvg', 'file-media', 'Export as SVG', ''],
  ['exportPng', 'file-media', 'Export as PNG', ''],
];
