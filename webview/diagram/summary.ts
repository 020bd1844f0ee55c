/** The line below the diagram: how much of the whole is shown. */
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { isGroup } from '../../src/core/diagram/groupTables';

/**
 * `13 of 14 entities · 14 relations · 5 modules`.
 * @param shown the part of `whole` that a view shows; both hold the junction tables that it draws, which are no entities
 */
export function summaryOf(shown: DiagramModel, whole: DiagramModel): string {
  const all = entitiesIn(whole);
  const entities = entitiesIn(shown);
  const junctions = new Set(shown.tables.filter(({ look }) => look === 'junction').map(({ id }) => id));
  // A relation that is drawn as a table has two edges.
  const relations = shown.edges.filter(({ from }) => !junctions.has(from.table)).length + junctions.size;
  const { length } = shown.modules;
  return [
    entities === all ? count(all, 'entity', 'entities') : `${entities.toLocaleString('en')} of ${count(all, 'entity', 'entities')}`,
    ...(junctions.size === 0 ? [] : [count(junctions.size, 'junction table', 'junction tables')]),
    count(relations, 'relation', 'relations'),
    shown.modules.some(isGroup) ? count(length, 'group', 'groups') : count(length, 'module', 'modules'),
  ].join(' · ');
}

function entitiesIn({ tables }: DiagramModel): number {
  return tables.filter(({ look }) => look !== 'junction').length;
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
