/** Every feature of the diagram that the rest of it can do without. */
import { createCallSites } from './callSites';
import type { DiagramFeature, DiagramProgram } from './program';
import { createDifference } from './impact/difference';
import { createDeleteImpact } from './impact/deleteImpact';
import { createLoadImpact } from './impact/loadImpact';
import { createRelateWizard } from './impact/relateWizard';
import { createTextExport } from './textExport';
import { createColouring } from './views/colouring';
import { createDetailLevels } from './views/detailLevels';
import { createFiltering } from './views/filtering';
import { NamedViews } from './views/namedViews';
import { Notes } from './views/notes';

/** The sidebar shows a neighbourhood that the editor chooses; these are for the panel alone. */
const panelFeatures: readonly ((program: DiagramProgram) => DiagramFeature)[] = [
  (program) => new NamedViews(program),
  createFiltering,
  createDetailLevels,
  createColouring,
  (program) => new Notes(program),
  createLoadImpact,
  createDeleteImpact,
  createDifference,
  createRelateWizard,
  createTextExport,
];

const featuresOfBoth: typeof panelFeatures = [createCallSites];

/** Makes them in the list's order, which is also that of their menu items. */
export function createFeatures(program: DiagramProgram): DiagramFeature[] {
  const makers = program.diagram.mode === 'panel' ? [...panelFeatures, ...featuresOfBoth] : featuresOfBoth;
  return makers.map((create) => create(program));
}
