/** Two jobs at once on a real Redis, whose address stands in SCENARIOS_REDIS. */
import { Queue, QueueEvents, Worker } from 'bullmq';
import IORedis from 'ioredis';
import { Authors, openLibrary, pause } from './library';

void (async () => {
  const library = await openLibrary();
  const open = () => new IORedis(process.env['SCENARIOS_REDIS'] ?? '', { maxRetriesPerRequest: null });
  const connections = [open(), open(), open()] as const;
  const queue = new Queue('shelves', { connection: connections[0] });
  const events = new QueueEvents('shelves', { connection: connections[1] });
  const worker = new Worker(
    'shelves',
    async (job) => {
      const authors = await library.getRepository(Authors).find(); // J6 parent
      if (job.name === 'count') return authors.length;
      for (const author of authors) {
        await pause(2);
        await author.books; // J6 site
      }
      return authors.length;
    },
    { connection: connections[2], concurrency: 2 },
  );
  await events.waitUntilReady();
  const jobs = [await queue.add('tidy', {}), await queue.add('count', {})];
  await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
  for (const closing of [worker, events, queue]) await closing.close();
  for (const connection of connections) connection.disconnect();
})();
