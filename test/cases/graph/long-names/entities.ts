import { DataSourceOptions, Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';

/** SQLite sets no limit to names; PostgreSQL would have the junction's name cut. */
export const options: DataSourceOptions = { type: 'better-sqlite3', database: ':memory:' };

@Entity()
export class InternationalConferenceRegistration {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToMany(() => AccompanyingProfessionalOrganisation)
  @JoinTable()
  accompanyingOrganisations: AccompanyingProfessionalOrganisation[];
}

@Entity()
export class AccompanyingProfessionalOrganisation {
  @PrimaryGeneratedColumn()
  id: number;
}
