// Relations lead to entities of an installed package. What loads those is nowhere to be seen: an app that starts has loaded what relations lead to,
// and what leads on from there.
import { Company, Country, Keyed, Party, PartyId, registerKeys } from '@acme/crm';
import { Column, Entity, JoinTable, ManyToMany, ManyToOne } from 'typeorm';

/** Its key is the base class's, which the package registers when the app starts. */
@Entity()
export class Contract extends Keyed {
  @Column()
  title: string;

  @ManyToOne(() => Company)
  company: Company;

  @PartyId({ nullable: true })
  signedBy: number;

  @ManyToMany(() => Party)
  @JoinTable()
  witnesses: Party[];
}

/** What the app does when it starts. */
export const start = registerKeys;

const options = { crm: [Country, Party, Company] };
export { options as loadedElsewhere };
