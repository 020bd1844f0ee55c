import { Entity, PrimaryGeneratedColumn, Column } from 'typeorm';
import { opts, late, list, merged, reg, Cfg, schema } from './opts';
@Entity(Cfg.table) export class User {
  @PrimaryGeneratedColumn() id!: number;
  @Column(opts) a!: string; @Column(late) b!: string; @Column({ name: list[1] }) c!: string; @Column(merged) d!: string; @Column(reg.u) e!: string; @Column(reg.x) f!: string;
  @Column(schema.k1) j!: string;
}
