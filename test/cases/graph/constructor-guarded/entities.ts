import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Constructors that read their arguments and can do without. */
abstract class Noted {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ default: '' })
  text: string;
}

@Entity()
export class Optional extends Noted {
  constructor(data?: { text: string }) {
    super();
    this.text = data?.text ?? '';
  }
}

@Entity()
export class Guarded extends Noted {
  constructor(data: { text: string }) {
    super();
    if (data) this.text = data.text;
  }
}

@Entity()
export class Shortcut extends Noted {
  constructor(data: { text: string }) {
    super();
    this.text = data && data.text;
  }
}

@Entity()
export class Defaulted extends Noted {
  constructor({ text }: { text: string } = { text: 'none' }) {
    super();
    this.text = text;
  }
}

@Entity()
export class Assigned extends Noted {
  constructor(data: { text: string }) {
    super();
    data ??= { text: '' };
    this.text = data.text;
  }
}

@Entity()
export class Copied extends Noted {
  constructor(data: Partial<Copied>) {
    super();
    Object.assign(this, data);
    const later = () => data.text;
    void later;
  }
}
