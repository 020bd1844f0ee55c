import { ChildEntity, Column, Entity, PrimaryGeneratedColumn, TableInheritance } from 'typeorm';

@Entity()
@TableInheritance({ column: 'kind' })
export class Role {
  @PrimaryGeneratedColumn()
  id: number;
}

@ChildEntity('client')
export class ClientRole extends Role {
  @Column()
  name: string;
}

@ChildEntity('client')
export class InternalRole extends Role {}
