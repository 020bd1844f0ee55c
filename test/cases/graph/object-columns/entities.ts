/** Columns of which TypeScript says `Object`, or might seem to, that TypeORM takes all the same. */
import { Column, Entity, Generated, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

enum Level {
  Silver = 'silver',
  Gold = 'gold',
}

type Code = string;
const optional = { type: 'varchar', nullable: true } as const;

@Entity()
export class Card {
  @PrimaryColumn()
  id!: string;

  @Column({ type: String, nullable: true })
  note!: string | null;

  @Column('simple-json')
  settings!: { theme: string } | null;

  @Column(optional)
  alias!: string | null;

  @Column()
  optional?: string;

  @Column()
  level!: Level;

  @Column()
  size!: 'small' | 'large';

  @Column()
  code!: Code;

  @UpdateDateColumn()
  changedAt!: Date | null;

  @VersionColumn()
  version!: number | null;
}

@Entity()
export class Voucher {
  /** The strategy decides on the type. */
  @PrimaryColumn()
  @Generated('uuid')
  id!: string | null;
}

@Entity()
export class Payment {
  @PrimaryGeneratedColumn()
  id!: number | null;

  /** It takes the type of the key that it refers to. */
  @Column({ nullable: true })
  cardId!: string | null;

  @ManyToOne(() => Card)
  @JoinColumn({ name: 'cardId' })
  card!: Card | null;
}
