/** Entry of the diagram's page: `<body data-mode="panel|sidebar" data-worker-uri="…"><div id="app">`. */
import type { FromDiagram, ToDiagram } from '../../src/protocol/diagramPanel';
import { connectHost } from '../shared/host';
import { startDiagram } from './diagramApp';
import type { SavedState } from './savedState';

const root = document.getElementById('app');
const { mode, workerUri } = document.body.dataset;
if (root) startDiagram(root, connectHost<ToDiagram, FromDiagram, SavedState>(), mode === 'sidebar' ? 'sidebar' : 'panel', workerUri ?? '');
