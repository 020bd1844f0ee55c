/** A plain React Flow diagram of tables, as one would write it without further thought: what ours is measured beside. */
import { Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { createElement, memo } from 'react';
import { createRoot } from 'react-dom/client';
import type { PlainEdge, PlainTable } from './plainTables';

type TableNode = Node<{ name: string; columns: PlainTable['columns'] }, 'table'>;

const TableBox = memo(({ data }: NodeProps<TableNode>) =>
  createElement(
    'div',
    { className: 'table' },
    createElement(Handle, { type: 'target', position: Position.Left }),
    createElement('div', { className: 'name' }, data.name),
    ...data.columns.map(({ name, type }) =>
      createElement('div', { className: 'column', key: name }, createElement('span', null, name), createElement('span', null, type)),
    ),
    createElement(Handle, { type: 'source', position: Position.Right }),
  ),
);
TableBox.displayName = 'TableBox';

const nodeTypes = { table: TableBox };

/** Shows the tables; the promise resolves when React Flow calls itself ready and two frames were painted. */
function showReactFlow(tables: readonly PlainTable[], edges: readonly PlainEdge[]): Promise<void> {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no root.');
  const nodes = tables.map(({ id, name, x, y, columns }): TableNode => ({ id, type: 'table', position: { x, y }, data: { name, columns } }));
  return new Promise((resolve) => {
    createRoot(root).render(
      createElement(ReactFlow<TableNode>, {
        defaultNodes: nodes,
        defaultEdges: edges.map((edge): Edge => ({ ...edge, type: 'smoothstep' })),
        nodeTypes,
        minZoom: 0.01,
        maxZoom: 3,
        panOnScroll: true,
        fitView: true,
        onInit: () => requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
      }),
    );
  });
}

Object.assign(window, { showReactFlow });
