/** Pictures of a graph by format, for the command line: `graph --format dbml` and the like. */
import type { RelationGraph } from '../model/relationGraph';
import { createArrange } from './arrangeCluster';
import { darkPicture, lightPicture } from './colours';
import type { Elk } from './elkArrange';
import { estimateWidth } from './estimateWidth';
import { graphToDiagram } from './graphToDiagram';
import { groupTables } from './groupTables';
import { layoutDiagram, type ArrangeCluster } from './layoutDiagram';
import { toLayoutInput } from './layoutInput';
import { buildScene } from './scene';
import { shapeTable } from './tableShape';
import { writeDbml } from './writeDbml';
import { writeDot } from './writeDot';
import { writePlantuml } from './writePlantuml';
import { sceneToSvg } from './writeSvg';

export type PictureFormat = 'svg' | 'dbml' | 'plantuml' | 'dot';

export type PictureWriter = (graph: RelationGraph) => string | Promise<string>;

/** All picture writers. ELK is loaded by the function handed in, and only for a picture that is laid out. */
export function createPictureWriters(loadElk: () => Promise<Elk>, theme: 'light' | 'dark' = 'light'): Readonly<Record<PictureFormat, PictureWriter>> {
  return {
    svg: async (graph) => {
      const elk = await loadElk();
      return writeSvg(
        graph,
        createArrange(() => elk),
        theme,
      );
    },
    dbml: writeDbml,
    plantuml: writePlantuml,
    dot: writeDot,
  };
}

/** The same picture as the editor's, without an editor. Equal graphs give equal text. */
function writeSvg(graph: RelationGraph, arrange: ArrangeCluster, theme: 'light' | 'dark'): string {
  const { model } = groupTables(graphToDiagram(graph), 'auto');
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', estimateWidth)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  const positions = layoutDiagram(tables, edges, { aspect: 1.6, arrange });
  return sceneToSvg(buildScene(model, shapes, positions), theme === 'dark' ? darkPicture : lightPicture, estimateWidth);
}
