import { Entity, PrimaryGeneratedColumn, Column, Index } from 'typeorm';
import def, { T, C, names, base, more, evenMore, K, lookup, getters, arr, first, second, colName, restNames } from './consts';
const col = (name: string) => ({ name } satisfies { name: string });
@Entity({ name: names.table.user }) @Index([arr[0]]) export class User {
  @PrimaryGeneratedColumn({ name: names.cols.id }) id!: number;
  @Column(base) a!: string; @Column(more) b!: string; @Column(evenMore) c!: string; @Column(K.opts) d!: string; @Column(K.dyn) e!: string; @Column(K.make('9')) f!: string;
  @Column(lookup['email']) g!: string; @Column(lookup.email!) h!: string; @Column(getters.opts) i!: string; @Column(def) j!: string; @Column({ name: C.Id }) k!: string;
  @Column({ name: first }) x1!: string; @Column({ ['name']: second }) y!: string; @Column({ name: colName }) z!: string; @Column({ name: restNames.table.user }) zz!: string;
  @Column({ name: `t_${T.User}_${1 + 1}` }) tt!: string; @Column(col('cc')) cc!: string; @Column({ name: [...arr].join('_').toUpperCase() }) jj!: string;
  @Column({ name: Object.values(T)[1] }) ov!: string; @Column({ name: String(12).padStart(5, '0') }) pad!: string; @Column({ name: T['User'] }) tu!: string;
  @Column({ nullable: Boolean(1) }) n1!: string; @Column({ nullable: !!'' }) n2!: string; @Column({ name: (() => 'iife')() }) iife!: string;
  @Column({ name: Math.max(1, 2) + 'm' }) mm!: string; @Column(JSON.parse(JSON.stringify({ name: 'json' }))) js!: string; @Column(Object.assign({}, base, { name: 'oa' })) oa!: string;
  @Column({ name: new Map([['a', 'from_map']]).get('a') }) fm!: string; @Column({ name: String.raw`raw` }) raw!: string; @Column({ name: arr.at(-1) }) at!: string;
  @Column({ name: 'ABC'.toLocaleLowerCase() }) tll!: string; @Column({ name: ['b', 'a'].sort()[0] }) srt!: string; @Column({ name: Array.from({ length: 2 }, (_, i) => 'q' + i).join('') }) af!: string;
  @Column({ name: 'trim '.trimEnd() }) te!: string; @Column({ name: Object.keys({ kk: 1 })[0] }) kk!: string; @Column({ name: T.Post.replace(/s$/, '') }) rp!: string; @Column({ name: 'a'.repeat(3) }) rpt!: string; @Column({ name: (5).toString() }) num!: string;
  @Column({ name: 'x'.concat('y', 'z') }) cat!: string; @Column({ name: Reflect.get({ q: 'refl' }, 'q') }) refl!: string; @Column(structuredClone({ name: 'sc' })) sc!: string;
}
