import { Column, Entity, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryGeneratedColumn, type Relation } from 'typeorm';

export class Address {
  @Column()
  street: string;

  @ManyToOne(() => City)
  city: Relation<City>;
}

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @Column(() => Address)
  address: Address;

  @OneToMany(() => Book, (book) => book.author)
  books: Relation<Book[]>;

  @OneToMany(() => Award, (award) => award.author)
  awards: Relation<Award[]>;

  @OneToOne(() => Portrait, (portrait) => portrait.author)
  portrait: Relation<Portrait>;

  @OneToMany(() => Letter, (letter) => letter.author, { lazy: true })
  letters: Promise<Letter[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  title: string;

  @ManyToOne(() => Author, (author) => author.books)
  author: Author;

  @ManyToMany(() => Tag, (tag) => tag.books)
  @JoinTable()
  tags: Relation<Tag[]>;

  @ManyToOne(() => Publisher, { eager: true })
  publisher: Relation<Publisher>;
}

@Entity()
export class Publisher {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @ManyToOne(() => City, { eager: true })
  city: Relation<City>;
}

@Entity()
export class Tag {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => Book, (book) => book.tags)
  books: Book[];
}

@Entity()
export class Award {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, (author) => author.awards)
  author: Author;
}

@Entity()
export class Portrait {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToOne(() => Author, (author) => author.portrait)
  @JoinColumn()
  author: Author;
}

@Entity()
export class Letter {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author, (author) => author.letters)
  author: Author;
}

@Entity()
export class City {
  @PrimaryGeneratedColumn()
  id: number;
}
