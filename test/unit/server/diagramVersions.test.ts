import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../../src/core/diagram/diagramModel';
import { WholeDiagram } from '../../../src/extension/features/wholeDiagram';
import type { DiagramParams, DiagramResult } from '../../../src/protocol/lsp';
import { DiagramVersions } from '../../../src/server/diagramVersions';
import { bookshop } from '../core/diagram/models';
import { randomEdits } from '../core/diagram/randomEdits';

const shop = bookshop();
const edits = randomEdits(shop, 12).map(({ model }) => model);

/** A server that answers with its present model, and what it put on the wire. */
function serve(): { readonly ask: (params: DiagramParams) => Promise<DiagramResult>; model: DiagramModel; readonly sent: DiagramResult[] } {
  const versions = new DiagramVersions();
  const server = {
    model: shop,
    sent: [] as DiagramResult[],
    async ask({ held }: DiagramParams): Promise<DiagramResult> {
      const answer = { ...versions.answer(server.model, held), focus: null, revision: 1, ready: true, dependsOnTypeorm: true, fileCount: 1 };
      server.sent.push(structuredClone(answer));
      return structuredClone(answer);
    },
  };
  return server;
}

describe('the whole diagram between server and client', () => {
  it('is sent once, and then only what changed', async () => {
    const server = serve();
    const client = new WholeDiagram();
    expect((await client.ask(server.ask)).model).toEqual(shop);
    for (const model of edits) {
      server.model = model;
      expect((await client.ask(server.ask)).model).toEqual(model);
    }
    expect(server.sent.map(({ model }) => model.tables.length)).toEqual([shop.tables.length, ...edits.map(() => 0)]);
  });

  it('keeps the objects of what did not change, and the whole where nothing did', async () => {
    const server = serve();
    const client = new WholeDiagram();
    const first = await client.ask(server.ask);
    expect((await client.ask(server.ask)).model).toBe(first.model);
    server.model = edits[0] ?? shop;
    const second = await client.ask(server.ask);
    expect(second.model.tables.filter((table, index) => table !== first.model.tables[index])).toHaveLength(1);
  });

  it('is right for questions that overlap', async () => {
    const server = serve();
    const client = new WholeDiagram();
    await client.ask(server.ask);
    for (const model of edits) {
      server.model = model;
      const [one, other] = await Promise.all([client.ask(server.ask), client.ask(server.ask)]);
      expect(one?.model).toEqual(model);
      expect(other?.model).toBe(one?.model);
    }
  });

  it('is sent whole to a client that has a version of another server, or one that is long gone', async () => {
    const client = new WholeDiagram();
    await client.ask(serve().ask);
    const server = serve();
    server.model = edits[3] ?? shop;
    const answer = await client.ask(server.ask);
    expect(answer.model).toEqual(edits[3]);
    expect(server.sent[0]?.change).toBeUndefined();
    const late = new WholeDiagram();
    await late.ask(server.ask);
    for (const model of edits) {
      server.model = model;
      await client.ask(server.ask);
    }
    expect((await late.ask(server.ask)).model).toEqual(edits.at(-1));
    expect(server.sent.at(-1)?.change).toBeUndefined();
  });
});
