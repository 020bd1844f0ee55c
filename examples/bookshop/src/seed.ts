import type { DataSource } from 'typeorm';
import { Author } from './catalog/author.entity';
import { EBook, PrintedBook } from './catalog/book.entity';
import { Category } from './catalog/category.entity';
import { Publisher } from './catalog/publisher.entity';
import { EventSchema, VenueSchema } from './events/event.schema';
import { Customer } from './people/customer.entity';
import { LoyaltyCard, LoyaltyLevel } from './people/loyalty-card.entity';
import { Review } from './reviews/review.entity';
import { OrderLine } from './sales/order-line.entity';
import { Order, OrderStatus } from './sales/order.entity';

const firstNames = ['Ada', 'Bruno', 'Chidi', 'Dalia', 'Emil', 'Farah', 'Goran', 'Hana', 'Ivo', 'Juno'];
const lastNames = ['Abara', 'Berg', 'Castillo', 'Dvorak', 'Eriksen', 'Fontaine', 'Grimaldi', 'Hoffmann', 'Ito', 'Jansen'];
const adjectives = ['Quiet', 'Last', 'Hidden', 'Golden', 'Borrowed', 'Northern'];
const nouns = ['Harbour', 'Letter', 'Orchard', 'Lighthouse', 'Winter', 'Map', 'Garden'];
const cities = ['Lisbon', 'Oslo', 'Ghent', 'Kyoto', 'Quito'];
const countries = ['PT', 'NO', 'BE', 'JP', 'EC'];

/** Fills an empty database with the same data every time: 100 authors with three books each, 50 customers, 120 orders. */
export async function seed(dataSource: DataSource): Promise<void> {
  if ((await dataSource.getRepository(Author).count()) > 0) return;
  await seedPublishers(dataSource);
  await seedCategories(dataSource);
  await seedAuthorsAndBooks(dataSource);
  await seedCustomers(dataSource);
  await seedOrders(dataSource);
  await seedReviews(dataSource);
  await seedEvents(dataSource);
}

async function seedPublishers(dataSource: DataSource): Promise<void> {
  const names = ['Lantern Press', 'Blue Door', 'Old Mill', 'Meridian', 'Fieldnotes', 'Tall Ships', 'Paper Moon', 'Seven Steps'];
  await dataSource.getRepository(Publisher).insert(names.map((name, index) => ({ name, city: pick(cities, index) })));
}

async function seedCategories(dataSource: DataSource): Promise<void> {
  const categories = dataSource.getTreeRepository(Category);
  const tree: Record<string, string[]> = {
    Fiction: ['Crime', 'Fantasy', 'Short stories'],
    Science: ['Biology', 'Physics'],
    History: ['Antiquity', 'Modern times'],
    Children: ['Picture books'],
  };
  const roots = Object.entries(tree).map(([name, childNames]) => categories.create({ name, children: childNames.map((child) => ({ name: child })) }));
  await categories.save(roots);
}

async function seedAuthorsAndBooks(dataSource: DataSource): Promise<void> {
  await dataSource.getRepository(Author).insert(
    range(100).map((index) => ({
      name: `${pick(firstNames, index)} ${pick(lastNames, Math.floor(index / 10))}`,
      born: index % 7 === 0 ? null : 1920 + (index % 80),
    })),
  );
  const books = range(300).map((index) => ({
    title: `The ${pick(adjectives, index)} ${pick(nouns, index)} ${Math.floor(index / 42) + 1}`,
    isbn: `978${String(1_000_000_000 + index)}`,
    priceInCents: 899 + (index % 23) * 100,
    author: { id: Math.floor(index / 3) + 1 },
    publisher: index % 11 === 0 ? null : { id: (index % 8) + 1 },
  }));
  const isPrinted = (_book: unknown, index: number) => index % 3 !== 2;
  await dataSource
    .getRepository(PrintedBook)
    .insert(books.filter(isPrinted).map((book, index) => ({ ...book, pages: 120 + (index % 400), weightInGrams: 200 + (index % 300) })));
  await dataSource
    .getRepository(EBook)
    .insert(
      books
        .filter((book, index) => !isPrinted(book, index))
        .map((book, index) => ({ ...book, sizeInKilobytes: 900 + index, copyProtected: index % 2 === 0 })),
    );
  await insertPairs(
    dataSource,
    'book_category',
    // The roots have the ids 1 to 4, and no books of their own.
    range(300).map((index) => ({ bookId: index + 1, categoryId: (index % 8) + 5 })),
  );
}

async function seedCustomers(dataSource: DataSource): Promise<void> {
  await dataSource.getRepository(Customer).insert(
    range(50).map((index) => ({
      name: `${pick(lastNames, index)}, ${pick(firstNames, index * 3)}`,
      email: `reader${index + 1}@example.com`,
      address: { street: `${index + 1} Market Street`, city: pick(cities, index), country: pick(countries, index) },
    })),
  );
  await dataSource.getRepository(LoyaltyCard).insert(
    range(30).map((index) => ({
      number: `L-${String(index + 1).padStart(6, '0')}`,
      level: pick(Object.values(LoyaltyLevel), index),
      points: index * 25,
      customer: { id: index + 1 },
    })),
  );
  await insertPairs(
    dataSource,
    'customer_follows',
    range(50).flatMap((index) => range(25).map((step) => ({ followerId: index + 1, followedId: ((index + step + 1) % 50) + 1 }))),
  );
}

async function seedOrders(dataSource: DataSource): Promise<void> {
  await dataSource
    .getRepository(Order)
    .insert(range(120).map((index) => ({ customerId: (index % 50) + 1, status: pick(Object.values(OrderStatus), index) })));
  await dataSource.getRepository(OrderLine).insert(
    range(120).flatMap((index) =>
      range((index % 3) + 1).map((line) => ({
        order: { id: index + 1 },
        book: { id: ((index * 7 + line * 31) % 300) + 1 },
        quantity: line + 1,
        priceInCents: 899 + line * 100,
      })),
    ),
  );
}

async function seedReviews(dataSource: DataSource): Promise<void> {
  const texts = ['Could not put it down.', 'A slow start, a fine end.', 'Lent it to a friend, never got it back.'];
  await dataSource
    .getRepository(Review)
    .insert(
      range(150).map((index) => ({ customerId: (index % 50) + 1, bookId: (index % 75) + 1, stars: (index % 5) + 1, text: pick(texts, index) })),
    );
}

async function seedEvents(dataSource: DataSource): Promise<void> {
  const venues = ['The Back Room', 'Harbour Hall'];
  await dataSource.getRepository(VenueSchema).insert(venues.map((name, index) => ({ name, seats: 40 + index * 60 })));
  await dataSource
    .getRepository(EventSchema)
    .insert(range(6).map((index) => ({ title: `Reading no. ${index + 1}`, startsOn: `2026-03-0${index + 1}`, venue: { id: (index % 2) + 1 } })));
}

async function insertPairs(dataSource: DataSource, table: string, rows: Record<string, number>[]): Promise<void> {
  await dataSource.createQueryBuilder().insert().into(table).values(rows).execute();
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length]!;
}
