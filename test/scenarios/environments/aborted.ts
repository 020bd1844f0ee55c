import http from 'node:http';
import { once } from 'node:events';
import { addressOf, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const gone = new AbortController();
  const server = http.createServer((_request, response) => {
    void (async () => {
      const authors = await library.getRepository(Authors).find(); // J13 parent
      for (const author of authors) await author.books; // J13 site
      gone.abort();
      await once(response, 'close');
      server.close();
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await fetch(`${addressOf(server)}/slow`, { signal: gone.signal }).catch(() => undefined);
})();
