/**
 * ELK without its own worker and without elkjs' timer per call: this program is the worker already, and a browser makes nested
 * timers wait four milliseconds, which over hundreds of clusters costs more than the layout.
 */
import elkWorker from 'elkjs/lib/elk-worker.min.js';
import type { Elk, ElkGraph } from '../../src/core/diagram/elkArrange';

interface Answer {
  readonly data?: ElkGraph;
  readonly error?: unknown;
}

interface ElkDispatcher {
  onmessage: (event: { readonly data: Answer }) => void;
  readonly dispatcher: { saveDispatch(event: { readonly data: object }): void };
}

export function createDirectElk(): Elk {
  const ElkWorker = elkWorker.Worker as new () => ElkDispatcher;
  const worker = new ElkWorker();
  let answer: Answer = {};
  worker.onmessage = ({ data }) => (answer = data);
  const ask = (data: object): Answer => {
    worker.dispatcher.saveDispatch({ data: { id: 0, ...data } });
    return answer;
  };
  ask({ cmd: 'register', algorithms: ['layered'] });
  return {
    async layout(graph) {
      const { data, error } = ask({ cmd: 'layout', graph, layoutOptions: {}, options: {} });
      if (data === undefined) throw new Error(`ELK refused a cluster: ${String(error)}`);
      return data;
    },
  };
}
