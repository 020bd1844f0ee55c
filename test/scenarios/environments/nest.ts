import type { Server } from 'node:http';
import { Controller, Get, Injectable, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ask, Authors, openLibrary } from './library';

void (async () => {
  const library = await openLibrary();

  class Shelves {
    async books(): Promise<number> {
      const authors = await library.getRepository(Authors).find(); // J2 parent
      let books = 0;
      for (const author of authors) books += (await author.books).length; // J2 site
      return books;
    }
  }
  Injectable()(Shelves);

  class ShelfController {
    count() {
      return new Shelves().books();
    }
  }
  Controller('shelves')(ShelfController);
  Get(':shelf')(ShelfController.prototype, 'count', Object.getOwnPropertyDescriptor(ShelfController.prototype, 'count') as PropertyDescriptor);
  Param('shelf')(ShelfController.prototype, 'count', 0);

  class AppModule {}
  Module({ controllers: [ShelfController], providers: [Shelves] })(AppModule);
  const app = await NestFactory.create(AppModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  await ask(app.getHttpServer() as Server, '/shelves/7');
  await app.close();
})();
