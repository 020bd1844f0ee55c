import { CronJob } from 'cron';
import { Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();
  const job = CronJob.from({
    cronTime: '0 0 3 * * *',
    name: 'nightly',
    waitForCompletion: true,
    onTick: async () => {
      const authors = await library.getRepository(Authors).find(); // J6 cron parent
      for (const author of authors) await author.books; // J6 cron site
    },
  });
  await job.fireOnTick();
})();
