/** From a relation that was loaded in the last run to the lines that loaded it. */
import type { EdgeHeat } from '../../src/core/diagram/diagramModel';
import type { Hit } from '../../src/core/diagram/hitTest';
import type { MenuItem } from './menu';
import type { DiagramFeature, DiagramProgram } from './program';

/** Lines listed; a relation that is loaded from more places is looked at in the profiler. */
const listed = 12;

export function createCallSites({ diagram }: DiagramProgram): DiagramFeature {
  const itemsOf = (hit: Hit): MenuItem[] => {
    const heat = hit.kind === 'edge' ? diagram.picture.heatOf(hit.edge) : null;
    const sites = heat?.sites ?? [];
    return sites.slice(0, listed).map(({ file, line, column, function: name }, index) => ({
      icon: 'go-to-file',
      label: `Loaded at ${file.slice(file.lastIndexOf('/') + 1)}:${line}`,
      ...(name === null ? {} : { hint: `in ${name}` }),
      startsGroup: index === 0,
      run: () => diagram.host.post({ type: 'openSource', file, line, column }),
    }));
  };
  return {
    menuItems: itemsOf,
    click(hit, at) {
      const items = itemsOf(hit);
      if (items.length > 0) diagram.parts.menu.open(items, at, diagram.root);
    },
  };
}

/** `3 lines loaded it`, for the tooltip; empty where the run did not tell. */
export function callSiteHint({ sites = [] }: EdgeHeat): string {
  return sites.length === 0 ? '' : `Click for the ${sites.length === 1 ? 'line' : `${sites.length} lines`} that loaded it.`;
}
