/** Edits as one makes them in sources, at random and the same for the same seed. */
import type { DiagramModel, DiagramTable } from '../../../../src/core/diagram/diagramModel';
import { anEdge, aTable, seeded } from './models';

export interface RandomEdit {
  readonly kind: (typeof kinds)[number];
  /** The module whose source was edited. */
  readonly module: string;
  readonly model: DiagramModel;
}

const kinds = ['add column', 'drop column', 'retype column', 'add relation', 'drop relation', 'add table', 'drop table', 'add problem'] as const;

/** Each edit is of the model that the one before left. */
export function randomEdits(model: DiagramModel, count: number, seed = 1): RandomEdit[] {
  const random = seeded(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const edits: RandomEdit[] = [];
  let current = model;
  while (edits.length < count) {
    const table = pick(current.tables);
    const kind = kinds[edits.length % kinds.length] ?? 'add column';
    if (!table) return edits;
    // As it comes over the wire: equal, but no object is the one that was there before.
    current = structuredClone(edit(current, kind, table, edits.length, pick));
    edits.push({ kind, module: table.module, model: current });
  }
  return edits;
}

function edit(
  model: DiagramModel,
  kind: (typeof kinds)[number],
  table: DiagramTable,
  number: number,
  pick: <Item>(items: readonly Item[]) => Item | undefined,
): DiagramModel {
  const [first] = table.columns;
  const plain = { primary: false, foreign: false, unique: false, indexed: false };
  const withColumns = (columns: DiagramTable['columns']): DiagramModel => ({
    ...model,
    tables: model.tables.map((each) => (each.id === table.id ? { ...table, columns } : each)),
  });
  switch (kind) {
    case 'add column':
      return first ? withColumns([...table.columns, { ...first, ...plain, property: `added${number}`, column: `added${number}` }]) : model;
    case 'drop column':
      return withColumns(table.columns.filter((column, index) => column.primary || column.foreign || index !== table.columns.length - 1));
    case 'retype column':
      return withColumns(table.columns.map((column, index) => (index === 0 ? { ...column, type: `type${number}` } : column)));
    case 'add relation': {
      const target = pick(model.tables) ?? table;
      const column = { ...aTable('m', 'T', ['x int FK']).columns[0], property: `target${number}`, column: `target${number}Id` };
      const edge = anEdge(table, target, { from: { property: `target${number}` } });
      const columns = [...table.columns, { ...column, source: null } as DiagramTable['columns'][number]];
      return { ...withColumns(columns), edges: [...model.edges, edge] };
    }
    case 'drop relation': {
      const own = pick(model.edges.filter(({ from }) => from.table === table.id));
      return { ...model, edges: model.edges.filter((edge) => edge !== own) };
    }
    case 'add table': {
      const added = { ...aTable('m', `Added${number}`, ['id int PK', 'name varchar', 'ownerId int FK']), module: table.module };
      const at = model.tables.indexOf(table);
      return {
        ...model,
        tables: [...model.tables.slice(0, at), added, ...model.tables.slice(at)],
        edges: [...model.edges, anEdge(added, table, { from: { property: 'owner' } })],
      };
    }
    case 'drop table':
      return {
        tables: model.tables.filter((each) => each !== table),
        edges: model.edges.filter(({ from, to }) => from.table !== table.id && to.table !== table.id),
        modules: model.modules.filter(({ id }) => model.tables.some((each) => each !== table && each.module === id)),
        problems: model.problems.filter((problem) => problem.table !== table.id),
      };
    case 'add problem':
      return { ...model, problems: [...model.problems, { table: table.id, property: null, severity: 'warning', message: `Problem ${number}.` }] };
  }
}
