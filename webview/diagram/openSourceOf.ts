/** Asks the editor for the source of what was pointed at. */
import type { Hit } from '../../src/core/diagram/hitTest';
import type { SceneBox } from '../../src/core/diagram/scene';
import type { Diagram } from './diagram';

export function openSourceOf(diagram: Diagram, hit: Hit): void {
  if (hit.kind === 'box') openTable(diagram, hit.box, hit.row?.property ?? null);
  else if (hit.kind === 'edge') openTable(diagram, hit.edge.from.box, hit.edge.edge.from.property);
}

/** Opens a field of the table's entity, or the entity where the field is null or unknown. */
export function openTable({ host }: Diagram, { table }: SceneBox, property: string | null): void {
  const column = table.columns.find((candidate) => candidate.property === property);
  const relation = table.relations.find((candidate) => candidate.property === property || property?.startsWith(`${candidate.property}.`) === true);
  const { file, line, column: at } = column?.source ?? relation?.source ?? table.source;
  host.post({ type: 'openSource', file, line, column: at });
}
