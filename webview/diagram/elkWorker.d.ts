/** elkjs ships types for its API only; directElk.ts talks to the worker script itself. */
declare module 'elkjs/lib/elk-worker.min.js' {
  const elkWorker: { readonly Worker: new () => unknown };
  export default elkWorker;
}
