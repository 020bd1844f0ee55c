/** Types for the tests, which are TypeScript; the scripts are plain modules so that they run before anything is installed. */
export interface CodeServerFolders {
  readonly dataDir: string;
  readonly extensionsDir: string;
}
export interface CodeServerOptions extends CodeServerFolders {
  readonly folder: string;
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** False: the editor asks whether the folder is to be trusted. */
  readonly trustsFolders?: boolean;
  readonly log?: (text: string) => void;
}
export interface RunningCodeServer {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}
export function installCodeServer(): Promise<void>;
export function installExtension(options: CodeServerFolders & { readonly vsix: string }): Promise<void>;
export function startCodeServer(options: CodeServerOptions): Promise<RunningCodeServer>;
export function freePort(): Promise<number>;
