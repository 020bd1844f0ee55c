import { Column, Entity, JoinTable, ManyToMany, ManyToOne, OneToMany, PrimaryColumn } from 'typeorm';
import * as names from './names';
import { Fields, Joined, Limits, Tables, prefixed } from './names';
import loans = require('./loans');

import Loan = loans.Lending.Loan;
import AUTHOR = Tables.author;

/** A namespace of nothing but types may stand before its class. */
export namespace Author {
  export type Key = Author['id'];
}

@Entity(AUTHOR)
export class Author {
  @PrimaryColumn({ name: prefixed('id') })
  id: number;

  @Column({ name: Limits.column, length: Limits.name20 })
  name: string;

  @OneToMany(() => Loan, (loan) => loan.author)
  loans: loans.Lending.Loan[];
}

@Entity(names.Tables.book)
export class Book {
  @PrimaryColumn({ name: Fields.Isbn })
  isbn: string;

  @Column({ name: Fields.Title })
  title: string;

  @Column({ name: Fields.sorted })
  sortedTitle: string;

  @ManyToMany(() => Author)
  @JoinTable({ name: Joined.authors })
  authors: Author[];

  @ManyToMany(() => Author)
  @JoinTable({ name: names.Joined.readers })
  readers: Author[];

  @ManyToOne(() => loans.Lending.Desk.Shelf)
  shelf: loans.Lending.Desk.Shelf;
}
