import * as orm from 'typeorm';
import own from '.';

@orm.Entity()
export class Shelf {
  @own.Own.Id()
  id: string;

  @own.Own.Label({ unique: true })
  name: string;
}

@orm.Entity()
export class Box {
  @own.Own.Id()
  id: string;

  @own.Own.BelongsTo(() => Shelf, 'on_shelf')
  shelf: Shelf;

  @own.Own.Code(12, 'long_code')
  long: string;

  @own.Own.Code('short_code')
  short: string;

  @own.Own.Dates.Seen('last_seen')
  lastSeen: Date;

  @own.Shared.Columns.Note({ nullable: true })
  note: string;
}
