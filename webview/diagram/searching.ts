/** The search palette, for showing a table or for asking which paths lead to it, and the paths that were found. */
import type { Path } from '../../src/core/diagram/findPaths';
import type { SearchMatch } from '../../src/core/diagram/searchDiagram';
import { revealTables } from '../../src/core/diagram/views/filterDiagram';
import type { Arranging } from './arranging';
import type { Camera } from './camera';
import type { Diagram } from './diagram';
import { createLook, type Look } from './impact/painting';
import { nothingMarked } from './stage';

export class Searching {
  private before: { readonly camera: Camera; readonly selected: string | null } | null = null;
  /** What the choice is for: null shows it, else the paths from this table to it. */
  private pathsFrom: string | null = null;
  private readonly look: Look;

  constructor(
    private readonly diagram: Diagram,
    private readonly arranging: Arranging,
  ) {
    this.look = createLook(diagram);
  }

  open(pathsFrom: string | null): void {
    this.pathsFrom = pathsFrom;
    const from = pathsFrom === null ? undefined : this.diagram.findBox(pathsFrom)?.table.name;
    this.diagram.parts.palette.open(this.diagram.whole, from === undefined ? null : `Where to from ${from}?`);
  }

  preview(match: SearchMatch): void {
    const { stage } = this.diagram;
    this.before ??= { camera: stage.camera, selected: stage.interaction.selected };
    this.diagram.selectTable(match.table, match.property, 'centre');
  }

  choose(match: SearchMatch): void {
    const { diagram } = this;
    this.before = null;
    if (this.pathsFrom !== null) return diagram.parts.paths.open(diagram.model, this.pathsFrom, match.table);
    void this.reveal(match.table).then(() => {
      diagram.selectTable(match.table, match.property, 'centre');
      diagram.focusMirror(match.table);
    });
  }

  /** What is found may be left out of the view: it is shown beside it then. */
  private async reveal(table: string): Promise<void> {
    const { diagram, arranging } = this;
    if (diagram.findBox(table)) return;
    await arranging.changeView({ filter: revealTables(diagram.whole, diagram.view, [table]) }, 'keep');
  }

  cancel(): void {
    const { stage } = this.diagram;
    if (this.before) {
      stage.mark({ selected: this.before.selected, selectedProperty: null, selectedEdge: null });
      stage.moveTo(this.before.camera);
    }
    this.before = null;
    this.diagram.focusBack();
  }

  pointAtPath(path: Path | null): void {
    const { stage } = this.diagram;
    if (path === null) {
      stage.mark({ path: null });
      return this.look.back();
    }
    stage.mark({ ...nothingMarked, path: new Set(path.map(({ edge }) => edge.id)) });
    this.look.at(path.flatMap(({ from, to }) => [from, to]));
  }
}
