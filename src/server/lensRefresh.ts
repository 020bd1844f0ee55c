import { CodeLensRefreshRequest, InlayHintRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';
import { guard, type Log } from './fence';

/** VS Code does not hear that hints changed while it waits for those that it asked for at the change before (1.139): it is told once more when it has them. */
const HINTS_AGAIN_MS = 1_000;

/** Asks the client to ask again for lenses and hints, where it says that it can. */
export class LensRefresh {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly connection: Pick<Connection, 'sendRequest'>,
    private readonly log: Log,
  ) {}

  /** @param capabilities what the client says of its workspace */
  refresh({ codeLens, inlayHint }: NonNullable<InitializeParams['capabilities']['workspace']> = {}): void {
    if (codeLens?.refreshSupport) this.ask(CodeLensRefreshRequest.method);
    if (!inlayHint?.refreshSupport) return;
    this.ask(InlayHintRefreshRequest.method);
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(
      guard(this.log, 'refresh of hints', () => this.ask(InlayHintRefreshRequest.method)),
      HINTS_AGAIN_MS,
    ).unref();
  }

  /** A client that is shutting down does not answer. */
  private ask(method: string): void {
    this.connection.sendRequest(method).catch(() => undefined);
  }
}
