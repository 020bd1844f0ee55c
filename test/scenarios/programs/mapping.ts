/** E: mappings that make a query look like something else. */
import { DataSource, EntitySchema } from 'typeorm';
import { scenario } from './harness';
import {
  Account,
  Article,
  City,
  Content,
  Course,
  CourseSize,
  Enrolment,
  Folder,
  Invoice,
  Item,
  mappedSource,
  Note,
  Person,
  Shipment,
  State,
  Student,
  Ticket,
} from './mappedSchema';

const of = <T extends object>(target: new () => T) => mappedSource.getRepository(target);
const folders = mappedSource.getTreeRepository(Folder);

scenario('E4', async () => {
  const root = await folders.save(Object.assign(new Folder(), { name: 'root' }));
  await folders.save(Array.from({ length: 5 }, (_, n) => Object.assign(new Folder(), { name: `child ${n}`, parent: root }))); // E4 site
});

scenario('E2', async () => {
  const [root] = await folders.findRoots();
  if (root) await folders.findDescendantsTree(root);
});

scenario('E3 roots', async () => {
  for (const name of ['a', 'b', 'c']) await folders.insert({ name });
  await mappedSource.query(
    'INSERT INTO "folder_closure" ("id_ancestor", "id_descendant") SELECT "id", "id" FROM "folder" WHERE "name" IN (\'a\', \'b\', \'c\')',
  );
});

scenario('E3', async () => {
  await folders.findTrees(); // E3 site
});

scenario('E5', async () => {
  const list = await of(Content).find(); // E5 parent
  for (const content of list) await content.remarks; // E5 site
});

scenario('E6', async () => {
  const list = await of(Content).find(); // E6 parent
  for (const content of list) if (content instanceof Article) await content.sections; // E6 site
});

scenario('E7', async () => {
  const list = await of(Note).find(); // E7 parent
  for (const note of list) {
    if (note.targetType === 'account')
      await of(Account).findOneBy({ id: note.targetId }); // E7 first site
    else await of(Course).findOneBy({ id: note.targetId }); // E7 site
  }
});

scenario('E8', async () => {
  const list = await of(Person).find(); // E8 parent
  for (const person of list) await of(City).findOneBy({ id: person.address.cityId }); // E8 site
});

scenario('E9', async () => {
  const list = await of(Item).find(); // E9 parent
  for (const { orderNo, lineNo } of list) await of(Shipment).findBy({ orderNo, lineNo }); // E9 site
});

scenario('E10', async () => {
  const list = await of(City).find(); // E10 parent
  for (const city of list) await of(State).findOneBy({ code: city.stateCode }); // E10 site
});

scenario('E11', async () => {
  const list = await of(Invoice).find(); // E11 parent
  for (const invoice of list) await of(Account).findOne({ where: { id: invoice.accountId }, withDeleted: true }); // E11 site
});

scenario('E12', async () => {
  const list = await of(Student).find({ loadEagerRelations: false }); // E12 parent
  for (const student of list) await of(Enrolment).findBy({ studentId: student.id }); // E12 site
});

scenario('I8 indexed', async () => {
  const list = await of(Student).find({ loadEagerRelations: false }); // I8 indexed parent
  for (const student of list) await of(Enrolment).findBy({ studentId: student.id }); // I8 indexed site
});

scenario('E13', async () => {
  for (const student of await of(Student).find({ loadEagerRelations: false })) void (student as Student & { courseIds: number[] }).courseIds.length;
});

scenario('E14', async () => {
  await of(CourseSize).find();
  for (const course of await of(Course).find()) void (course as Course & { students: number }).students;
});

scenario('E15', async () => {
  const list = await of(Student).createQueryBuilder('s').getMany(); // E15 parent
  for (const student of list) await mappedSource.getRepository('Badge').findOneBy({ id: student.badgeId }); // E15 site
});

const ticketsBy = {
  key: () => of(Ticket).find({ order: { id: 'ASC' } }), // E16 first site
  subject: () => of(Ticket).find({ order: { subject: 'ASC' } }), // E16 site
};

scenario(
  'E16',
  async () => {
    for (const ticket of await ticketsBy.key()) void [ticket.id, ticket.subject];
    for (const ticket of await ticketsBy.subject()) void ticket.subject;
  },
  3,
);

scenario('E17', async () => {
  const eager = (name: string, target: string) =>
    new EntitySchema<{ id: number; other: object }>({
      name,
      columns: { id: { type: Number, primary: true } },
      relations: { other: { type: 'many-to-one', target, eager: true } },
    });
  const circular = new DataSource({ type: 'better-sqlite3', database: ':memory:', entities: [eager('Left', 'Right'), eager('Right', 'Left')] });
  // TypeORM refuses such a mapping, when it is read or when it is first used.
  await circular
    .initialize()
    .then(() => circular.getRepository('Left').find())
    .catch(() => undefined);
});
