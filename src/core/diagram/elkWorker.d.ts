/** elkjs ships types for its API only; `createElk` talks to the worker script itself. */
declare module 'elkjs/lib/elk-worker.min.js' {
  const elkWorker: { readonly Worker: unknown };
  export default elkWorker;
}
