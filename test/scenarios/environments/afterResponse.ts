import http from 'node:http';
import { once } from 'node:events';
import { ask, Authors, openLibrary, pause } from './library';

void (async () => {
  const library = await openLibrary();
  const server = http.createServer((_request, response) => {
    void (async () => {
      const authors = await library.getRepository(Authors).find(); // J12 parent
      response.end();
      await once(response, 'close');
      for (const author of authors) await author.books; // J12 site
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  await ask(server, '/audited');
  await pause(50);
  server.close();
})();
