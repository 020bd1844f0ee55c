import type { ScopeSummary } from '../../../src/protocol/collector';
import type { DiagramModel, DiagramTable } from '../../../src/protocol/diagramPanel';

export function aScope(scope: Partial<ScopeSummary> = {}): ScopeSummary {
  return {
    id: 1,
    runId: 'run',
    kind: 'http',
    name: 'GET /authors',
    path: '/authors',
    startedAtMs: 0,
    durationMs: 61,
    dbTimeMs: 4.25,
    queryCount: 1,
    rowCount: 300,
    status: 200,
    live: false,
    warnings: 0,
    infos: 0,
    previous: null,
    history: [],
    responseHash: null,
    ...scope,
  };
}

export function aTable(name: string, table: Partial<DiagramTable> = {}): DiagramTable {
  return {
    id: `/shop/${name}.ts#${name}`,
    name,
    table: name.toLowerCase(),
    type: 'regular',
    look: 'table',
    tree: null,
    module: 'src/catalog',
    columns: [],
    relations: [],
    source: { file: `/shop/${name}.ts`, line: 3, column: 14 },
    ...table,
  };
}

export function aModel(model: Partial<DiagramModel> = {}): DiagramModel {
  return { tables: [], edges: [], modules: [{ id: 'src/catalog', name: 'catalog' }], problems: [], ...model };
}
