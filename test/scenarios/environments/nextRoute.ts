/**
 * A route handler of Next.js in an app of its own. Next.js itself is not here (it is as large as all else together): its server is stood in for by what it
 * does with a request, as far as a handler and the probe can tell: the match is noted on the request, the handler gets a web Request and its params.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf, ask, Authors, openLibrary } from './library';

interface Context {
  readonly params: Promise<{ readonly shelf: string }>;
}

void (async () => {
  const library = await openLibrary();

  /** `app/api/shelves/[shelf]/route.ts` */
  async function GET(_request: Request, { params }: Context): Promise<Response> {
    const { shelf } = await params;
    const authors = await library.getRepository(Authors).find(); // J5 parent
    for (const author of authors) await author.books; // J5 site
    return Response.json({ shelf, authors: authors.length });
  }

  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const shelf = request.url?.split('/').at(-1) ?? '';
    Reflect.set(request, Symbol.for('NextInternalRequestMeta'), { match: { definition: { kind: 'APP_ROUTE', pathname: '/api/shelves/[shelf]' } } });
    const answer = await GET(new Request(new URL(request.url ?? '/', addressOf(server))), { params: Promise.resolve({ shelf }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await ask(server, '/api/shelves/7');
  server.close();
})();
