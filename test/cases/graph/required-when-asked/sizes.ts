export const note = { name: 'order_note', length: 40, nullable: true };
