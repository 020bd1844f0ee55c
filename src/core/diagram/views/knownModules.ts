/** Modules that a view names, as the model at hand names them. */
import type { DiagramModel } from '../diagramModel';
import type { DiagramView } from './diagramView';

type ModuleNames = Pick<DiagramView, 'filter' | 'moduleColours'>;

/**
 * A module's name begins with the folder of the workspace where there are several (`shop/src/sales`), and a view may have been saved
 * where its folder was alone (`src/sales`), or the other way round: the view with the names that hold now.
 */
export function withKnownModules<View extends ModuleNames>(view: View, { modules }: Pick<DiagramModel, 'modules'>): View {
  const { filter, moduleColours } = view;
  if (filter.modules.length === 0 && moduleColours.size === 0) return view;
  const known = new Set(modules.map(({ id }) => id));
  const now = (name: string): readonly string[] => {
    if (known.has(name)) return [name];
    const alike = [...known].filter((id) => beneathFirst(id) === name || id === beneathFirst(name));
    return alike.length > 0 ? alike : [name];
  };
  return {
    ...view,
    filter: { ...filter, modules: filter.modules.flatMap(now) },
    moduleColours: new Map([...moduleColours].flatMap(([name, colour]) => now(name).map((id) => [id, colour] as const))),
  };
}

function beneathFirst(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
