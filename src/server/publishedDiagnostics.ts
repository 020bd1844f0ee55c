import type { Connection, Diagnostic } from 'vscode-languageserver';

/** What the client was told of each file last, so that only changes travel. */
export class PublishedDiagnostics {
  private readonly byUri = new Map<string, readonly Diagnostic[]>();

  constructor(private readonly connection: Pick<Connection, 'sendDiagnostics'>) {}

  /** @param all what is to be seen from now on; a file that is missing has nothing any more */
  update(all: ReadonlyMap<string, readonly Diagnostic[]>): void {
    for (const uri of this.byUri.keys()) {
      if (all.has(uri)) continue;
      this.byUri.delete(uri);
      void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    for (const [uri, list] of all) {
      const before = this.byUri.get(uri);
      if (before === list) continue;
      this.byUri.set(uri, list);
      if (JSON.stringify(before) !== JSON.stringify(list)) void this.connection.sendDiagnostics({ uri, diagnostics: [...list] });
    }
  }
}
