/** Colours that one gives to tables and groups, from the palette that every theme has its own shades of. */
import type { DiagramColours } from '../../../src/core/diagram/colours';
import { colourNames, type ColourName } from '../../../src/core/diagram/views/colourNames';
import type { Hit } from '../../../src/core/diagram/hitTest';
import type { DiagramView } from '../../../src/core/diagram/views/diagramView';
import type { MenuItem } from '../menu';
import type { DiagramFeature, DiagramProgram } from '../program';

export function createColouring({ diagram, history }: DiagramProgram): DiagramFeature {
  const change = (colours: Partial<Pick<DiagramView, 'tableColours' | 'moduleColours'>>): void => {
    history.keep();
    diagram.view = { ...diagram.view, ...colours };
    diagram.applyView();
    diagram.rebuildPicture();
    diagram.updateMirror();
    diagram.touchView();
  };
  return {
    menuItems(hit: Hit): MenuItem[] {
      if (diagram.mode === 'sidebar') return [];
      const { tableColours, moduleColours } = diagram.view;
      if (hit.kind === 'box') {
        const { id } = hit.box;
        return [
          swatchesFor(diagram.stage.colours, 'Colour', tableColours.get(id), (name) => change({ tableColours: withColour(tableColours, id, name) })),
        ];
      }
      if (hit.kind !== 'module') return [];
      const { id } = hit.module;
      return [
        swatchesFor(diagram.stage.colours, 'Colour', moduleColours.get(id), (name) => change({ moduleColours: withColour(moduleColours, id, name) })),
      ];
    },
  };
}

/** A menu's row of the palette's colours, after one for none. */
export function swatchesFor(
  { modules }: DiagramColours,
  label: string,
  current: ColourName | undefined,
  choose: (name: ColourName | null) => void,
): MenuItem {
  const none = { name: 'its own', colour: 'transparent', checked: current === undefined, run: () => choose(null) };
  const named = colourNames.map((name, index) => ({
    name,
    colour: modules[index]?.accent ?? 'transparent',
    checked: current === name,
    run: () => choose(name),
  }));
  return { label, swatches: [none, ...named] };
}

function withColour(colours: ReadonlyMap<string, ColourName>, id: string, name: ColourName | null): ReadonlyMap<string, ColourName> {
  const next = new Map(colours);
  if (name === null) next.delete(id);
  else next.set(id, name);
  return next;
}
