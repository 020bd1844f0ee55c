import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id: number;
}

/** The function is given the whole entity, which has no property `editor` of its own. */
@Unique((owner: { editor: string }) => [owner.editor])
export class Credits {
  @ManyToOne(() => Author)
  editor: Author;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Credits)
  credits: Credits;
}

export class Review {
  @ManyToOne(() => Author)
  reviewer: Author;
}

/** A list is searched for by the relation's name alone, so that this one is found. */
@Index(['reviewer'])
@Entity()
export class Article {
  @PrimaryGeneratedColumn()
  id: number;

  @Column(() => Review)
  review: Review;
}

/** And here the entity has the property, to which the function's answer then belongs. */
@Unique((owner: { author: string }) => [owner.author])
@Entity()
export class Letter {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => Author)
  author: Author;
}
