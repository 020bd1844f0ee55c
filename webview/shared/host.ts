/**
 * The one way from a webview to its extension: VS Code's API behind a typed port, so that panels never touch the global themselves
 * and tests can stand in for the editor.
 */
export interface Host<ToWebview, FromWebview, SavedState> {
  post(message: FromWebview): void;
  /** Calls the listener with each message of the extension until the returned function is called. */
  onMessage(listener: (message: ToWebview) => void): () => void;
  /** State that survives hiding and reloading the webview; undefined where none was kept. */
  readState(): SavedState | undefined;
  writeState(state: SavedState): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Connects to the editor. VS Code hands its API out once per page load, so call this once, in the panel's main file. */
export function connectHost<ToWebview extends { readonly type: string }, FromWebview, SavedState = unknown>(): Host<
  ToWebview,
  FromWebview,
  SavedState
> {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage(listener) {
      const hear = ({ data }: MessageEvent<unknown>): void => {
        if (isMessage<ToWebview>(data)) listener(data);
      };
      window.addEventListener('message', hear);
      return () => window.removeEventListener('message', hear);
    },
    readState: () => (api.getState() as SavedState | null | undefined) ?? undefined,
    writeState: (state) => api.setState(state),
  };
}

/** Browser extensions and developer tools post into every page; only objects with a `type` are ours. */
function isMessage<Message extends { readonly type: string }>(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && typeof (data as { type?: unknown }).type === 'string';
}
