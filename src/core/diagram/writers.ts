/** Pictures of a graph by format, for the command line: `graph --format dbml` and the like. */
import type { RelationGraph } from '../model/relationGraph';
import { darkPicture, lightPicture } from './colours';
import { createElkArrange, type Elk } from './elkArrange';
import { estimateWidth } from './estimateWidth';
import { graphToDiagram } from './graphToDiagram';
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

/** All picture writers. ELK is handed in (`new ELK()` of elkjs); only the SVG writer uses it. */
export function createPictureWriters(elk: Elk, theme: 'light' | 'dark' = 'light'): Readonly<Record<PictureFormat, PictureWriter>> {
  const arrange = createElkArrange(elk);
  return { svg: (graph) => writeSvg(graph, arrange, theme), dbml: writeDbml, plantuml: writePlantuml, dot: writeDot };
}

/** The same picture as the editor's, without an editor. Equal graphs give equal text. */
async function writeSvg(graph: RelationGraph, arrange: ArrangeCluster, theme: 'light' | 'dark'): Promise<string> {
  const model = graphToDiagram(graph);
  const shapes = new Map(model.tables.map((table) => [table.id, shapeTable(table, 'all', estimateWidth)]));
  const { tables, edges } = toLayoutInput(model, shapes);
  const positions = await layoutDiagram(tables, edges, arrange, { aspect: 1.6 });
  return sceneToSvg(buildScene(model, shapes, positions), theme === 'dark' ? darkPicture : lightPicture, estimateWidth);
}
