/** Names and edges of the shown model by the ids that answers carry. */
import type { Diagram } from '../diagram';

/** An entity's name; the last part of its id where it is not shown. */
export function nameOfTable({ sent }: Pick<Diagram, 'sent'>, id: string): string {
  return sent.tables.find((table) => table.id === id)?.name ?? id.slice(id.lastIndexOf('#') + 1);
}

/** The edge that a relation is drawn as; null where it is not in the picture. An inherited relation is drawn at the class that declares it. */
export function edgeBetween({ picture }: Pick<Diagram, 'picture'>, entity: string, property: string): string | null {
  const isEnd = (end: { readonly table: string; readonly property: string | null }): boolean => end.table === entity && end.property === property;
  return picture.scene.edges.find(({ edge }) => edge.id === `${entity}.${property}` || isEnd(edge.from) || isEnd(edge.to))?.edge.id ?? null;
}
