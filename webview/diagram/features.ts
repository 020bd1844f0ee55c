/** Every feature of the diagram that the rest of it can do without. */
import type { DiagramFeature, DiagramProgram } from './program';

const featureMakers: readonly ((program: DiagramProgram) => DiagramFeature)[] = [];

/** Makes them in the list's order, which is also that of their menu items. */
export function createFeatures(program: DiagramProgram): DiagramFeature[] {
  return featureMakers.map((create) => create(program));
}
