import { EntitySchema } from 'typeorm';

export interface Venue {
  id: number;
  name: string;
  seats: number;
  events: Event[];
}

export interface Event {
  id: number;
  title: string;
  startsOn: string;
  venue: Venue;
}

// Entities without decorators, for those who keep their types free of them.

export const VenueSchema = new EntitySchema<Venue>({
  name: 'Venue',
  columns: {
    id: { type: 'int', primary: true, generated: true },
    name: { type: 'varchar', length: 80, unique: true },
    seats: { type: 'int' },
  },
  relations: {
    events: { type: 'one-to-many', target: 'Event', inverseSide: 'venue' },
  },
});

export const EventSchema = new EntitySchema<Event>({
  name: 'Event',
  columns: {
    id: { type: 'int', primary: true, generated: true },
    title: { type: 'varchar', length: 120 },
    startsOn: { type: 'date' },
  },
  relations: {
    venue: { type: 'many-to-one', target: 'Venue', inverseSide: 'events', joinColumn: true, nullable: false, onDelete: 'CASCADE' },
  },
  indices: [
    { name: 'event_venue', columns: ['venue'] },
    { name: 'event_starts_on', columns: ['startsOn'] },
  ],
});
